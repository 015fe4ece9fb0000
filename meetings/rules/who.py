"""Who may call, record and answer for meetings."""

from __future__ import annotations

from agreements.core.parties import require_role
from house.refusals import NotYours, Refused
from meetings.models import Meeting, Series
from meetings.queries.sides import agreements_of, convener_of, organisations_in, who_confirm
from parties.acting import Acting
from parties.who import RECORDERS

Standing = Meeting.Standing


def meets_there(acting: Acting, series: Series) -> bool:
    """Whether their organisation is a party that meets in the series today."""
    return acting.organisation_id in {each.pk for each in organisations_in(series)}


def may_record(acting: Acting, series: Series) -> bool:
    """Whether they may call meetings of the series, and record them."""
    return RECORDERS.includes(acting) and meets_there(acting, series)


def require_recorder(by: Acting, series: Series) -> None:
    """Raises NotYours for who may only read, or whose organisation is no party any more."""
    require_role(by, RECORDERS)
    if not meets_there(by, series):
        raise NotYours("Your organisation is not a party that meets here.")


def require_running(series: Series) -> None:
    """Raises Refused for a series that has ended, or whose agreements are none in force."""
    if series.ended_on or not any(each.takes_acts for each in agreements_of(series)):
        raise Refused("These meetings have ended, so no more can be called.")


def may_answer(acting: Acting, meeting: Meeting) -> bool:
    """Whether they may say if the record that another party wrote is right."""
    return (
        meeting.is_held
        and may_record(acting, meeting.series)
        and acting.organisation_id in _who_confirm(meeting)
    )


def require_answerer(by: Acting, meeting: Meeting) -> None:
    require_recorder(by, meeting.series)
    if by.organisation_id == meeting.recorded_for_id:
        raise NotYours("Your organisation wrote this record. The other parties confirm it.")
    if by.organisation_id not in _who_confirm(meeting):
        raise NotYours("Your own side wrote this record. One of the other side confirms it.")


def was_there(acting: Acting, meeting: Meeting) -> bool:
    """Whether their organisation attended by the record; and where it names nobody but its writer's
    side, so that nobody else could say that there was no such meeting."""
    there = set(meeting.attendees.values_list("organisation", flat=True)) - {None}
    others = there & _who_confirm(meeting)
    return not others or acting.organisation_id in there


def require_was_there(by: Acting, meeting: Meeting) -> None:
    """Raises Refused for who says "not right" of a meeting of others."""
    if not was_there(by, meeting):
        raise Refused(
            "The record does not name your organisation among those who came. Who was there says "
            f"what is not right. If you were there too, tell {meeting.recorded_for}.",
            field="answer",
        )


def _who_confirm(meeting: Meeting) -> set[int]:
    return {each.pk for each in who_confirm(meeting.series, meeting.recorded_for_id)}


def may_call_an_error(acting: Acting, meeting: Meeting) -> bool:
    """Whether their organisation entered the meeting, and so may take it back."""
    return (
        meeting.state != Meeting.State.IN_ERROR
        and RECORDERS.includes(acting)
        and acting.organisation_id in {meeting.called_for_id, meeting.recorded_for_id}
    )


def require_party_that_entered(by: Acting, meeting: Meeting) -> None:
    require_role(by, RECORDERS)
    if by.organisation_id not in {meeting.called_for_id, meeting.recorded_for_id}:
        raise NotYours("Only the party that entered this meeting can say that it was an error.")


def may_set_cadence(acting: Acting, series: Series) -> bool:
    """The terms say it for the wider meeting, the other party for the locality manager's."""
    if series.is_in_terms or series.ended_on or not may_record(acting, series):
        return False
    return not (series.is_locality and _convenes(acting, series))


def require_may_set_cadence(by: Acting, series: Series) -> None:
    """Raises Refused for the wider meeting, NotYours for whoever convenes locality meetings."""
    require_recorder(by, series)
    if series.is_in_terms:
        raise Refused("The terms of the MoU say how often the wider meeting is held.")
    if series.is_locality and _convenes(by, series):
        raise NotYours("The other party says how often it wants to meet the locality manager.")


def _convenes(acting: Acting, series: Series) -> bool:
    convener = convener_of(series)
    return convener is not None and convener.organisation.pk == acting.organisation_id
