"""Who may call, record and answer for meetings."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from agreements.core.parties import require_role
from agreements.core.sides import stands_for
from agreements.models import Agreement, read_parties
from house import clock
from house.refusals import NotYours, Refused
from meetings.models import Meeting, Series
from meetings.queries.sides import (
    agreements_at,
    agreements_of,
    agreements_with,
    convener_of,
    organisations_in,
    serves_of,
    who_confirm,
)
from parties.acting import Acting
from parties.who import RECORDERS

Standing = Meeting.Standing


def meets_there(acting: Acting, series: Series, on: date | None = None) -> bool:
    """Whether their organisation is a party that meets in the series on a day, or today."""
    return acting.organisation_id in {each.pk for each in organisations_in(series, on)}


def may_record(acting: Acting, series: Series) -> bool:
    """Whether they may call meetings of the series, and record them."""
    return RECORDERS.includes(acting) and meets_there(acting, series)


def require_recorder(by: Acting, series: Series) -> None:
    """Raises NotYours for who may only read, or whose organisation is no party any more."""
    require_role(by, RECORDERS)
    if not meets_there(by, series):
        raise NotYours("Your organisation is not a party that meets here.")


def require_met(by: Acting, series: Series, day: date) -> None:
    """Raises Refused for a day on which the series did not serve an agreement of theirs."""
    if not meets_there(by, series, day):
        raise Refused("Your MoU was not part of these meetings on this day.", field="day")


def require_own(by: Acting, meeting: Meeting, about: Collection[Agreement]) -> list[Agreement]:
    """The agreements, of those for which the meeting is held. Raises Refused for one that is not
    theirs: nobody writes what they would not read."""
    own = agreements_with(agreements_at(meeting), by.organisation_id)
    if any(each not in own for each in about):
        raise Refused("Choose agreements of your own that meet here.", field="about")
    return [each for each in own if each in about]


def require_party(by: Acting, agreements: Sequence[Agreement]) -> None:
    """Raises NotYours for an organisation that is a party to none of these agreements today."""
    if not agreements_with(agreements, by.organisation_id):
        raise NotYours("Your organisation is not a party to the agreements that this is about.")


def holds_all(acting: Acting, series: Series) -> bool:
    """Whether their organisation is a party to every agreement that the series serves or will
    serve."""
    today = clock.today()
    there = [row for row in serves_of(series) if row.ends_on is None or row.ends_on >= today]
    agreements = {row.agreement_id: row.agreement for row in there}.values()
    return len(agreements_with(agreements, acting.organisation_id)) == len(agreements)


def require_holds_all(by: Acting, series: Series) -> None:
    """Raises NotYours for who is not a party to every agreement of the series: nobody brings others
    to read what they do not answer for."""
    if not holds_all(by, series):
        raise NotYours("Only a party to each agreement of these meetings can add others.")


def check_agreements(by: Acting, agreements: Sequence[Agreement]) -> None:
    """Raises Refused without an agreement, or for one that is not in force; NotYours for one of
    others."""
    if not agreements:
        raise Refused("Choose at least one agreement.", field="agreements")
    if len(agreements_with(agreements, by.organisation_id)) < len(agreements):
        raise NotYours("Your organisation is not a party to each of these agreements.")
    for agreement in agreements:
        if not agreement.takes_acts:
            raise Refused(f"{agreement.reference} is not in force.", field="agreements")


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
    if _goes_on(by, meeting, meeting.recorded_for_id):
        raise NotYours("Your organisation wrote this record. The other parties confirm it.")
    if by.organisation_id not in _who_confirm(meeting):
        raise NotYours("Your own side wrote this record. One of another side confirms it.")


def was_there(acting: Acting, meeting: Meeting) -> bool:
    """Whether their organisation attended by the record; and where it names nobody of their own
    agreements but of its writer's side, so that nobody there could say that it was not so."""
    there = set(meeting.attendees.values_list("organisation", flat=True)) - {None}
    own = agreements_with(agreements_at(meeting), acting.organisation_id)
    others = there & {each.pk for each in who_confirm(own, meeting.recorded_for_id)}
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
    found = who_confirm(agreements_at(meeting), meeting.recorded_for_id)
    return {each.pk for each in found}


def may_call_an_error(acting: Acting, meeting: Meeting) -> bool:
    """Whether their organisation entered the meeting, and so may take it back."""
    return (
        meeting.state != Meeting.State.IN_ERROR
        and RECORDERS.includes(acting)
        and _entered(acting, meeting)
    )


def require_party_that_entered(by: Acting, meeting: Meeting) -> None:
    require_role(by, RECORDERS)
    if not _entered(by, meeting):
        raise NotYours("Only the party that entered this meeting can say that it was an error.")


def _entered(by: Acting, meeting: Meeting) -> bool:
    entered = (meeting.called_for_id, meeting.recorded_for_id)
    return any(_goes_on(by, meeting, each) for each in entered if each)


def _goes_on(by: Acting, meeting: Meeting, entered: int | None) -> bool:
    """Whether they act for that organisation, or for one that took its place."""
    here = agreements_at(meeting)
    read_parties(here)
    return by.organisation_id == entered or any(
        stands_for(each, by.organisation_id, entered) for each in here
    )


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
        raise NotYours("Another party says how often it wants to meet the locality manager.")


def _convenes(acting: Acting, series: Series) -> bool:
    convener = convener_of(series)
    return convener is not None and convener.organisation.pk == acting.organisation_id
