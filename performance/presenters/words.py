"""Requests in words: what they are called, how they stand, who asked, by when."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from django.urls import reverse

from deadlines.holidays import bank_holidays
from deadlines.rules.working_days import distance
from house import clock
from nhsuk.components import Colour, Tag
from nhsuk.dates import day, moment
from performance.models import Request

State, Outcome = Request.State, Request.Outcome
_COLOURS: Final[dict[str, Colour]] = {
    State.ANSWERED: "green", State.PAUSED: "yellow", State.EXCLUDED: "grey",
    State.WITHDRAWN: "grey", State.IN_ERROR: "grey",
}  # fmt: skip
# What is due next, by its clock: on a page, and with a verb.
DUE: Final = {
    "acknowledge": "Acknowledgement", "answer": "Answer or news", "promise": "Day promised",
    "view": "View", "decide": "Decision",
}  # fmt: skip
ACTS: Final = {
    "acknowledge": "Acknowledge", "answer": "Answer", "promise": "Answer", "decide": "Decide on",
    "view": "Give your view on", "": "Answer",
}  # fmt: skip
OUTSIDE: Final = "Somebody outside, under the Act"


def page_of(request: Request, page: str = "", *more: Any) -> str:
    return reverse(f"requests:{page or 'request'}", args=[request.key, *more])


def one(request: Request) -> str:
    """ "request 3", "consultation 4": in a sentence, and in e-mails, which hold no title."""
    return f"{'consultation' if request.is_foi else 'request'} {request.number}"


def is_late(request: Request) -> bool:
    return bool(request.is_open and request.due_on and request.due_on < clock.today())


def state_tag(request: Request) -> Tag:
    if is_late(request):
        return Tag("Late", "red")
    if request.state == State.OPEN and request.is_foi:
        return Tag("View came" if request.consultation.viewed_on else "View awaited", "blue")
    if request.state == State.OPEN:
        return Tag("Acknowledged" if request.acknowledged_on else "Received", "blue")
    if request.state == State.ANSWERED:
        late = request.outcome == Outcome.LATE
        done = "Decided" if request.is_foi else "Answered"
        return Tag(f"{done}, late" if late else done, "orange" if late else "green")
    return Tag(str(request.get_state_display()), _COLOURS[request.state])


def disputed_tag(request: Request) -> Tag | None:
    return Tag("Said to be not right", "yellow") if request.is_disputed else None


def due_words(request: Request) -> str:
    """ "Answer or news by 3 March 2014, in 4 working days"; what became of what is closed."""
    if request.closed_on:
        return f"Closed on {day(request.closed_on)}"
    if request.state == State.PAUSED and not request.due_on:
        return "The time stands still"
    if request.due_on is None:
        return "No date"
    far = distance(request.due_on, clock.today(), bank_holidays())
    return f"{DUE[request.due_clock]} by {day(request.due_on)}, {far}"


def next_for(request: Request, party: int | None) -> tuple[str, date | None] | None:
    """What the party with this id has to do next: the clock, and its date; None for nothing."""
    if not request.is_open:
        return None
    if request.is_foi and party == request.consultation.source_id:
        asked = request.consultation
        return None if asked.viewed_on else ("view", asked.view_by)
    return (request.due_clock, request.due_on) if party == request.asked_of_id else None


def asker_of(request: Request) -> str:
    """Who asked: a party by its name, somebody outside in words; of a consultation nobody's."""
    if request.asked_by:
        return request.asked_by.name
    return request.asker or OUTSIDE


def received_words(request: Request) -> str:
    """The instant; the day alone where nobody knows the hour."""
    return moment(request.received_at) if request.has_time else day(request.received_at)


def came_twice(at: datetime) -> bool:
    """Whether the clocks went back over this London time, so that it came twice that night."""
    local = at.astimezone(clock.LONDON)
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def under(request: Request, *, of_many: bool) -> str:
    """The quieter line of a row: what it is, who asked whom; `of_many` of which MoU."""
    whom = (
        [
            f"of {request.asked_of.name}",
            f"about information from {request.consultation.source.name}",
        ]
        if request.is_foi
        else [f"to {request.asked_of.name}", f"from {asker_of(request)}"]
    )
    numbered = f"{request.get_kind_display()} {request.number}"
    parts = [numbered, *whom, request.agreement.reference if of_many else ""]
    return ", ".join(part for part in parts if part)
