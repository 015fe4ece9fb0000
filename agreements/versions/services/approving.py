"""Approvals: each party by its own route, recorded by its MoU manager (A02)."""

from __future__ import annotations

from datetime import date

from agreements.core.choices import people_of
from agreements.core.parties import require_role, side_of, sides_of
from agreements.core.rejections import standing_of
from agreements.core.states import ApprovalStanding, open_delegation
from agreements.core.telling import record, tell_managers
from agreements.models import Approval, Party, Version
from agreements.terms import ApprovalRoute
from agreements.versions.holding import await_signatures, hold_signatures
from agreements.versions.steps import keep_steps
from deadlines.services.setting import set_together
from house import clock
from house.lifecycle import lock
from house.once import one_job
from house.refusals import ChangedMeanwhile, NotYours, Refused
from house.rooms import rooms
from nhsuk.dates import day
from parties.acting import Acting
from parties.models import Person
from parties.who import MANAGERS


def record_approval(
    *,
    by: Acting,
    version: Version,
    decision: str,
    decided_on: date,
    minute_reference: str = "",
    note: str = "",
    delegated_to: Person | None = None,
    before_text: bool = False,
    edit_no: int | None = None,
) -> Approval:
    """Records what one's own party decided. What was decided before stays; the latest counts, by
    the day of the decision, then by its entry.

    Raises Refused for a draft or a recalled version, for a day to come, and for a delegation to
    nobody or to somebody of another organisation. A signed version takes the decision that
    ratifies it: the signature came first (design record 0004). A rejection holds the party's
    signatures until it approves (record 0021).

    `before_text` says that a day before the text had its number is right. `edit_no` is that of the
    party's standing that a form was made over: ChangedMeanwhile says what was decided since.
    """
    require_role(by, MANAGERS)
    party = side_of(version.agreement, by)
    delegated = decision == Approval.Decision.DELEGATED
    _check_decision(party, decided_on, delegated_to, delegated=delegated)
    with one_job(), set_together():
        current = _lock_to_decide(version)
        before = standing_of(current, party)
        approval = Approval(
            version=current,
            party=party,
            decision=decision,
            decided_on=decided_on,
            minute_reference=minute_reference,
            note=note,
            delegated_to=delegated_to if delegated else None,
        )
        _check_is_new(approval, before)
        _check_nothing_meanwhile(before, edit_no)
        if approval.is_before_text and not before_text:
            raise Refused(is_that_right(current, decided_on), field="before_text")
        _keep(by, approval, current.typed_terms.route_of(party.slot))
        _hold_or_go_on(by, current, before)
    return approval


def confirm_changes(*, by: Acting, version: Version, rests_on: Approval) -> Approval:
    """The delegate confirms the differences shown: the delegated approval holds for them too."""
    party = next((p for p in sides_of(version.agreement, by) if p.pk == rests_on.party_id), None)
    if party is None or getattr(by.user, "person_id", None) != rests_on.delegated_to_id:
        raise NotYours(f"Only {rests_on.delegated_to} may confirm these changes.")
    with one_job(), set_together():
        current = _lock_to_decide(version)
        open_one = open_delegation(current, party)
        if open_one is None or open_one.pk != rests_on.pk:
            raise Refused("This version has a decision of its own by now.")
        approval = Approval(
            version=current,
            party=party,
            decision=Approval.Decision.BY_DELEGATE,
            decided_on=clock.today(),
            minute_reference=rests_on.minute_reference,
            delegated_to=rests_on.delegated_to,
            rests_on=rests_on,
        )
        _keep(by, approval, rests_on.version.typed_terms.route_of(party.slot))
    return approval


def _check_decision(party: Party, on: date, person: Person | None, *, delegated: bool) -> None:
    if on > clock.today():
        raise Refused(
            "Enter the day of the decision: it cannot be in the future.", field="decided_on"
        )
    if not delegated:
        return
    if person is None:
        raise Refused("Choose the person who may finalise the text.", field="delegated_to")
    if not people_of(party.organisation).filter(pk=person.pk).exists():
        raise Refused(f"{person} has no post or role in {party.name}.", field="delegated_to")


def _lock_to_decide(version: Version) -> Version:
    current = lock(version)
    if not (current.is_under_way or current.state == Version.State.SIGNED):
        state = current.get_state_display().lower()
        raise Refused(f"This is {current.name}, {state}: it takes no decisions.")
    current.agreement = version.agreement
    return current


def _check_is_new(approval: Approval, before: ApprovalStanding) -> None:
    """A second press of the button is not a second decision; the same one after another is."""
    said = ("decision", "decided_on", "minute_reference", "note", "delegated_to_id")
    earlier = [each for each in before.approvals if each.decided_on <= approval.decided_on]
    if earlier and all(getattr(earlier[-1], name) == getattr(approval, name) for name in said):
        raise Refused("This very decision is recorded already.")


def _check_nothing_meanwhile(before: ApprovalStanding, edit_no: int | None) -> None:
    """Who decides the opposite is told what their own party decided since the form was opened."""
    if edit_no is None or edit_no == before.edit_no:
        return
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


def _hold_or_go_on(by: Acting, version: Version, before: ApprovalStanding) -> None:
    """A rejection holds the party's signatures; the approval that ends it lets them go on."""
    now = standing_of(version, before.party)
    if now.rejection and not before.rejection:
        hold_signatures(version, before.party)
    elif before.rejection and not now.rejection:
        await_signatures(version, before.party)
        for room in rooms():
            room.rejection_ended(version.agreement, by)


def _keep(by: Acting, approval: Approval, route: ApprovalRoute) -> None:
    """Saves the decision as one of the party's own route, and tells the others."""
    if route.route == "none":
        raise Refused("By its terms your side approves by nobody: there is nothing to record.")
    approval.route, approval.decider = route.route, route.name
    approval.recorded_by, approval.recorded_at = by.who, clock.now()
    approval.save()
    keep_steps(approval.version)
    happening = record(
        by=by,
        verb="decided",
        agreement=approval.version.agreement,
        about=approval,
        label=approval.version.label,
        decider=approval.decider,
        decision=approval.get_decision_display(),
        rejected=approval.decision == Approval.Decision.REJECTED,
        on=approval.decided_on.isoformat(),
    )
    tell_managers(of=happening, kind="decision_recorded", by=by, others_only=True)
