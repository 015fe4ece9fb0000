"""Which requests a page lists. Each query starts from who asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Subquery,
)

from agreements.core.counted import counted_in
from agreements.core.searching import called
from agreements.models import Agreement, Party, read_parties, spells_today
from house import clock
from house.asked_together import Asking
from house.lists_in_rows import rows_below
from house.tracked import recorded, rows_of
from parties.acting import Acting
from performance.models import Request, RequestStep
from performance.models.requests import RequestQuerySet
from performance.rules.figures import Counted

State, Outcome = Request.State, Request.Outcome
R = TypeVar("R", bound=Iterable[Request])
# A duty that goes on for ever is judged by its last year.
LOOKED_AT = timedelta(days=365)


def requests_seen_by(acting: Acting) -> RequestQuerySet:
    """All that the reader may see."""
    found: RequestQuerySet = Request.objects.visible_to(acting)  # type: ignore[assignment]
    return found.select_related("agreement", "consultation")


def with_parties(requests: R) -> R:
    """The same with the parties of their agreements at hand (three queries, for any number)."""
    rows = list(requests)
    agreements = {each.agreement_id: each.agreement for each in rows}
    read_parties(agreements.values())
    for each in rows:
        each.agreement = agreements[each.agreement_id]
        sides = {party.pk: party for party in each.agreement.sides}
        put_parties(each, sides)
    return requests


def put_parties(request: Request, sides: Mapping[int, Party]) -> None:
    request.asked_of = sides[request.asked_of_id]
    if request.asked_by_id:
        request.asked_by = sides[request.asked_by_id]
    if request.is_foi:
        request.consultation.source = sides[request.consultation.source_id]


def open_under(agreement: Agreement, acting: Acting) -> list[Request]:
    """The open ones of one agreement, the soonest first, as a row shows them."""
    rows = requests_seen_by(acting).filter(agreement=agreement).still_open().soonest_first()
    found = list(rows)
    for each in found:
        each.agreement = agreement
    return with_parties(found)


def asking_open_at(agreement: Agreement, end: datetime, acting: Acting) -> Asking[list[Request]]:
    """Those that were open before an instant, as they were recorded then, the soonest first."""
    seen, was_open = Agreement.objects.visible_to(acting), Q(state__in=Request.OPEN)
    of_it = seen.filter(pk=agreement.pk)
    [rows] = yield [recorded(Request, end, where=was_open, agreement__in=of_it)]
    found: list[Request] = rows_of(rows)
    sides = {party.pk: party for party in agreement.sides}
    for each in found:
        each.agreement, each.asked_of = agreement, sides[each.asked_of_id]
    return sorted(found, key=lambda each: (each.due_on or date.max, each.number))


def overdue() -> Q:
    """As `words.is_late` has it."""
    return Q(state__in=Request.OPEN, due_on__lt=clock.today())


def of_us(acting: Acting) -> Q:
    """Those that were asked of the party that the acting organisation is today."""
    return Q(asked_of__in=spells_today(acting.organisation_id).values("party"))


def matching(acting: Acting, wanted: Mapping[str, Any]) -> Q:
    """What the filter form asks for; any of it may be empty."""
    states = {
        "": Q(state__in=Request.OPEN), "late": overdue(), "answered": Q(state=State.ANSWERED),
        "in_time": Q(state=State.ANSWERED) & ~Q(outcome=Outcome.LATE),
        "missed": Q(outcome=Outcome.LATE) | overdue(), "excluded": Q(state=State.EXCLUDED),
        "closed": ~Q(state__in=Request.OPEN),
    }  # fmt: skip
    whose = {"ours": of_us(acting), "theirs": ~of_us(acting)}
    found = states.get(wanted.get("state", ""), Q()) & whose.get(wanted.get("whose", ""), Q())
    if wanted.get("kind"):
        found &= Q(kind=wanted["kind"])
    if wanted.get("agreement"):
        found &= Q(agreement__in=called(acting, wanted["agreement"]))
    if wanted.get("text"):
        found &= Q(subject__icontains=wanted["text"]) | Q(details__icontains=wanted["text"])
    return found


def late_counts(
    agreements: Sequence[int], since: date, until: date
) -> Iterable[tuple[int, int, int]]:
    """(agreement, how many were closed late in these days, how many are late now), without those
    that have none (one query)."""
    late = Q(outcome=Outcome.LATE)
    closed = Count("pk", filter=late & Q(state=State.ANSWERED, closed_on__range=(since, until)))
    still = Count("pk", filter=overdue())
    rows = Request.objects.filter(agreement__in=agreements).order_by().values("agreement")
    counted = rows.annotate(closed=closed, still=still)
    return counted.filter(Q(closed__gt=0) | Q(still__gt=0)).values_list(
        "agreement", "closed", "still"
    )


def requests_counted(acting: Acting) -> dict[str, Subquery]:
    """Of one agreement: what counts of each that is open, or was closed in the last year; not of
    what never should have been there, nor of what was withdrawn."""
    since = clock.today() - LOOKED_AT
    lately = Q(state__in=Request.OPEN) | Q(closed_on__gte=since)
    seen = Request.objects.visible_to(acting).filter(lately)
    extents = RequestStep.objects.filter(request=OuterRef("pk"), kind=RequestStep.Kind.EXTENT)
    rows = seen.exclude(state__in=[State.IN_ERROR, State.WITHDRAWN]).annotate(
        decided_with=F("consultation__decided_with"),
        is_over=_whether(overdue()),
        by_standard=_whether(~Q(standard_key="")),
        has_extent=Exists(extents),
    )
    return {"requests_counted": rows_below(rows, "agreement", *Counted._fields)}


def counted_under(agreements: Sequence[Agreement], acting: Acting) -> dict[int, list[Counted]]:
    """The same for several, by their ids (one query; none where the page read it with them)."""
    found = counted_in(agreements, requests_counted(acting))
    rows = {pk: each["requests_counted"] or () for pk, each in found.items()}
    return {pk: [Counted(*row) for row in of_one] for pk, of_one in rows.items()}


def _whether(which: Q) -> ExpressionWrapper:
    return ExpressionWrapper(which, BooleanField())
