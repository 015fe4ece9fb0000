"""How many actions were done in time, for a report (A19, B15)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from agreements.core.measuring import fell_in
from agreements.core.reached import subpage_url
from agreements.models import Agreement, read_parties
from commitments.models import Action
from house.answers import Measure
from house.clock import london_day
from nhsuk.words import plural

State = Action.State
LABEL: Final = "Actions done in time"


def measures(agreements: Sequence[Agreement], since: date, until: date) -> dict[int, list[Measure]]:
    """Agreement id -> one for each party that has actions (two queries).

    One that its owner says is not right counts for nobody; one entered in error never was.
    """
    read_parties(agreements)
    rows = Action.objects.filter(agreement__in=[each.pk for each in agreements])
    found: dict[int, list[Action]] = defaultdict(list)
    for action in rows.exclude(state=State.IN_ERROR).exclude(standing=Action.Standing.DISPUTED):
        if london_day(action.recorded_at) <= until:
            found[action.owner_id].append(action)
    return {each.pk: list(_of(each, found, since, until)) for each in agreements}


def _of(
    agreement: Agreement, found: dict[int, list[Action]], since: date, until: date
) -> Iterator[Measure]:
    url = subpage_url(agreement.reference, "meetings")
    for party in agreement.sides:
        counts = Counter(_stands(action, since, until) for action in found[party.pk])
        late = _late_at_the_end(found[party.pk], until)
        del counts[""]
        if counts or late:
            yield Measure(
                "actions", LABEL, party.key, met=counts["met"], missed=counts["missed"],
                open=counts["open"], url=url, said=_said(counts["dropped"], late),
            )  # fmt: skip


def _stands(action: Action, since: date, until: date) -> str:
    """How it counts in these days: "met", "missed", "open", "dropped"; empty where it does not.

    It is missed on its date, whatever becomes of it later.
    """
    closed, due = closed_by(action, until), action.due_on
    if due is not None and due <= until and (closed is None or closed > due):
        return "missed" if due >= since else ""
    if closed is None:
        return "open"
    if not fell_in(closed, since, until):
        return ""
    return "met" if action.state == State.DONE else "dropped"


def closed_by(action: Action, until: date) -> date | None:
    """The London day on which it was closed, up to the end of this one."""
    on = london_day(action.closed_at) if action.closed_at else None
    return on if on and on <= until else None


def _late_at_the_end(actions: Iterable[Action], until: date) -> int:
    return sum(
        each.due_on is not None and each.due_on <= until and closed_by(each, until) is None
        for each in actions
    )


def _said(dropped: int, late: int) -> str:
    said = [f"{plural(dropped, 'was', 'were')} dropped."] if dropped else []
    if late:
        said.append(f"{plural(late, 'was', 'were')} late and still open at the end.")
    return " ".join(said)
