"""The agreements of announcements: which can be chosen, their parties, and their clauses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db.models import OuterRef, Q, QuerySet

from agreements.core.choices import with_other_parties
from agreements.core.letters import references_in_short
from agreements.core.texts import ClauseName, clauses_bound_to, read_clauses
from agreements.models import Access, Agreement, Party, read_parties, spells_today
from communications.models import Announcement
from communications.queries.touched import PartiesOfMany
from house.once import once_a_page
from house.wall import there_is
from parties.acting import Acting
from parties.models import Organisation

Sides = dict[int, list[Party]]


def sides_by_agreement(agreements: Iterable[Agreement]) -> Sides:
    """Agreement id -> its parties in their order, with organisations at hand (three queries)."""
    found = list(agreements)
    read_parties(found)
    return {agreement.pk: agreement.sides for agreement in found}


def others_of(parties: Iterable[Party], owner_id: int) -> list[Organisation]:
    """Who has to be told: the organisations that hold the other sides, each once."""
    held = {party.organisation.pk: party.organisation for party in parties}
    return [organisation for pk, organisation in held.items() if pk != owner_id]


@once_a_page
def parties_of_announcement(announcement: Announcement) -> list[Party]:
    """The parties of all the agreements that it touches (two queries, once a page)."""
    agreements = Agreement.objects.filter(announcements__announcement=announcement)
    rows = agreements.select_related("in_force_version").order_by("reference")
    sides = sides_by_agreement(rows)
    return [party for parties in sides.values() for party in parties]


def other_organisations(parties: Iterable[Party], owner_id: int) -> list[Organisation]:
    """The other parties, each once, by name."""
    return sorted(others_of(parties, owner_id), key=lambda each: each.name.casefold())


def agreements_to_announce(acting: Acting, besides: Collection[int] = ()) -> QuerySet[Agreement]:
    """Those in force to which the acting organisation is a party today, by reference.

    `besides` are ids of agreements that an announcement of theirs touches, whatever became of them.
    """
    held = spells_today(acting.organisation_id).values("party__agreement")
    in_force = Agreement.objects.taking_acts().filter(pk__in=held)
    return (in_force | Agreement.objects.filter(pk__in=besides)).order_by("reference")


# A longer list to tick from helps nobody; the others are named by their references.
MOST = 60


def offered(acting: Acting, besides: Collection[int] = (), reference: str = "") -> dict[str, Any]:
    """What the form offers: the agreements to announce as choices, the first by title, and whether
    there are more. Those of `besides` and the one with this reference are among them."""
    held = spells_today(acting.organisation_id).filter(party__agreement=OuterRef("agreement"))
    seen = Access.objects.filter(
        there_is(held), organisation=acting.organisation_id, state__in=Agreement.TAKING_ACTS
    )
    ids = list(seen.order_by("words", "agreement").values_list("agreement", flat=True)[: MOST + 1])
    wanted = Q(pk__in=[*ids[:MOST], *besides]) | Q(reference=reference)
    chosen = agreements_to_announce(acting, besides).filter(wanted)
    return {
        "agreements": with_other_parties(chosen, acting),
        "is_cut": len(ids) > MOST,
        "others": PartiesOfMany(seen.order_by().values("agreement"), acting),
        "seen": Agreement.objects.visible_to(acting),
    }


def agreements_for(announcement: Announcement, organisation_id: int) -> list[Agreement]:
    """Those of its agreements that the organisation is or was a party to, by reference."""
    rows = Agreement.objects.filter(
        announcements__announcement=announcement, access__organisation=organisation_id
    )
    return list(rows.order_by("reference"))


BINDINGS: dict[str, str] = {
    Announcement.Kind.PUBLICATION: "publication_lead_time",
    Announcement.Kind.PRESS_RELEASE: "press_release_lead_time",
}


def clause_key_of(agreement: Agreement, binding: str) -> str:
    """The key of the clause that this is bound to; empty where the text has none."""
    found = _clause(agreement, binding)
    return found.key if found else ""


def clauses_in_words(agreements: Sequence[Agreement], binding: str) -> list[str]:
    """ "Clause 4.2, Press releases, of the MoU (MOU-0001) asks for this."; agreements with the same
    clause stand in one sentence, those whose text has none are left out."""
    read_clauses(agreement.in_force_version_id for agreement in agreements)
    named: dict[tuple[str, str], list[str]] = defaultdict(list)
    for agreement in agreements:
        if found := _clause(agreement, binding):
            named[found.number, found.heading].append(agreement.reference)
    return [
        f"Clause {number}, {heading}, of the {'MoU' if len(those) == 1 else 'MoUs'} "
        f"({references_in_short(those)}) asks for this."
        for (number, heading), those in named.items()
    ]


def _clause(agreement: Agreement, binding: str) -> ClauseName | None:
    """The clause bound to this alone, else the first that is bound to it."""
    found = clauses_bound_to(agreement, [binding]) if agreement.in_force_version_id else []
    alone = [clause for clause in found if clause.bindings == (binding,)]
    return next(iter(alone or found), None)
