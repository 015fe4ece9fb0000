"""Fills in what the list is searched by, and the pairs of organisations, for what there is.

An agreement that the former version begins meanwhile has both as soon as something of it changes.
"""

from django.db import migrations

ROWS_AT_ONCE = 500
PAIRS = """
    INSERT INTO agreements_otherparty (organisation_id, other_id)
    SELECT DISTINCT one.organisation_id, other.organisation_id
    FROM agreements_access one
    JOIN agreements_access other ON other.agreement_id = one.agreement_id
    WHERE one.organisation_id <> other.organisation_id
    ON CONFLICT DO NOTHING
"""


def fill_words(apps, schema_editor):
    """Some rows at a time, each batch a transaction: whoever writes one waits for a moment."""
    Access = apps.get_model("agreements", "Access")
    last = 0
    while rows := list(
        Access.objects.filter(pk__gt=last, words="").select_related("agreement")
        .only("agreement__title", "agreement__reference").order_by("pk")[:ROWS_AT_ONCE]
    ):
        for row in rows:
            row.words = f"{row.agreement.title} {row.agreement.reference}".casefold()
        Access.objects.bulk_update(rows, ["words"])
        last = rows[-1].pk


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("agreements", "0006_words_and_other_parties")]

    operations = [
        migrations.RunPython(fill_words, migrations.RunPython.noop),
        migrations.RunSQL(PAIRS, migrations.RunSQL.noop),
    ]
