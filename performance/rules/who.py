"""Who may do what with a request: the party asked, whoever asked it, the other sides."""

from __future__ import annotations

from agreements.core.parties import require_role, side_of, sides_of
from agreements.core.sides import other_sides, stands_for
from agreements.models import Agreement
from house.refusals import NotYours, Refused
from parties.acting import Acting
from parties.who import RECORDERS
from performance.models import Request, RequestStep


def may_record(acting: Acting, agreement: Agreement) -> bool:
    """Whether they may record requests under this agreement."""
    return agreement.takes_acts and RECORDERS.includes(acting) and bool(sides_of(agreement, acting))


def require_recorder(by: Acting, agreement: Agreement) -> None:
    """Raises NotYours for who may only read or holds no side; Refused where nothing is in force."""
    require_role(by, RECORDERS)
    side_of(agreement, by)
    if not agreement.takes_acts:
        raise Refused("Requests are recorded under agreements that are in force.")


def is_named(acting: Acting, request: Request) -> bool:
    """Whether it is theirs to answer, for the organisation they act for, in any role."""
    person = getattr(acting.user, "person_id", None)
    return person is not None and request.person_id == person and _is_asked(acting, request)


def answers(acting: Acting, request: Request) -> bool:
    """Whether they act for the party that was asked."""
    return (RECORDERS.includes(acting) and _is_asked(acting, request)) or is_named(acting, request)


def asks(acting: Acting, request: Request) -> bool:
    """Whether they act for whoever asked; of somebody outside the party that recorded it."""
    if not RECORDERS.includes(acting):
        return False
    if request.asked_by:
        return bool(request.asked_by.organisation.pk == acting.organisation_id)
    return stands_for(request.agreement, acting.organisation_id, request.recorded_for_id)


def gives_view(acting: Acting, request: Request) -> bool:
    """Whether they act for the party that the information of a consultation came from."""
    source = request.consultation.source.organisation
    return RECORDERS.includes(acting) and source.pk == acting.organisation_id


def may_say(acting: Acting, request: Request, step: RequestStep) -> bool:
    """Whether they may say that a step is right, or is not: any side but the one that did it."""
    if step.kind not in RequestStep.SAID_OF or not RECORDERS.includes(acting):
        return False
    if stands_for(request.agreement, acting.organisation_id, step.organisation_id):
        return False
    others = other_sides(request.agreement, step.organisation_id)
    return acting.organisation_id in {party.organisation.pk for party in others}


def may_call_an_error(acting: Acting, request: Request) -> bool:
    """Whether they may say that it was entered in error: the party that entered it."""
    return (
        request.state != Request.State.IN_ERROR
        and RECORDERS.includes(acting)
        and stands_for(request.agreement, acting.organisation_id, request.recorded_for_id)
    )


def require_answers(by: Acting, request: Request) -> None:
    if not answers(by, request):
        require_role(by, RECORDERS)
        raise NotYours(f"Only {request.asked_of.name} may do this: it was asked.")


def require_a_part(by: Acting, request: Request) -> None:
    """Raises NotYours for everybody but the party asked and whoever asked."""
    if not (answers(by, request) or asks(by, request)):
        require_role(by, RECORDERS)
        raise NotYours("Only the party that was asked, and whoever asked, may do this.")


def require_asks(by: Acting, request: Request) -> None:
    if not asks(by, request):
        require_role(by, RECORDERS)
        raise NotYours("Only whoever asked may do this.")


def require_gives_view(by: Acting, request: Request) -> None:
    if not gives_view(by, request):
        require_role(by, RECORDERS)
        name = request.consultation.source.name
        raise NotYours(f"Only {name} gives this view: the information came from it.")


def require_recorded(by: Acting, request: Request) -> None:
    require_role(by, RECORDERS)
    if not may_call_an_error(by, request):
        raise NotYours(f"Only {request.recorded_for} can say that it entered this in error.")


def _is_asked(acting: Acting, request: Request) -> bool:
    return bool(request.asked_of.organisation.pk == acting.organisation_id)
