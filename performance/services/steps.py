"""What is done about a request: acknowledged, answered, left out, opened again, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import transaction

from agreements.models import Happening
from house import clock
from house.lifecycle import lock, move_locked
from house.refusals import Refused
from nhsuk.dates import day
from parties.acting import Acting
from performance.models import LIFECYCLE, Request, RequestStep
from performance.rules.clocks import as_if_running, latest_news, paused_by
from performance.rules.met import met_by
from performance.rules.who import (
    require_a_part,
    require_answers,
    require_asks,
    require_recorded,
)
from performance.services.clocks import keep_clocks, running_of, steps_of, told_of
from performance.services.recording import write_step
from performance.services.telling import note, tell

Kind, State = RequestStep.Kind, Request.State
# What only says something of a step, or of how far help goes, has no day of its own in the story.
BESIDE = (*RequestStep.WORDS, Kind.EXTENT)


def acknowledge(
    *, by: Acting, request: Request, on: date | None = None, until: date | None = None,
    text: str = "",
) -> None:  # fmt: skip
    """The party asked has it, and says by when the answer will be there (B10).

    Raises Refused where it was acknowledged before.
    """
    require_a_part(by, request)
    _require_plain(request)
    with taken(request) as current:
        if current.acknowledged_on:
            raise Refused(f"It was acknowledged on {day(current.acknowledged_on)} already.")
        take(by, current, "acknowledge", Kind.ACKNOWLEDGED, on=on, until=until, text=text)


def update(*, by: Acting, request: Request, until: date, on: date | None = None, text: str) -> bool:
    """Says how far it is, and when the next news comes (B11). Returns whether that acknowledged it
    as well. Raises Refused for a next day later than the standard has it."""
    require_a_part(by, request)
    _require_plain(request)
    with taken(request) as current:
        was_silent = current.acknowledged_on is None
        _check_next(current, on or clock.today(), until)
        take(by, current, "update", Kind.UPDATED, on=on, until=until, text=text)
    return was_silent


def answer(*, by: Acting, request: Request, on: date | None = None, text: str = "") -> bool:
    """The answer was given. Returns whether that acknowledged it as well."""
    require_a_part(by, request)
    _require_plain(request)
    with taken(request) as current:
        was_silent = current.acknowledged_on is None
        take(by, current, "answer", Kind.ANSWERED, on=on, text=text)
    return was_silent


def exclude(*, by: Acting, request: Request, exclusion: str, because: str) -> None:
    """The standard leaves it out, by one of its own exclusions (B13): Refused for another."""
    require_answers(by, request)
    standard = request.standard
    if standard is None or exclusion not in standard.exclusions:
        raise Refused("Choose one of the exclusions of the standard.", field="exclusion")
    with taken(request) as current:
        take(by, current, "exclude", Kind.EXCLUDED, text=because, choice=exclusion)


def pause(*, by: Acting, request: Request, on: date | None = None, because: str) -> None:
    """The time stands still while it waits for whoever asked, where the standard allows that."""
    require_answers(by, request)
    if not request.is_foi and not (request.standard and request.standard.may_pause):
        raise Refused("The standard does not let the time stand still.")
    with taken(request) as current:
        take(by, current, "pause", Kind.PAUSED, on=on, text=because)


def resume(*, by: Acting, request: Request, on: date | None = None, text: str = "") -> None:
    """What was waited for is there: the time runs again from the next working day."""
    require_answers(by, request)
    with taken(request) as current:
        if current.state == State.PAUSED and paused_by(steps_of(current)) != Kind.PAUSED:
            raise Refused("It waits for a clarification. Say when that came.")
        take(by, current, "resume", Kind.RESUMED, on=on, text=text)


def reopen(*, by: Acting, request: Request, because: str) -> None:
    """It is not answered after all. The days are counted anew from today."""
    _require_plain(request)
    if request.state == State.EXCLUDED:
        require_answers(by, request)
    else:
        require_a_part(by, request)
    with taken(request) as current:
        take(by, current, "reopen", Kind.REOPENED, text=because)


def withdraw(*, by: Acting, request: Request, because: str) -> None:
    """Whoever asked no longer does; of a consultation the party that was asked under the Act."""
    require_asks(by, request)
    with taken(request) as current:
        take(by, current, "withdraw", Kind.WITHDRAWN, text=because)


def enter_in_error(*, by: Acting, request: Request, because: str) -> None:
    """It never should have been there: it leaves the counts and stays readable, with the reason."""
    require_recorded(by, request)
    with taken(request) as current:
        take(by, current, "enter_in_error", Kind.IN_ERROR, text=because)


def _require_plain(request: Request) -> None:
    if request.is_foi:
        raise Refused("A consultation is decided, and not answered like a request.")


@contextmanager
def taken(request: Request) -> Iterator[Request]:
    """The transaction of what is done about it, in which its agreement and it are locked."""
    with transaction.atomic():
        lock(request.agreement)
        yield lock(request)


def take(
    by: Acting, request: Request, step: str, kind: str, *, on: date | None = None, **said: Any
) -> RequestStep:
    """One step: of its state, of the record, of its clocks; and the sides are told.

    Raises Refused for a day to come, or before what was done last.
    """
    done_on = on or clock.today()
    steps = steps_of(request)
    _check_day(steps, done_on)
    before = running_of(request, as_if_running(told_of(request, steps), done_on))
    was_disputed = {"is_disputed": False} if request.is_disputed else {}
    move_locked(request, step, lifecycle=LIFECYCLE, **was_disputed)
    made = write_step(by, request, kind, on=done_on, met=met_by(kind, done_on, before), **said)
    keep_clocks(request)
    tell(noted(by, request, kind), request, by)
    return made


def noted(by: Acting, request: Request, kind: str) -> Happening:
    return note(by, request, f"request_{kind}", party=request.asked_of.name)


def _check_day(steps: list[RequestStep], on: date) -> None:
    if on > clock.today():
        raise Refused("That day is still to come. Enter the day on which it was done.", field="on")
    last = [step for step in steps if step.kind not in BESIDE][-1]
    if on < last.on:
        was = str(last.get_kind_display()).lower()
        raise Refused(
            f"On record is {day(last.on)} ({was}). Enter that day or a later one.",
            field="on",
        )


def _check_next(request: Request, on: date, until: date) -> None:
    if until <= on:
        raise Refused("The next news has to come later than this.", field="until")
    latest = latest_news(request.standard, on)
    if latest and until > latest:
        raise Refused(f"By the standard the next news comes by {day(latest)}.", field="until")
