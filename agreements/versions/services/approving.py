"""Approvals: each party by its own route, recorded by its MoU manager (A02)."""

from __future__ import annotations

from datetime import date

from agreements.core.carrying import asking_changes
from agreements.core.choices import people_of
from agreements.core.locking import lock_version
from agreements.core.parties import parties_of, require_role, side_of
from agreements.core.rejections import standing_of
from agreements.core.sides import concerned_by
from agreements.core.situations import UNDER_WAY
from agreements.core.states import ApprovalStanding, approvals_of, deciding_parties, standings
from agreements.core.telling import record, tell_managers
from agreements.models import CARRIES, Approval, Party, Version
from agreements.terms import ApprovalRoute
from agreements.versions.holding import hold_or_go_on
from agreements.versions.steps import CLOSES, keep_steps
from deadlines.services.setting import set_together
from house import clock
from house.once import one_job
from house.refusals import ChangedMeanwhile, Refused
from house.rooms import rooms
from nhsuk.dates import day
from parties.acting import Acting, with_roles_held
from parties.models import Person
from parties.who import MANAGERS

SUBJECT_TO_CHANGES = Approval.Decision.SUBJECT_TO_CHANGES
# What makes two decisions of a party the same one.
_SAID = (
    "decision", "decided_on", "minute_reference", "note", "changes_asked", "delegated_to_id",
    "decided_by", "decided_as",
)  # fmt: skip
SAY_WHICH = "Write down which changes are asked for: whoever confirms them compares them with this."


def record_approval(
    *,
    by: Acting,
    version: Version,
    decision: str,
    decided_on: date,
    minute_reference: str = "",
    note: str = "",
    changes_asked: str = "",
    delegated_to: Person | None = None,
    before_text: bool = False,
    edit_no: int | None = None,
    route: str = "",
    decided_by: str = "",
    decided_as: str = "",
) -> Approval:
    """Records what one's own party decided. What was decided before stays; the latest counts, by
    the day of the decision, then by its entry.

    Raises Refused for a draft, for a day to come, for changes that nobody wrote down, and for a
    delegation to nobody or to somebody of another organisation. A signed version takes the decision
    that ratifies it: the signature came first (design record 0004). A recalled one takes what was
    decided before: it may carry to the next. A rejection holds the party's signatures until it
    approves (record 0021); changes that are asked for hold the asking of all (record 0022).

    `route` is the key of the approval that it is, where the party has several; without it that
    which it waits for. `decided_by` and `decided_as` name who decided, or chaired.

    `before_text` says that a day before the text had its number is right. `edit_no` is that of the
    party's standing that a form was made over: ChangedMeanwhile says what was decided since.
    """
    require_role(by, MANAGERS)
    party = side_of(version.agreement, by)
    _check_decision(party, decision, decided_on, delegated_to, changes_asked)
    with one_job(), set_together():
        require_role(with_roles_held(by), MANAGERS)
        current = lock_to_decide(version)
        before, changes_before = standing_of(current, party), bool(asking_changes(current))
        approval = Approval(
            version=current,
            party=party,
            decision=decision,
            decided_on=decided_on,
            minute_reference=minute_reference,
            note=note,
            changes_asked=changes_asked if decision == SUBJECT_TO_CHANGES else "",
            delegated_to=delegated_to if decision in CARRIES else None,
            decided_by=decided_by,
            decided_as=decided_as,
        )
        part = part_of(before, route)
        _check_is_new(approval, part)
        _check_nothing_meanwhile(before, edit_no)
        if approval.is_before_text and not before_text:
            raise Refused(is_that_right(current, decided_on), field="before_text")
        keep(by, approval, part.route)
        _hold_or_go_on(by, current, before, changes_before=changes_before)
    return approval


def part_of(standing: ApprovalStanding, route: str) -> ApprovalStanding:
    """How it stands with this route; without one with that which it waits for, else the last."""
    waiting = [part for part in standing.each if not part.is_given]
    if not route:
        return (waiting or standing.each[-1:])[0]
    found = next((part for part in standing.each if part.route.key == route), None)
    if found is None:
        raise Refused("By its terms nobody of that name approves for your side.", field="route")
    return found


