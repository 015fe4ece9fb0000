"""Agreements that were in force before this room get the series that their text asks for.

The next sweep sets what each owes. After this, coming into force makes them.
"""

from django.db import migrations
from django.utils import timezone

WIDER, LOCALITY = "wider", "locality"
NAMES = {WIDER: "Wider meeting", LOCALITY: "Meeting with the locality manager"}


def add_series(apps, schema_editor):
    Agreement = apps.get_model("agreements", "Agreement")
    for agreement in Agreement.objects.filter(state="in_force").select_related("in_force_version"):
        version = agreement.in_force_version
        per_year = version.terms.get("meetings", {}).get("per_year", 0)
        if per_year == 2:
            make(apps, agreement, WIDER, cadence="twice_a_year")
        elif per_year:
            make(apps, agreement, WIDER, cadence="per_year", per_year=per_year)
        for text in version.texts.order_by("position", "pk"):
            if "locality_meetings" in text.bindings:
                convener = only_side(agreement, text.owed_by)
                make(apps, agreement, LOCALITY, cadence="as_required", convener=convener)
                break


def make(apps, agreement, purpose, **fields):
    now = timezone.now()
    values = {
        "purpose": purpose,
        "name": NAMES[purpose],
        "cadence_since": timezone.localdate(now),
        "counts_from": agreement.start_on,
        "standing": [],
        "made_by": system_account(apps),
        "made_at": now,
        **fields,
    }
    series = apps.get_model("meetings", "Series").objects.create(**values)
    apps.get_model("meetings", "SeriesAgreement").objects.create(
        series=series, agreement=agreement
    )
    apps.get_model("meetings", "Turn").objects.create(series=series, on=agreement.start_on)
    apps.get_model("meetings", "HistoricalSeries").objects.create(
        id=series.pk, key=series.key, history_date=now, history_type="+",
        history_user=values["made_by"], **values,
    )


def only_side(agreement, slots):
    found = list(agreement.parties.filter(slot__in=slots))
    return found[0] if len(found) == 1 else None


def system_account(apps):
    User = apps.get_model("parties", "User")
    made, _ = User.objects.get_or_create(
        email="system@portal.invalid", defaults={"is_active": False, "password": "!"}
    )
    return made


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0002_triggers"),
        ("agreements", "0002_triggers"),
        ("parties", "0002_absences"),
    ]

    operations = [migrations.RunPython(add_series, migrations.RunPython.noop)]
