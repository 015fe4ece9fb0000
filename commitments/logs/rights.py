"""Who may do what with an entry of a log: its own party changes it, the others read it."""

from __future__ import annotations

from agreements.core.parties import require_role, side_of
from agreements.core.sides import stands_for
from commitments.models import LogEntry, LogShare
from commitments.rules import may_record
from house.refusals import NotYours, Refused
from parties.acting import Acting
from parties.who import RECORDERS


def may_change(acting: Acting, entry: LogEntry) -> bool:
    """Whether they recorded it, or act for whoever took the place of the party that did."""
    own = stands_for(entry.agreement, acting.organisation_id, entry.recorded_for_id)
    return own and not entry.is_in_error and may_record(acting, entry.agreement)


def may_pass_on(acting: Acting, entry: LogEntry) -> bool:
    """Whether they may name agreements of theirs whose parties read it too."""
    own = stands_for(entry.agreement, acting.organisation_id, entry.recorded_for_id)
    free = not entry.is_risk and not entry.is_in_error and (own or entry.may_be_passed_on)
    return free and may_record(acting, entry.agreement)


def may_give_reference(acting: Acting, entry: LogEntry) -> bool:
    """Whether they may say under which reference their own register has the risk."""
    return entry.is_risk and not entry.is_in_error and may_record(acting, entry.agreement)


def may_take_back(acting: Acting, share: LogShare) -> bool:
    """Whether they passed it on, or recorded what was passed on."""
    entry = share.entry
    if share.ended_at is not None or not may_record(acting, entry.agreement):
        return False
    whose = (share.shared_for_id, entry.recorded_for_id)
    return any(stands_for(entry.agreement, acting.organisation_id, each) for each in whose)


def require_change(by: Acting, entry: LogEntry) -> None:
    """Raises NotYours for everybody but recorders of the party that recorded it."""
    require_role(by, RECORDERS)
    side_of(entry.agreement, by)
    if not stands_for(entry.agreement, by.organisation_id, entry.recorded_for_id):
        raise NotYours(f"Only {entry.recorded_for} can change what it recorded.")


def require_passing_on(by: Acting, entry: LogEntry) -> None:
    """Raises NotYours where whoever recorded it does not let others pass it on."""
    require_role(by, RECORDERS)
    side_of(entry.agreement, by)
    if entry.is_risk:
        raise Refused("A risk is for the parties to its own agreement, so it is not passed on.")
    own = stands_for(entry.agreement, by.organisation_id, entry.recorded_for_id)
    if not own and not entry.may_be_passed_on:
        raise NotYours(f"{entry.recorded_for} recorded this for the parties to its MoU alone.")


def require_reference(by: Acting, entry: LogEntry) -> None:
    require_role(by, RECORDERS)
    side_of(entry.agreement, by)
    if not entry.is_risk:
        raise Refused("Only a risk has a reference in a register.")


def require_taking_back(by: Acting, share: LogShare) -> None:
    require_role(by, RECORDERS)
    side_of(share.entry.agreement, by)
    if share.ended_at is None and not may_take_back(by, share):
        raise NotYours(f"Only {share.shared_for} can take back what it passed on.")
