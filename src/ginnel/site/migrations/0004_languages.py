"""Stories know what they were translated from; both groups of the office may begin translations."""

import django.db.models.deletion
from django.db import migrations, models


def allow(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    Group = apps.get_model("auth", "Group")
    # Django makes permissions only after all migrations have run.
    kind, _ = ContentType.objects.get_or_create(app_label="simple_translation", model="simpletranslation")
    permission, _ = Permission.objects.get_or_create(
        content_type=kind, codename="submit_translation", defaults={"name": "Can submit translations"}
    )
    for group in Group.objects.filter(name__in=("Editors", "Moderators")):
        group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("site", "0003_pack_changes"),
        ("simple_translation", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="storypage",
            name="original",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="translations",
                to="site.storypage",
            ),
        ),
        migrations.AddField(
            model_name="storypage",
            name="picture_words",
            field=models.CharField(
                blank=True,
                help_text="In the language of this page. Empty: what is written with the picture, which is English",
                max_length=255,
                verbose_name="what the picture shows",
            ),
        ),
        migrations.RunPython(allow, migrations.RunPython.noop),
    ]
