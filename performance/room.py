"""What the room of requests answers to the rooms below it and to the home page."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.db.models import Count, OuterRef, Q, Subquery

from agreements.models import Agreement, spells_today
from deadlines.kinds import DeadlineKind
from deadlines.models import Deadline
from house.answers import (
    MOST_OPEN,
    AgendaPoint,
    Keeping,
    Measure,
    NavigationEntry,
    OpenThings,
    PassingOn,
    Section,
    Subpage,
)
from house.asked_together import Asking
from house.clock import end_of
from house.goes import Goes
from house.room import Room
from house.rooms import register
from house.wall import WhoAsks, there_is
from parties.acting import Acting
from parties.holdings import Holding
from parties.models import Organisation, Person
from parties.services.people import Joining, Leaving
from performance import keepings, queries
from performance.deadline_kinds import KINDS
from performance.emailed import RequestsEmailed
from performance.measures import measures
from performance.models import Request
from performance.presenters.agreement import OWN_PAGE, late_points, opened, section_of
from performance.presenters.words import one, page_of
from performance.services.leaving import (
    hand_over_requests,
    join_requests,
    lock_requests,
    open_requests,
    request_key,
)
from performance.services.moved import follow_deadline
from performance.what_goes import GOES

PAGE = Subpage(OWN_PAGE, "Requests", 48)


class PerformanceRoom(Room):
    name, called = "performance", "Requests"
    locks_at = 40

    def navigation(self, acting: Acting) -> list[NavigationEntry]:
        if acting.organisation is None:
            return []
        return [NavigationEntry("Requests", "requests:list", 52, in_footer=True)]

    def subpages(self, agreement: Agreement) -> list[Subpage]:
        """Of each that was ever in force: what is asked under it needs no standard."""
        return [PAGE] if agreement.in_force_version_id else []

    def sections(self, agreement: Agreement, subpage: str, acting: Acting) -> list[Section]:
        if subpage != OWN_PAGE:
            return []
        return [section_of(agreement, queries.open_under(agreement, acting), acting)]

    def agenda_points(
        self, agreements: Sequence[Agreement], since: date, until: date
    ) -> dict[int, list[AgendaPoint]]:
        return late_points(agreements, since, until)

    def asking_open_on(
        self, agreement: Agreement, day: date, acting: Acting
    ) -> Asking[list[OpenThings]]:
        """As they were recorded by the end of that day."""
        found = yield from queries.asking_open_at(agreement, end_of(day), acting)
        return [opened(agreement, found, MOST_OPEN)]

    def asking_left_open(self, agreements: Collection[int]) -> Asking[Mapping[int, int]]:
        rows = Request.objects.filter(agreement__in=agreements, state__in=Request.OPEN)
        [found] = yield [rows.order_by().values_list("agreement").annotate(Count("pk"))]
        return dict(found)

    def counted(self, acting: Acting) -> dict[str, Subquery]:
        return queries.requests_counted(acting)

    def keeping_kinds(self) -> dict[str, str]:
        return keepings.KINDS

    def keepings(
        self, agreements: Sequence[Agreement], acting: Acting
    ) -> dict[int, dict[str, Keeping]]:
        return keepings.keepings(agreements, acting)

    def measures(
        self, agreements: Sequence[Agreement], since: date, until: date
    ) -> dict[int, list[Measure]]:
        return measures(agreements, since, until)

    def takes_emails(self) -> list[RequestsEmailed]:
        return [RequestsEmailed()]

    def to_pass_on(
        self, old: Organisation, agreements: Collection[int], *, full: bool
    ) -> list[PassingOn]:
        """The party has them: they go with its side."""
        sides = spells_today(old.pk).values("party")
        rows = Request.objects.filter(state__in=Request.OPEN, agreement__in=agreements)
        found = rows.filter(Q(asked_of__in=sides) | Q(asked_by__in=sides))
        return [PassingOn("open request", "open requests", found.count())]

    def deadline_kinds(self) -> list[DeadlineKind]:
        return KINDS

    def goes(self) -> Sequence[Goes]:
        return GOES

    def holiday_moved(self, deadline: Deadline, before: date, because: str) -> None:
        follow_deadline(deadline, before, because)

    def sentences(self) -> dict[str, str]:
        return {
            "request_received": "{actor} recorded request {number}, asked of {party}.",
            "request_consulted": "{actor} asked {party} for its view: consultation {number}.",
            "request_acknowledged": "{actor} recorded that request {number} was acknowledged.",
            "request_updated": "{actor} said how far request {number} is.",
            "request_answered": "{actor} recorded that request {number} was answered.",
            "request_extent": "{actor} recorded how far the help of request {number} goes.",
            "request_excluded": "{actor} left request {number} out by the standard.",
            "request_paused": "{actor} let the time of request {number} stand still.",
            "request_resumed": "{actor} let the time of request {number} run again.",
            "request_reopened": "{actor} opened request {number} again.",
            "request_withdrawn": "{actor} withdrew request {number}.",
            "request_in_error": "{actor} marked request {number} as entered in error.",
            "request_confirmed": "{actor} confirmed what is recorded of request {number}.",
            "request_disputed": "{actor} said that request {number} is not right in one point.",
            "request_named": "{actor} said who answers request {number} for {party}.",
            "request_left": "{who} leaves {party}. They answered request {number}: {follows}.",
            "request_view": "{actor} recorded the view asked for in consultation {number}.",
            "request_unclear": "{actor} asked what is meant, for consultation {number}.",
            "request_clarified": "{actor} recorded that consultation {number} is clear.",
            "request_extended": "{actor} extended consultation {number} for the public interest.",
            "request_decided": "{actor} recorded the decision of consultation {number}.",
            "request_moved": "{what} of request {number} moved from {before} to {now}: the bank "
            "holidays changed ({because}).",
        }

    def lock_held(self, leaving: Leaving) -> None:
        lock_requests(leaving)

    def person_leaves(self, leaving: Leaving) -> None:
        hand_over_requests(leaving)

    def person_joins(self, joining: Joining) -> None:
        join_requests(joining)

    def asking_holdings(
        self, person: Person, organisation: Organisation, most: int
    ) -> Asking[Sequence[Holding]]:
        """Open requests that the person answers for the organisation."""
        [found] = yield [open_requests(person, organisation)[:most]]
        return [
            Holding(
                f"{one(request).capitalize()} of {request.agreement.reference}",
                page_of(request),
                key=request_key(request),
                otherwise="With your MoU manager",
            )
            for request in found
        ]

    def held_under(self, person: Person, organisation: Organisation) -> set[int]:
        return set(open_requests(person, organisation).values_list("agreement", flat=True))

    def people_shared_with(self, acting: WhoAsks) -> list[Q]:
        """Whoever answers a request that the reader may see."""
        seen = Request.objects.each_visible_to(acting)
        return [there_is(seen.filter(person=OuterRef("pk")))]


register(PerformanceRoom())
