"""What is to be known of a version beside its rows: rejections, and signatures asked for early."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from agreements.core.rejections import rejected
from agreements.core.states import ApprovalStanding
from agreements.models import Approval, SignatureRequest, Version


@dataclass(frozen=True)
class Rejection:
    """A party's rejection that stands, and what follows from it."""

    party: str
    approval: Approval
    is_under_way: bool

    @property
    def heading(self) -> str:
        return f"{self.party} rejected this version"

    @property
    def sentence(self) -> str:
        said = rejected(self.approval, self.party)
        if not self.is_under_way:
            return said
        return (
            f"{said} Nobody can sign it for {self.party} until a new decision approves it, and it "
            "does not come into force until then. Signatures of the others stay, and they can "
            "still sign."
        )


def rejections_in(
    standings: Iterable[ApprovalStanding], names: Mapping[str, str], version: Version
) -> list[Rejection]:
    """Those that stand; `names` are the parties' by their slot."""
    return [
        Rejection(names[row.party.slot], row.rejection, version.is_under_way)
        for row in standings
        if row.rejection
    ]


def early_signatures(
    standings: Iterable[ApprovalStanding],
    requests: Iterable[SignatureRequest],
    names: Mapping[str, str],
) -> Iterator[str]:
    """What else is to be known of the signatures that were asked for before the approval."""
    of_party = {each.party.pk: each for each in standings}
    for request in requests:
        if because := request.before_approval_because:
            name = names[request.party.slot]
            asked = f"{name} asked for its signature before its approval: {because}"
            standing = of_party[request.party_id]
            if standing.is_given:
                yield f"{asked} The approval came later."
            elif standing.rejection:
                yield asked
            else:
                ratified = "The signed copy prints “approval to be ratified” until it is recorded."
                yield f"{asked} {ratified}"
