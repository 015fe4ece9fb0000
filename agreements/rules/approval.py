"""Whether a version has each party's approval."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from agreements.models import APPROVES, Approval, Party, Version
from agreements.terms import ApprovalRoute


@dataclass(frozen=True)
class Standing:
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
) -> list[Standing]:
    """How the version stands with each party, in the parties' order."""
    terms, given = version.typed_terms, sorted(approvals, key=lambda a: (a.decided_on, a.pk))
    return [
        Standing(
            party, terms.route_of(party.slot), tuple(a for a in given if a.party_id == party.pk)
        )
        for party in parties
    ]
