import django.db.models.deletion
from django.db import migrations, models

SAID = ("size", "postcode", "website", "ods_code", "ukprn", "cqc_number", "charity_number", "about")


def from_what_happened(apps, schema_editor):
    """What organisations said of themselves before this was kept: when they joined, and on their details page since."""
    Organisation, OwnWord = apps.get_model("partners", "Organisation"), apps.get_model("partners", "OwnWord")
    JoinRequest, Event = apps.get_model("partners", "JoinRequest"), apps.get_model("events", "Event")
    said = {}
    for request in JoinRequest.objects.filter(status="approved", organisation__isnull=False).order_by("pk"):
        for field in SAID:
            if getattr(request, field):
                said[request.organisation_id, field] = request.decided_at
    for event in Event.objects.filter(name="partners.details.changed").order_by("pk").iterator():
        for field in str(event.facts.get("fields", "")).split():
            said[event.organisation, field] = event.at
    there = set(Organisation.objects.values_list("pk", flat=True))
    rows = [
        OwnWord(organisation_id=pk, field=field, said_at=at) for (pk, field), at in said.items() if pk in there
    ]
    OwnWord.objects.bulk_create(rows, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0004_at_once_and_links"),
        ("events", "0002_chain"),
    ]

    operations = [
        migrations.CreateModel(
            name="OwnWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("field", models.CharField(max_length=40)),
                ("said_at", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="own_words",
                        to="partners.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "field"), name="partners_ownword_once")
                ],
            },
        ),
        migrations.AddField(
            "joinrequest",
            "told_at",
            models.DateTimeField(blank=True, help_text="When those who decide were written to", null=True),
        ),
        migrations.RunPython(from_what_happened, migrations.RunPython.noop),
    ]
