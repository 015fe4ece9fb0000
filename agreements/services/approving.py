"""Approvals: each party by its own route, recorded by its MoU manager (A02)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from agreements.models import Approval, Party, Version
from agreements.record import record
from agreements.rules.parties import parties_of, require_role, side_of
from agreements.services.tell import tell_managers
from house import clock
from house.lifecycle import lock
from house.refusals import NotYours, Refused
from parties.acting import Acting
from parties.models import Person, Role


def record_approval(
    *,
    by: Acting,
    version: Version,
    decision: str,
    decided_on: date,
    minute_reference: str = "",
    note: str = "",
    delegated_to: Person | None = None,
) -> Approval:
    """Records what one's own party decided. What was decided before stays; the newest counts.

    Raises Refused for a draft or a recalled version, for a day to come, and for a delegation to
    nobody.
    """
    require_role(by, Role.MANAGER)
    party = side_of(version.agreement, by)
    if decided_on > clock.today():
        raise Refused("Enter the day of the decision: it cannot be in the future.", field="decided_on")
    if decision == Approval.Decision.DELEGATED and delegated_to is None:
        raise Refused("Choose the person who may finalise the text.", field="delegated_to")
    with transaction.atomic():
        current = _lock_under_way(version)
        route = current.typed_terms.route_of(party.slot)
        if route.route == "none":
            raise Refused("By its terms your side approves by nobody: there is nothing to record.")
        approval = Approval.objects.create(
            version=current, party=party, route=route.route, decider=route.name,
            decision=decision, decided_on=decided_on, minute_reference=minute_reference, note=note,
            delegated_to=delegated_to, recorded_by=by.user, recorded_at=clock.now(),
        )
        _announce(by, approval)
    return approval


def open_delegations(version: Version, party: Party) -> Approval | None:
    """The delegated approval of an earlier version on which this party may rest this one.

    None when this version has a decision of its own, or nobody was given the text to finalise.
    """
    if version.approvals.filter(party=party).exists():
        return None
    earlier = Approval.objects.filter(
        version__agreement=version.agreement, version__seq__lt=version.seq, party=party
    ).order_by("version__seq", "decided_on", "pk")
    newest = earlier.select_related("version", "delegated_to").last()
    return newest if newest and newest.decision == Approval.Decision.DELEGATED else None


def confirm_changes(*, by: Acting, version: Version, rests_on: Approval) -> Approval:
    """The delegate confirms the differences shown, so that the delegated approval holds for them."""
    party = next(
        (p for p in parties_of(version.agreement) if p.pk == rests_on.party_id), rests_on.party
    )
    if getattr(by.user, "person_id", None) != rests_on.delegated_to_id:
        raise NotYours(f"Only {rests_on.delegated_to} may confirm these changes.")
    with transaction.atomic():
        current = _lock_under_way(version)
        open_one = open_delegations(current, party)
        if open_one is None or open_one.pk != rests_on.pk:
            raise Refused("This version has a decision of its own by now.")
        approval = Approval.objects.create(
            version=current, party=party, route=rests_on.route, decider=rests_on.decider,
            decision=Approval.Decision.BY_DELEGATE, decided_on=clock.today(),
            minute_reference=rests_on.minute_reference, delegated_to=rests_on.delegated_to,
            rests_on=rests_on, recorded_by=by.user, recorded_at=clock.now(),
        )
        _announce(by, approval)
    return approval


def _lock_under_way(version: Version) -> Version:
    current = lock(version)
    if not current.is_under_way:
        raise Refused(f"This is {current.name}, {current.get_state_display().lower()}: it takes no decisions.")
    return current


def _announce(by: Acting, approval: Approval) -> None:
    happening = record(
        by=by, verb="decided", agreement=approval.version.agreement, about=approval,
        label=approval.version.label, decider=approval.decider,
        decision=approval.get_decision_display(), on=approval.decided_on.isoformat(),
    )
    tell_managers(of=happening, kind="decision_recorded", by=by, others_only=True)
