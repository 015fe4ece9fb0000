"""The columns and deadlines of a request, kept equal to its steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agreements.core.due import key_of
from agreements.core.texts import clause_bound_to
from agreements.models import Party
from deadlines.services.setting import (
    For,
    cancel_deadline,
    meet_deadline,
    set_deadline,
    set_together,
)
from parties.models import Role
from performance.models import Request, RequestStep
from performance.rules.clocks import Clock, Name, Told, running, told
from performance.rules.met import outcome

# The kinds of its deadlines, each with the clocks that it is of.
ACKNOWLEDGE, ANSWER = "request_acknowledge", "request_answer"
VIEW, DECIDE = "foi_view", "foi_decision"
OF_CLOCKS: dict[str, tuple[Name, ...]] = {
    ACKNOWLEDGE: ("acknowledge",), ANSWER: ("answer", "promise"), VIEW: ("view",),
    DECIDE: ("decide",),
}  # fmt: skip
# Two working days before, on the day, and two chasers; then the pages and Home alone have it.
SCHEDULE = ("working:-2", "days:0", "working:+1", "working:+5")
# What asks for it, by the kind of request: what a clause of the text is bound to.
BINDINGS = {
    Request.Kind.INFORMATION: ("information_requests", "standards"),
    Request.Kind.QUERY: ("queries", "standards"),
    Request.Kind.PRACTICE_VISIT: ("practice_visits",),
    Request.Kind.FOI: ("foi_consultation",),
}
GIVEN_UP = (Request.State.EXCLUDED, Request.State.WITHDRAWN, Request.State.IN_ERROR)


def steps_of(request: Request) -> list[RequestStep]:
    """In the order in which they were recorded (one query)."""
    return list(request.steps.order_by("pk"))


def told_of(request: Request, steps: Sequence[RequestStep]) -> Told:
    return told(request.received_on, steps)


def running_of(request: Request, now: Told) -> list[Clock]:
    return running(request.standard, now, by_law=request.is_foi)


def keep_clocks(request: Request) -> None:
    """Writes what follows from its steps. Call it with the request and its agreement locked."""
    steps = steps_of(request)
    now = told_of(request, steps)
    clocks = running_of(request, now)
    _write(request, steps, now, clocks)
    with set_together():
        for kind, names in OF_CLOCKS.items():
            _keep_deadline(request, kind, [each for each in clocks if each.name in names])


def _write(
    request: Request, steps: Sequence[RequestStep], now: Told, clocks: Sequence[Clock]
) -> None:
    # A view that is wanted is another party's date.
    own = [each for each in clocks if each.name != "view"]
    nearest = min(own, key=lambda each: each.due_on, default=None)
    met = [each for step in steps for each in step.met]
    still = running_of(request, replace(now, paused_on=None))
    columns = {
        "due_on": nearest and nearest.due_on,
        "due_clock": nearest.name if nearest else "",
        "acknowledged_on": now.acknowledged_on,
        "promised_on": now.promised_on,
        "closed_on": now.closed_on,
        "outcome": outcome(met, still, request.outcome, given_up=request.state in GIVEN_UP),
        "broke_promise": any(each["clock"] == "promise" and not each["in_time"] for each in met),
    }
    for name, value in columns.items():
        setattr(request, name, value)
    request.save(update_fields=list(columns))


def _keep_deadline(request: Request, kind: str, clocks: Sequence[Clock]) -> None:
    key = key_of(request)
    clock = min(clocks, key=lambda each: each.due_on, default=None)
    waits = _waits_without_a_date(request, kind)
    if request.agreement.takes_acts and (clock or waits):
        _set(request, kind, key, clock)
    elif _is_met(request, kind):
        meet_deadline(kind=kind, subject_key=key)
    else:
        cancel_deadline(kind=kind, subject_key=key)


def _waits_without_a_date(request: Request, kind: str) -> bool:
    """What has no date waits on Home all the same; nobody is reminded of it."""
    return kind == ANSWER and request.state == Request.State.OPEN and not request.is_foi


def _is_met(request: Request, kind: str) -> bool:
    if kind == VIEW:
        return request.is_foi and request.consultation.viewed_on is not None
    if kind == ACKNOWLEDGE:
        return request.acknowledged_on is not None
    return request.state == Request.State.ANSWERED


def _set(request: Request, kind: str, key: str, clock: Clock | None) -> None:
    clause = clause_of(request)
    set_deadline(
        kind=kind,
        subject_key=key,
        due_on=clock.due_on if clock else None,
        since=request.recorded_at,
        schedule=SCHEDULE if clock else (),
        holders=_holders(request, kind),
        references=[request.agreement.reference],
        clause_key=clause,
        working=clock.working if clock and not clock.within else "",
        within=clock.within if clock else None,
    )


def clause_of(request: Request) -> str:
    """The key of the clause that asks for it; empty where none does."""
    found = (
        clause_bound_to(request.agreement, each) for each in BINDINGS[Request.Kind(request.kind)]
    )
    return next((clause.key for clause in found if clause), "")


def _holders(request: Request, kind: str) -> list[For]:
    """Who has to act, in person or by its MoU manager; who asked, or was consulted, watches."""
    acts, watches = request.asked_of, request.asked_by
    if request.is_foi:
        source = request.consultation.source
        acts, watches = (source, acts) if kind == VIEW else (acts, source)
    found = [_for(request, acts)]
    if watches and watches.organisation.pk != acts.organisation.pk:
        found.append(For(watches.organisation, watches=True))
    return found


def _for(request: Request, party: Party) -> For:
    if request.person and party.pk == request.asked_of_id:
        return For(party.organisation, person=request.person)
    return For(party.organisation, role=Role.MANAGER)
