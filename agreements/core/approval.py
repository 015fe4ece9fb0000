"""Whether a version has each party's approval."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from agreements.models import APPROVES, Approval, Party, Version
from agreements.terms import ApprovalRoute


@dataclass(frozen=True)
class ApprovalStanding:
    """One party's row in the approvals matrix."""

    party: Party
    route: ApprovalRoute
    approvals: tuple[Approval, ...]

    @property
    def is_given(self) -> bool:
        """The newest decision counts; a party whose route is nobody needs none."""
        if self.route.route == "none":
            return True
        return bool(self.approvals) and self.approvals[-1].decision in APPROVES

    @property
    def latest(self) -> Approval | None:
        return self.approvals[-1] if self.approvals else None


def standings(
    version: Version, parties: Iterable[Party], approvals: Iterable[Approval]
) -> list[ApprovalStanding]:
    """How the version stands with each party, in the parties' order."""
    terms, given = version.typed_terms, sorted(approvals, key=lambda a: (a.decided_on, a.pk))
    return [
        ApprovalStanding(
            party, terms.route_of(party.slot), tuple(a for a in given if a.party_id == party.pk)
        )
        for party in parties
    ]


def delegation_in(earlier: Iterable[Approval]) -> Approval | None:
    """The delegated approval that still holds, from one party's decisions on earlier versions.

    A person who confirmed one round of changes may confirm the next: the power goes on until the
    party decides anew.
    """
    newest = max(earlier, key=lambda a: (a.version.seq, a.decided_on, a.pk), default=None)
    if newest is not None and newest.decision == Approval.Decision.BY_DELEGATE:
        return newest.rests_on
    delegated = newest is not None and newest.decision == Approval.Decision.DELEGATED
    return newest if delegated else None
