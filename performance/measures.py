"""How requests stood to their standards and to the law, for a report (B10, B11, B13, B15, A06)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Final

from django.db.models import Q

from agreements.core.measuring import fell_in
from agreements.core.reached import subpage_url
from agreements.models import Agreement, read_parties
from house.answers import Measure
from house.clock import end_of
from nhsuk.words import plural
from performance.models import Consultation, Request, RequestStep
from performance.presenters.agreement import OWN_PAGE
from performance.rules.counted import Dated, dated

Kind, State = Request.Kind, Request.State
CALLED: Final[dict[str, str]] = {
    Kind.INFORMATION: "Requests for information",
    Kind.QUERY: "Queries",
    Kind.PRACTICE_VISIT: "Requests for help with a practice visit",
    Kind.FOI: "Consultations on freedom of information",
}
# What is done by each date, in the order in which a report shows them.
DONE: Final = {
    "acknowledge": "acknowledged in time",
    "answer": "answered, or news given, in time",
    "decide": "decided in the days of the law",
}


def measures(agreements: Sequence[Agreement], since: date, until: date) -> dict[int, list[Measure]]:
    """Agreement id -> one for each kind, date and party that was asked (two queries, and what the
    parties and the holidays take).

    What was withdrawn or entered in error was never owed; what is closed and said to be not right
    counts for nothing, and is said.
    """
    read_parties(agreements)
    found = _asked(agreements, since, end_of(until))
    return {each.pk: list(_of(each, found[each.pk], since, until)) for each in agreements}


@dataclass(frozen=True)
class Asked:
    """A request with its steps, in the order in which they were recorded."""

    request: Request
    steps: list[RequestStep] = field(default_factory=list)

    @cached_property
    def dates(self) -> list[Dated]:
        request = self.request
        return list(
            dated(
                request.received_on, self.steps, request.standard, by_law=request.is_foi,
                is_excluded=request.state == State.EXCLUDED,
            )
        )  # fmt: skip

    @property
    def is_disputed(self) -> bool:
        return self.request.is_disputed and not self.request.is_open

    def place(self, one: Dated, since: date, until: date) -> str:
        """A figure of a measure, or "disputed"; empty where it does not count in these days."""
        place, on = one.decided(until)
        if place in ("", "open"):
            return place
        if not fell_in(on, since, until):
            return ""
        return "disputed" if self.is_disputed else place


def _asked(
    agreements: Sequence[Agreement], since: date, before: datetime
) -> dict[int, list[Asked]]:
    """Those received before an instant; of what was closed before these days all was decided."""
    rows = Request.objects.filter(
        Q(closed_on=None) | Q(closed_on__gte=since),
        agreement__in=[each.pk for each in agreements],
        received_at__lt=before,
    ).exclude(state__in=[State.WITHDRAWN, State.IN_ERROR])
    asked = {each.pk: Asked(each) for each in rows.select_related("version", "consultation")}
    steps = RequestStep.objects.filter(request__in=rows.order_by().values("pk"))
    for step in steps.order_by("pk"):
        if step.request_id in asked:
            asked[step.request_id].steps.append(step)
    found: dict[int, list[Asked]] = defaultdict(list)
    for each in asked.values():
        found[each.request.agreement_id].append(each)
    return found


def _of(
    agreement: Agreement, asked: Iterable[Asked], since: date, until: date
) -> Iterator[Measure]:
    by: dict[tuple[str, int], list[Asked]] = defaultdict(list)
    for each in asked:
        by[each.request.kind, each.request.asked_of_id].append(each)
    for kind in CALLED:
        for party in agreement.sides:
            yield from _of_kind(agreement, kind, party.key, by[kind, party.pk], since, until)


def _of_kind(
    agreement: Agreement, kind: str, party: str, asked: Sequence[Asked], since: date, until: date
) -> Iterator[Measure]:
    for clock, done in DONE.items():
        dates = [(each, one) for each in asked for one in each.dates if one.clock == clock]
        counts = Counter(each.place(one, since, until) for each, one in dates)
        late = sum(one.is_late_at(until) for each, one in dates if not each.is_disputed)
        del counts[""]
        if counts or late:
            before = _before_the_view(asked, since, until) if clock == "decide" else 0
            yield Measure(
                f"requests.{kind}.{clock}", f"{CALLED[kind]} {done}", party, met=counts["met"],
                missed=counts["missed"], excluded=counts["excluded"], open=counts["open"],
                url=subpage_url(agreement.reference, OWN_PAGE),
                said=_said(counts["disputed"], late, before),
            )  # fmt: skip


def _before_the_view(asked: Iterable[Asked], since: date, until: date) -> int:
    return sum(
        each.request.consultation.decided_with == Consultation.View.BEFORE
        and fell_in(each.request.closed_on, since, until)
        for each in asked
    )


def _said(disputed: int, late: int, before: int) -> str:
    sentences = (
        (late, f"{plural(late, 'was', 'were')} late and still open at the end."),
        (before, f"{plural(before, 'was', 'were')} decided before the view came."),
        (disputed, f"{plural(disputed, 'is', 'are')} said to be not right, and not counted."),
    )
    return " ".join(sentence for count, sentence in sentences if count)
