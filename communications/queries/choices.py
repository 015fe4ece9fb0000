"""Which agreements the forms of announcements offer."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from agreements.models import Agreement, spells_today
from communications.queries.parties import others_of, sides_by_agreement
from nhsuk.words import plural
from parties.acting import Acting


def agreements_to_announce(acting: Acting, besides: Collection[int] = ()) -> QuerySet[Agreement]:
    """Those in force to which the acting organisation is a party today, by reference.

    `besides` are ids of agreements that an announcement of theirs touches, whatever became of them.
    """
    held = spells_today(acting.organisation_id).values("party__agreement")
    in_force = Agreement.objects.taking_acts().filter(pk__in=held)
    return (in_force | Agreement.objects.filter(pk__in=besides)).order_by("reference")


def with_other_parties(agreements: QuerySet[Agreement], acting: Acting) -> list[tuple[str, str]]:
    """As choices of a form: "Eastmoor CCG: Working together (MOU-0001)" (four queries)."""
    rows = list(agreements)
    sides = sides_by_agreement(rows)
    found = []
    for agreement in rows:
        names = [o.name for o in others_of(sides[agreement.pk], acting.organisation_id or 0)]
        more = f" and {plural(len(names) - 1, 'other')}" if len(names) > 1 else ""
        with_whom = f"{names[0]}{more}: " if names else ""
        found.append((str(agreement.pk), f"{with_whom}{agreement.title} ({agreement.reference})"))
    return sorted(found, key=lambda choice: choice[1].casefold())
