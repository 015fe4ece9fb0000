"""What is said of a request: how far help goes, whether a step is right, who answers it."""

from __future__ import annotations

from agreements.core.confirming import require_other_side, require_reason
from house import clock
from house.refusals import Refused
from parties.acting import Acting
from parties.models import Person
from performance.models import Request, RequestStep
from performance.rules.who import require_a_part, require_answers
from performance.services.clocks import keep_clocks
from performance.services.recording import check_person, write_step
from performance.services.steps import noted, taken
from performance.services.telling import note, tell

Kind, State = RequestStep.Kind, Request.State


def agree_extent(*, by: Acting, request: Request, text: str) -> None:
    """How far help with a practice visit goes, as the sides agreed it (A20). The other may say that
    this is not right."""
    require_a_part(by, request)
    with taken(request) as current:
        if current.kind != Request.Kind.PRACTICE_VISIT:
            raise Refused("Only help with a practice visit has an extent.")
        if current.state in (State.IN_ERROR, State.WITHDRAWN):
            raise Refused("This request is closed now, so this can no longer be done.")
        write_step(by, current, Kind.EXTENT, on=clock.today(), text=text)
        _close_dispute(current)
        tell(noted(by, current, Kind.EXTENT), current, by)


def say(
    *, by: Acting, request: Request, step: RequestStep, agrees: bool, because: str = ""
) -> None:
    """Another side says that a step is right, or why it is not."""
    require_other_side(by, request.agreement, step.organisation_id)
    require_reason(agrees=agrees, because=because)
    with taken(request) as current:
        newest = current.steps.filter(about=step).order_by("-pk").first()
        kind = Kind.CONFIRMED if agrees else Kind.DISPUTED
        if newest and newest.kind == kind and newest.organisation_id == by.organisation_id:
            return  # said already, by a colleague or with the press before
        write_step(by, current, kind, on=clock.today(), about=step, text=because)
        current.is_disputed = not agrees
        current.save(update_fields=["is_disputed"])
        tell(noted(by, current, kind), current, by)


def name_person(*, by: Acting, request: Request, person: Person | None) -> None:
    """Who answers it for the party asked; nobody by name where `person` is None."""
    require_answers(by, request)
    with taken(request) as current:
        check_person(current.asked_of, person)
        if current.person == person:
            return
        current.person = person
        current.save(update_fields=["person"])
        keep_clocks(current)
        happening = note(by, current, "request_named", party=current.asked_of.name)
        tell(happening, current, by, but_us=person is None)


def _close_dispute(request: Request) -> None:
    if request.is_disputed:
        request.is_disputed = False
        request.save(update_fields=["is_disputed"])
