"""The agreements of announcements: which can be chosen, who hears of which, and their clauses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from agreements.core.parties import in_short
from agreements.core.texts import numbers
from agreements.models import Agreement, ClauseText, spells_today
from communications.models import Announcement
from communications.queries.parties import others_of, sides_by_agreement
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
        with_whom = f"{in_short(names)}: " if names else ""
        found.append((str(agreement.pk), f"{with_whom}{agreement.title} ({agreement.reference})"))
    return sorted(found, key=lambda choice: choice[1].casefold())


def references_for(announcement: Announcement, organisation_id: int) -> list[str]:
    """The references of those agreements that the organisation is or was a party to."""
    rows = Agreement.objects.filter(
        announcements__announcement=announcement, access__organisation=organisation_id
    )
    return list(rows.order_by("reference").values_list("reference", flat=True))


BINDINGS: dict[str, str] = {
    Announcement.Kind.PUBLICATION: "publication_lead_time",
    Announcement.Kind.PRESS_RELEASE: "press_release_lead_time",
}


def clause_key_of(agreement: Agreement, binding: str) -> str:
    """The key of the clause that this is bound to; empty where the text has none."""
    found = _clause(agreement, binding)
    return found[0].clause.key if found else ""


def clauses_in_words(agreements: Iterable[Agreement], binding: str) -> list[str]:
    """ "Clause 4.2, Press releases, of the MoU (MOU-0001) asks for this."; agreements with the same
    clause stand in one sentence, those whose text has none are left out."""
    named: dict[tuple[str, str], list[str]] = defaultdict(list)
    for agreement in agreements:
        if found := _clause(agreement, binding):
            text, number = found
            named[number, text.heading].append(agreement.reference)
    return [
        f"Clause {number}, {heading}, of the {'MoU' if len(those) == 1 else 'MoUs'} "
        f"({', '.join(those)}) asks for this."
        for (number, heading), those in named.items()
    ]


def _clause(agreement: Agreement, binding: str) -> tuple[ClauseText, str] | None:
    """The clause bound to this alone, else the first that is bound to it, and its number."""
    version = agreement.in_force_version
    if version is None:
        return None
    texts = list(version.texts.select_related("clause"))
    numbered = zip(texts, numbers(text.kind for text in texts), strict=True)
    found = [(text, number) for text, number in numbered if binding in text.bindings]
    alone = [pair for pair in found if pair[0].bindings == [binding]]
    return next(iter(alone or found), None)
