import django.db.models.deletion
from django.db import migrations, models

from house.indexes import AddIndexLive

# A release that the former version writes meanwhile is missing in the other party's list alone.
RELEASED = """
    INSERT INTO communications_releasedto
        (announcement_id, organisation_id, is_own, planned_for, released_at)
    SELECT released.id, party.organisation_id, party.organisation_id = released.owner_id, released.planned_for, release.released_at
    FROM communications_release release
    JOIN communications_announcement released ON released.id = release.announcement_id
    JOIN (
        SELECT id AS announcement_id, owner_id AS organisation_id FROM communications_announcement
        UNION
        SELECT concerned.announcement_id, seen.organisation_id
        FROM communications_concernedagreement concerned
        JOIN agreements_access seen ON seen.agreement_id = concerned.agreement_id
    ) party ON party.announcement_id = released.id
    WHERE true
    ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    """The list reads the first of each way to see an announcement from an index of its own."""

    atomic = False

    dependencies = [
        ("communications", "0002_triggers"),
        ("agreements", "0008_lists_in_order"),
        ("parties", "0002_absences"),
    ]

    operations = [
        AddIndexLive(
            model_name="announcement",
            index=models.Index(fields=["owner", "planned_for"], name="announcement_unreleased", condition=models.Q(state__in=["planned", "shared", "withdrawn"])),
        ),
        migrations.CreateModel(
            name="ReleasedTo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_own", models.BooleanField()),
                ("planned_for", models.DateTimeField()),
                ("released_at", models.DateTimeField()),
                ("announcement", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="released_to", to="communications.announcement")),
                ("organisation", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="parties.organisation")),
            ],
            options={
                "verbose_name_plural": "released to",
                "indexes": [
                    models.Index(fields=["organisation", "is_own", "planned_for"], name="released_to_planned"),
                    models.Index(fields=["organisation", "released_at"], name="released_to_at"),
                ],
                "constraints": [models.UniqueConstraint(fields=("organisation", "announcement"), name="released_to_once")],
            },
        ),
        migrations.RunSQL(RELEASED, migrations.RunSQL.noop),
    ]
