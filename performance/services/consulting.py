"""Consulting whom information came from before deciding on its disclosure (A06).

The days and what stops them are the law's: see `rules.clocks`.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from agreements.models import Agreement, Party
from house import clock
from house.clock import london_day
from house.keys import key_of_form
from house.lifecycle import lock
from house.refusals import Refused
from nhsuk.dates import day
from parties.acting import Acting
from performance.models import Consultation, Request, RequestStep
from performance.rules.clocks import Clock, paused_by
from performance.rules.who import require_answers, require_gives_view, require_recorder
from performance.services.clocks import keep_clocks, running_of, steps_of, told_of
from performance.services.recording import checked_receipt, make_request, write_step
from performance.services.steps import take, taken
from performance.services.telling import note, tell

Kind, View = RequestStep.Kind, Consultation.View
DECISIONS: Final = {
    "disclose": "Disclose all of it",
    "in_part": "Disclose a part of it",
    "withhold": "Withhold it",
}


def consult(
    *,
    by: Acting,
    agreement: Agreement,
    reference: str,
    subject: str,
    asked_of: Party,
    source: Party,
    view_by: date,
    consulted_on: date | None = None,
    received_at: datetime | None = None,
    has_time: bool = True,
    details: str = "",
    key: UUID | None = None,
) -> Request:
    """The party `asked_of`, which has a request under the Act, asks `source` for its view by a day.

    Raises Refused for a day that leaves none to decide, and for a party that asks itself.
    """
    with transaction.atomic():
        locked = lock(agreement)
        if key and (known := Request.objects.filter(key=key, agreement=locked).first()):
            return known
        require_recorder(by, locked)
        _check_parties(by, locked, asked_of, source)
        at, asked_on = checked_receipt(locked, received_at), consulted_on or clock.today()
        _check_asked(asked_on, london_day(at), view_by)
        made = make_request(
            by=by, agreement=locked, kind=Request.Kind.FOI, subject=subject, asked_of=asked_of,
            details=details, received_at=at, has_time=has_time, **key_of_form(Request, key),
        )  # fmt: skip
        Consultation.objects.create(
            request=made, reference=reference, source=source, view_by=view_by
        )
        _check_leaves_time(made, view_by)
        write_step(by, made, Kind.CONSULTED, on=asked_on, until=view_by)
        keep_clocks(made)
        tell(note(by, made, "request_consulted", party=source.name), made, by)
    return made


def give_view(*, by: Acting, request: Request, text: str, on: date | None = None) -> None:
    """The party that it came from says what it thinks of disclosing it."""
    require_gives_view(by, request)
    with taken(request) as current:
        consultation = current.consultation
        if consultation.viewed_on:
            raise Refused(f"The view came on {day(consultation.viewed_on)} already.")
        consultation.viewed_on = on or clock.today()
        consultation.save(update_fields=["viewed_on"])
        # The days stand still or run on, whatever anybody thinks.
        step = "view_meanwhile" if current.state == Request.State.PAUSED else "view"
        take(by, current, step, Kind.VIEW, on=on, text=text)


def ask_what_is_meant(
    *, by: Acting, request: Request, because: str, on: date | None = None
) -> None:
    """Clarification was asked for (section 1(3)): the days begin anew when it comes."""
    require_answers(by, request)
    with taken(request) as current:
        take(by, current, "pause", Kind.UNCLEAR, on=on, text=because)


def clarified(*, by: Acting, request: Request, on: date | None = None, text: str = "") -> None:
    """It is clear now what is asked for: day 1 is the working day after (section 10(6))."""
    require_answers(by, request)
    with taken(request) as current:
        if paused_by(steps_of(current)) != Kind.UNCLEAR:
            raise Refused("No clarification was asked for.")
        take(by, current, "resume", Kind.CLARIFIED, on=on, text=text)


def extend(
    *, by: Acting, request: Request, until: date, because: str, on: date | None = None
) -> None:
    """The public interest takes longer to weigh (section 10(3)), which whoever asked was told `on`
    a day. Told after the twenty days it counts as late (section 17(1))."""
    require_answers(by, request)
    with taken(request) as current:
        due = _decide_by(current)
        if due is None or until <= due:
            first = day(due) if due else "the date that runs"
            raise Refused(f"Enter a day later than {first}.", field="until")
        take(by, current, "extend", Kind.EXTENDED, on=on, until=until, text=because)


def decide(
    *, by: Acting, request: Request, decision: str, because: str = "", on: date | None = None
) -> str:
    """Whether it is disclosed. Returns how the view stood: a key of `Consultation.View`.

    Raises Refused without a reason where the view has not come.
    """
    require_answers(by, request)
    with taken(request) as current:
        consultation = current.consultation
        stood = view_stood(consultation, on or clock.today())
        if stood != View.CAME and not because:
            who = consultation.source.name
            raise Refused(f"{who} has not given its view. Say why you decide now.", field="because")
        consultation.decided_with, consultation.decision = stood, decision
        consultation.save(update_fields=["decided_with", "decision"])
        take(by, current, "answer", Kind.DECIDED, on=on, text=because, choice=decision)
    return stood


def view_stood(consultation: Consultation, on: date) -> str:
    """How the view stands to a decision on a day."""
    if consultation.viewed_on and consultation.viewed_on <= on:
        return View.CAME
    return View.OVERDUE if consultation.view_by and consultation.view_by < on else View.BEFORE


def _check_parties(by: Acting, agreement: Agreement, asked_of: Party, source: Party) -> None:
    sides = {party.pk for party in agreement.sides if not party.left_on}
    if not {asked_of.pk, source.pk} <= sides:
        raise Refused("Choose a party to this agreement.", field="source")
    if asked_of.organisation.pk != by.organisation_id:
        raise Refused("Whoever has the request under the Act consults.", field="source")
    if source.pk == asked_of.pk:
        raise Refused("Choose another party: nobody consults itself.", field="source")


def _check_asked(asked_on: date, received_on: date, view_by: date) -> None:
    if asked_on > clock.today():
        raise Refused("That day is still to come. Enter when you asked.", field="consulted_on")
    if asked_on < received_on:
        raise Refused(
            f"The request was received on {day(received_on)}. Enter that day or a later one.",
            field="consulted_on",
        )
    if view_by < asked_on:
        raise Refused("The view cannot come before it is asked for.", field="view_by")


def _check_leaves_time(request: Request, view_by: date) -> None:
    due = _decide_by(request)
    if due and view_by >= due:
        raise Refused(
            f"The legal limit is {day(due)}. Ask for the view by an earlier day.", field="view_by"
        )


def _decide_by(request: Request) -> date | None:
    clocks: list[Clock] = running_of(request, told_of(request, steps_of(request)))
    return next((each.due_on for each in clocks if each.name == "decide"), None)
