from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("site", "0004_languages")]

    operations = [
        migrations.AddField(
            "packchange",
            "told_at",
            models.DateTimeField(help_text="When those who may approve it were written to", null=True),
        ),
    ]