def _check_decision(
    party: Party, decision: str, on: date, person: Person | None, changes_asked: str
) -> None:
    if on > clock.today():
        raise Refused(
            "Enter the day of the decision: it cannot be in the future.", field="decided_on"
        )
    if decision == SUBJECT_TO_CHANGES and not changes_asked:
        raise Refused(SAY_WHICH, field="changes_asked")
    if decision == Approval.Decision.DELEGATED and person is None:
        raise Refused("Choose the person who may finalise the text.", field="delegated_to")
    if person is None or decision not in CARRIES:
        return
    if not people_of(party.organisation).filter(pk=person.pk).exists():
        raise Refused(f"{person} has no post or role in {party.name}.", field="delegated_to")


def lock_to_decide(version: Version) -> Version:
    """The version, locked, with its agreement. Raises Refused for a draft, given up too."""
    current = lock_version(version)
    if not current.label:
        raise Refused("This is the draft: it takes no decisions. Give it a number first.")
    current.agreement = version.agreement
    return current


def _check_is_new(approval: Approval, before: ApprovalStanding) -> None:
    """A second press of the button is not a second decision; the same one after another is."""
    earlier = [each for each in before.approvals if each.decided_on <= approval.decided_on]
    if earlier and all(getattr(earlier[-1], name) == getattr(approval, name) for name in _SAID):
        raise Refused("This very decision is recorded already.")


def _check_nothing_meanwhile(before: ApprovalStanding, edit_no: int | None) -> None:
    """Who decides the opposite is told what their own party decided since the form was opened."""
    if edit_no is None or edit_no == before.edit_no:
        return
    if not before.approvals:
        raise Refused("This page does not say what it was made from. Load it again.")
    newest = max(before.approvals, key=lambda approval: approval.pk)
    said = (
        f"{newest.recorded_by} recorded another decision since you opened this page: "
        f"{newest.in_words}, {newest.dated}. If yours is a decision of its own, record it again to "
        "add it."
    )
    raise ChangedMeanwhile("decision", before.edit_no, said)


def is_that_right(version: Version, decided_on: date) -> str:
    """What is asked of a decision that is dated before its text had a number."""
    return (
        f"The text was numbered on {day(version.frozen_at)}; the decision is dated "
        f"{day(decided_on)}. Is that right?"
    )


def _hold_or_go_on(
    by: Acting, version: Version, before: ApprovalStanding, *, changes_before: bool
) -> None:
    """What waits for the decision stops or goes on; a recalled version waits for nothing."""
    if version.state == Version.State.WITHDRAWN:
        return
    if hold_or_go_on(version, before, changes_before=changes_before):
        for room in rooms():
            room.rejection_ended(version.agreement, by)


def keep(by: Acting, approval: Approval, route: ApprovalRoute) -> None:
    """Saves the decision as one of the party's own route, and tells the others."""
    if route.route == "none":
        raise Refused("By its terms your side approves by nobody: there is nothing to record.")
    approval.route, approval.decider, approval.route_key = route.route, route.name, route.key
    approval.recorded_by, approval.recorded_at = by.who, clock.now()
    approval.save()
    _keep_steps(approval.version)
    happening = record(
        by=by,
        verb="decided",
        agreement=approval.version.agreement,
        about=approval,
        label=approval.version.label,
        decider=approval.decider,
        decision=approval.get_decision_display(),
        rejected=approval.decision == Approval.Decision.REJECTED and approval.version.is_under_way,
        changes=approval.decision == SUBJECT_TO_CHANGES and approval.version.is_under_way,
        on=approval.decided_on.isoformat(),
        **_so_far(approval.version),
    )
    only = told_of(approval)
    tell_managers(of=happening, kind="decision_recorded", by=by, others_only=True, only=only)


def told_of(approval: Approval) -> list[Party]:
    """Whose MoU managers hear of a decision at once: of one that stops the version all."""
    if approval.decision in CLOSES:
        return parties_of(approval.version.agreement)
    return concerned_by(approval.version, approval.party)


def _so_far(version: Version) -> dict[str, int]:
    """How many of the approvals that its terms ask for are given, and how many those are."""
    rows = standings(version, deciding_parties(version), approvals_of(version))
    return {"given": sum(row.is_given for row in rows), "wanted": len(rows)}


def _keep_steps(version: Version) -> None:
    """What it waits for; of a recalled version what the one that is out by now waits for."""
    keep_steps(version)
    if version.state == Version.State.WITHDRAWN:
        for later in version.agreement.versions.filter(state__in=UNDER_WAY):
            later.agreement = version.agreement
            keep_steps(later)
