"""Which bodies decide for the parties of an agreement, and what is known of their meetings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

from django.db.models import Q

from agreements.core.parties import there_today, version_of_terms
from agreements.models import Agreement, Party
from agreements.planning.rules import Closed, Diary, Meeting
from agreements.terms import ApprovalRoute, Terms
from house import clock
from house.once import each_once
from parties.models import (
    Area,
    Body,
    BodyMeeting,
    BodyOrganisation,
    Organisation,
    PreElectionPeriod,
)


@dataclass(frozen=True)
class KnownBody:
    """A body with its diary to come, and the organisations for which it decides today."""

    pk: int
    name: str
    diary: Diary
    serves: frozenset[int] = field(default_factory=frozenset)

    @property
    def is_shared(self) -> bool:
        return len(self.serves) > 1


@dataclass(frozen=True)
class Deciding:
    """An approval of a party that a body gives; `body` None where none of that name is entered.

    `number` counts those of one party.
    """

    party: Party
    number: int
    name: str
    body: KnownBody | None


def asks_a_body(terms: Terms) -> bool:
    """Whether the text lets a body approve for any side."""
    return any(route.route == "body" for route in terms.approval_routes)


def deciding(agreement: Agreement) -> list[Deciding]:
    """The bodies that approve for its parties of today, in the order of the parties (four queries
    for any number; none where the terms name no body)."""
    terms = version_of_terms(agreement).typed_terms
    asked = [
        (party, routes) for party in there_today(agreement) if (routes := _by_body(terms, party))
    ]
    known = bodies_of([party.organisation.pk for party, _ in asked]) if asked else {}
    return [
        Deciding(party, number, _called(route), _among(known[party.organisation.pk], route.name))
        for party, routes in asked
        for number, route in enumerate(routes, start=1)
    ]


def bodies_of(organisations: Collection[int]) -> dict[int, list[KnownBody]]:
    """Organisation id -> the bodies that decide for it today (four queries for any number)."""
    return _bodies(organisations)


def _by_body(terms: Terms, party: Party) -> list[ApprovalRoute]:
    return [route for route in terms.routes_of(party.slot) if route.route == "body"]


def _called(route: ApprovalRoute) -> str:
    return route.name.removeprefix("the ").removeprefix("The ") or "body"


def _among(bodies: list[KnownBody], name: str) -> KnownBody | None:
    """The body of this name; else the only one whose name holds it: "Eastmoor CCG Governing
    Body"."""
    wanted = name.casefold().removeprefix("the ").strip()
    same = [each for each in bodies if each.name.casefold().removeprefix("the ") == wanted]
    close = [each for each in bodies if wanted and wanted in each.name.casefold()]
    found = same or close
    return found[0] if len(found) == 1 else None


@each_once(Body, BodyOrganisation, BodyMeeting, PreElectionPeriod, Organisation, Area)
def _bodies(organisations: Collection[int]) -> dict[int, list[KnownBody]]:
    found: dict[int, list[KnownBody]] = {pk: [] for pk in organisations}
    serving = BodyOrganisation.objects.current().filter(organisation__in=found)
    own = list(serving.order_by("body__name", "body").values_list("organisation", "body"))
    known = _known({body for _, body in own})
    for organisation, body in dict.fromkeys(own):
        found[organisation].append(known[body])
    return found


def _known(asked: Collection[int]) -> dict[int, KnownBody]:
    bodies = list(Body.objects.filter(pk__in=asked)) if asked else []
    serves: dict[int, set[int]] = defaultdict(set)
    areas: dict[int, set[int | None]] = defaultdict(set)
    served = BodyOrganisation.objects.current().filter(body__in=[body.pk for body in bodies])
    columns = ("body", "organisation", "organisation__area")
    for body_pk, organisation, area in served.values_list(*columns) if bodies else ():
        serves[body_pk].add(organisation)
        areas[body_pk].add(area)
    meetings = _meetings(asked) if bodies else {}
    closed = _closed({area for held in areas.values() for area in held if area}) if meetings else []
    return {
        body.pk: KnownBody(
            body.pk, body.name,
            Diary(
                tuple(meetings.get(body.pk, ())), body.papers_days, body.papers_in_working_days,
                tuple(each for area, each in closed if area is None or area in areas[body.pk]),
            ),
            frozenset(serves[body.pk]),
        )
        for body in bodies
    }  # fmt: skip


def _meetings(bodies: Collection[int]) -> dict[int, list[Meeting]]:
    found: dict[int, list[Meeting]] = defaultdict(list)
    rows = BodyMeeting.objects.to_come().filter(body__in=bodies).order_by("on")
    for body, on, papers_by in rows.values_list("body", "on", "papers_by"):
        found[body].append(Meeting(on, papers_by))
    return found


def _closed(areas: Collection[int]) -> list[tuple[int | None, Closed]]:
    """The pre-election periods to come of these areas and of the whole country."""
    rows = PreElectionPeriod.objects.filter(
        Q(area=None) | Q(area__in=areas), ends_on__gte=clock.today()
    )
    return [(each.area_id, Closed(each.name, each.starts_on, each.ends_on)) for each in rows]


def diary_of(body: Body) -> Diary:
    """The diary of one body, for whoever keeps it."""
    known = _known([body.pk])[body.pk]
    return replace(known.diary)


def shared_names(found: Collection[Deciding]) -> Iterator[str]:
    """The bodies that decide for several of these parties, each once."""
    by_body: dict[int, list[Deciding]] = defaultdict(list)
    for each in found:
        if each.body:
            by_body[each.body.pk].append(each)
    yield from (held[0].name for held in by_body.values() if len(held) > 1)
