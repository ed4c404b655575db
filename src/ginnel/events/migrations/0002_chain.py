"""Numbers in place of foreign keys, a chain over all events (those of the past too), and the database's guards."""

from django.db import migrations, models

from ginnel.events import chain, guards


def chain_the_past(apps, schema_editor):
    Event, Link = apps.get_model("events", "Event"), apps.get_model("events", "Link")
    number, before = 0, chain.START
    for event in Event.objects.order_by("id").iterator(chunk_size=2_000):
        facts = dict(event.facts)
        event.person = facts.pop("person", None)
        event.organisation = facts.pop("organisation", None)
        if event.name.startswith("partners.agreement."):
            event.other_organisation = facts.pop("receiver", None)
        event.facts = facts
        event.digest = chain.digest(
            name=event.name, at=chain.moment(event.at), by=event.by, person=event.person, organisation=event.organisation,
            other_organisation=event.other_organisation, about_type=event.about_type, about_id=event.about_id, facts=facts,
        )
        event.save()
        number, before = number + 1, chain.link(before, event.digest)
        Link.objects.create(number=number, event_id=event.pk, hash=before)


def install_guards(apps, schema_editor):
    guards.install(schema_editor.connection)


def remove_guards(apps, schema_editor):
    guards.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]

    operations = [
        migrations.RenameIndex("event", new_name="events_about", old_name="events_even_about_t_45b097_idx"),
        migrations.AlterField("event", "name", models.CharField(max_length=80)),
        migrations.AlterField("event", "at", models.DateTimeField()),
        migrations.AlterField(
            "event", "by", models.BigIntegerField(help_text="Number of the person who did it; empty: the site itself", null=True)
        ),
        migrations.AddField(
            "event", "person", models.BigIntegerField(help_text="Number of the person it happened to", null=True)
        ),
        migrations.AddField(
            "event", "organisation", models.BigIntegerField(help_text="Number of the organisation it happened in", null=True)
        ),
        migrations.AddField(
            "event", "other_organisation", models.BigIntegerField(help_text="Of two organisations, the second", null=True)
        ),
        migrations.AddField("event", "digest", models.CharField(default="", max_length=64), preserve_default=False),
        migrations.CreateModel(
            "Link",
            [
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("event_id", models.BigIntegerField(unique=True)),
                ("hash", models.CharField(max_length=64)),
            ],
        ),
        migrations.RunPython(chain_the_past, migrations.RunPython.noop),
        migrations.AddIndex("event", models.Index(fields=["at", "id"], name="events_at")),
        migrations.AddIndex("event", models.Index(fields=["name", "at", "id"], name="events_name_at")),
        *(
            migrations.AddIndex(
                "event",
                models.Index(
                    fields=[column, "at", "id"], name=name, condition=models.Q(**{f"{column}__isnull": False})
                ),
            )
            for column, name in (
                ("organisation", "events_org_at"),
                ("other_organisation", "events_other_org_at"),
                ("person", "events_person_at"),
                ("by", "events_by_at"),
            )
        ),
        migrations.AddIndex(
            "event",
            models.Index(
                fields=["organisation", "name", "at", "id"],
                name="events_org_name_at",
                condition=models.Q(organisation__isnull=False),
            ),
        ),
        migrations.RunPython(install_guards, remove_guards),
    ]
