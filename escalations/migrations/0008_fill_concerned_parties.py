"""Disagreements from before names were asked for are between all parties of their agreements.

One that the former version opens meanwhile has no rows, which says the same.
"""

from django.db import migrations, transaction

ROWS_AT_ONCE = 500


def fill(apps, schema_editor):
    """Some disagreements at a time, each batch a transaction: whoever acts on one waits a moment."""
    Disagreement = apps.get_model("escalations", "Disagreement")
    last = 0
    while True:
        with transaction.atomic(using=schema_editor.connection.alias):
            rows = list(
                Disagreement.objects.filter(pk__gt=last, concerned=None, steps__kind="opened")
                .select_related("agreement").order_by("pk")[:ROWS_AT_ONCE]
            )
            if not rows:
                return
            name_all(apps, rows)
        last = rows[-1].pk


def name_all(apps, rows):
    Disagreement, ConcernedParty, Step = (
        apps.get_model("escalations", name) for name in ("Disagreement", "ConcernedParty", "Step")
    )
    opened = dict(
        Step.objects.filter(disagreement__in=rows, kind="opened").values_list("disagreement", "pk")
    )
    parties = parties_of(apps, {row.agreement_id for row in rows})
    made = []
    for row in rows:
        row.between = [key_of(party) for party in parties[row.agreement_id]]
        made += [
            ConcernedParty(disagreement=row, party=party, step_id=opened[row.pk])
            for party in parties[row.agreement_id]
        ]
    ConcernedParty.objects.bulk_create(made)
    Disagreement.objects.bulk_update(rows, ["between"])


def parties_of(apps, agreements):
    found = {pk: [] for pk in agreements}
    Party = apps.get_model("agreements", "Party")
    for party in Party.objects.filter(agreement__in=agreements).order_by("position"):
        found[party.agreement_id].append(party)
    return found


def key_of(party):
    return f"{party.slot}-{party.number}" if party.number else party.slot


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("agreements", "0018_parties_that_share_a_side"),
        ("escalations", "0007_concerned_parties_append_only"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
