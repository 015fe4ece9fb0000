"""What agreements as a whole answer to the rooms below and to the home page.

Their features answer for themselves: each has a `room.py` of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain

from django.db.models import Q
from django.urls import reverse

from agreements.core.access import write_next_dates
from agreements.core.parties import versions_in_force
from agreements.core.states import agreement_tag
from agreements.models import Agreement, Version
from agreements.page import queries
from agreements.page.listing import is_late, next_words, past_end
from agreements.page.naming import named
from agreements.page.queries import ListedAgreement
from deadlines.services.setting import set_together
from house import clock
from house.answers import AgreementRow, Evidence, Keeping, NamedAgreement, NavigationEntry
from house.clock import months_after
from house.once import one_job
from house.room import Room
from house.rooms import register, rooms
from house.wall import WhoAsks
from nhsuk.dates import day
from nhsuk.words import plural
from parties.acting import Acting
from parties.services.people import Leaving

# A page of more than this helps nobody; what waits longest is there first.
MOST = 6


def _keeping(version: Version) -> Keeping:
    agreement, months = version.agreement, version.typed_terms.minimum_months
    if not months or agreement.runs_from is None:
        return Keeping("nothing_yet", "The terms ask for no shortest time in force.")
    least = months_after(agreement.runs_from, months)
    if agreement.end_on and agreement.end_on < least:
        return Keeping("missed", f"It ends on {day(agreement.end_on)}, before {day(least)}.")
    since, ends = day(agreement.runs_from), f"{plural(months, 'month')} end on {day(least)}"
    so_far = "Kept so far: in" if clock.today() < least else "In"
    page = reverse("agreements:version", args=[agreement.reference, version.seq])
    evidence = Evidence(f"Version {version.label}", page)
    return Keeping("kept", f"{so_far} force since {since}; {ends}.", (evidence,))


def _dates(listed: ListedAgreement) -> tuple[str, str]:
    """That its end has passed, and what is next."""
    today = clock.today()
    return past_end(listed.agreement, today), next_words(listed, today)


def _page(reference: str) -> str:
    return reverse("agreements:agreement", args=[reference])


class AgreementsRoom(Room):
    name = "agreements"

    def navigation(self, acting: Acting) -> list[NavigationEntry]:
        return [NavigationEntry("Agreements", "agreements:list", 1)] if acting.organisation else []

    def named(self, references: Collection[str], acting: Acting) -> dict[str, NamedAgreement]:
        return named(references, acting)

    def my_agreements(self, acting: Acting) -> list[AgreementRow]:
        """The agreements with the nearest dates."""
        if acting.organisation is None:
            return []
        nearest = queries.found(acting, {}, folded=True)[:MOST]
        return [
            AgreementRow(
                reference=each.agreement.reference,
                title=f"{each.agreement.title}, {each.with_whom}",
                url=_page(each.agreement.reference),
                state_tag=agreement_tag(each.agreement.state),
                next_date=". ".join(filter(None, _dates(each))),
                is_late=is_late(each.access, clock.today()),
            )
            for each in queries.with_others(nearest, acting)
        ]

    def keeping_kinds(self) -> dict[str, str]:
        return {"minimum_term": "the shortest time in force"}

    def keepings(
        self, agreements: Sequence[Agreement], acting: Acting
    ) -> dict[int, dict[str, Keeping]]:
        """Agreement id -> the answer, for those that were ever in force."""
        return {
            each.agreement_id: {"minimum_term": _keeping(each)}
            for each in versions_in_force(agreements)
        }

    def deadlines_changed(self, references: Sequence[str]) -> None:
        write_next_dates(references)

    @contextmanager
    def handing_over(self, leaving: Leaving) -> Iterator[None]:
        """All agreements under which any room writes, locked by reference before its own rows; what
        is due is written together at the end."""
        of_rooms = (room.held_under(leaving.person, leaving.organisation) for room in rooms())
        held = set(chain.from_iterable(of_rooms))
        with one_job(), set_together():
            rows = Agreement.objects.filter(pk__in=held).order_by("reference")
            list(rows.select_for_update(no_key=True))
            yield

    def people_shared_with(self, acting: WhoAsks) -> list[Q]:
        """Whoever has a part in an agreement that the acting organisation may see."""
        return queries.has_part_in_agreements_of(acting)


register(AgreementsRoom())
