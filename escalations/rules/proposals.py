"""Which proposals can be accepted, and who has accepted them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from agreements.models import Party
from escalations.models import Step

Kind = Step.Kind


@dataclass
class Proposal:
    """A proposal with who accepted it. Its own side did, by making it."""

    step: Step
    acceptances: list[Step] = field(default_factory=list)
    # The same side made a newer one, or it was left behind at a lower level.
    replaced: bool = False

    @property
    def accepted_by(self) -> set[int]:
        """The ids of the parties that accepted."""
        return {acceptance.party_id for acceptance in self.acceptances}

    def waits_for(self, parties: Iterable[Party]) -> list[Party]:
        return [party for party in parties if party.pk not in self.accepted_by]


def proposals(steps: Sequence[Step], level: str) -> list[Proposal]:
    """Every proposal in the order made. At each level the newest of each side stands."""
    found = {step.pk: Proposal(step) for step in steps if step.kind == Kind.PROPOSAL}
    newest = {(each.step.party_id, each.step.level): each for each in found.values()}
    for each in found.values():
        of_side = newest[each.step.party_id, each.step.level]
        each.replaced = each.step.level != level or each is not of_side
    for step in steps:
        if step.kind == Kind.ACCEPTANCE and step.about_id in found:
            found[step.about_id].acceptances.append(step)
    return list(found.values())


def standing(steps: Sequence[Step], level: str) -> list[Proposal]:
    """Those that can be accepted now."""
    return [each for each in proposals(steps, level) if not each.replaced]


def awaited(steps: Sequence[Step], level: str, parties: Collection[Party]) -> list[Party]:
    """The sides whose turn it is: those with a proposal to answer, or all while there is none."""
    open_ones = standing(steps, level)
    asked = {party.pk for each in open_ones for party in each.waits_for(parties)}
    return [party for party in parties if not asked or party.pk in asked]
