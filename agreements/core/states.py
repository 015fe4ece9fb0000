"""How agreements and versions stand: their states in words, and whether each party has approved."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from agreements.core.sides import parties_in
from agreements.models import APPROVES, Agreement, Approval, Party, Version
from agreements.terms import ApprovalRoute
from house.once import each_once
from nhsuk.components import Colour, Tag
from nhsuk.words import and_list

TO_RATIFY = "Approval to be ratified"


@dataclass(frozen=True)
class ApprovalStanding:
    """One party's row in the approvals matrix; in `parts`, where it approves by several routes, how
    it stands with each, by their steps. Its own route then names those that it waits for now."""

    party: Party
    route: ApprovalRoute
    approvals: tuple[Approval, ...]
    parts: tuple[ApprovalStanding, ...] = ()

    @property
    def each(self) -> tuple[ApprovalStanding, ...]:
        """Route by route; of a party that has one alone, or none, itself."""
        return self.parts or (self,)

    @property
    def is_given(self) -> bool:
        """The newest decision counts, of each route; a party whose route is nobody needs none."""
        if self.parts:
            return all(part.is_given for part in self.parts)
        if self.route.route == "none":
            return True
        return bool(self.approvals) and self.approvals[-1].decision in APPROVES

    @property
    def latest(self) -> Approval | None:
        """The decision that counts: by the day of the decision, of one day the one entered last.

        Of several routes what stands in the way, else that of the one that it waits for.
        """
        if self.parts and not self.is_given:
            waiting = next(part for part in self.parts if not part.is_given)
            return self.rejection or self.asks_changes or waiting.latest
        return self.approvals[-1] if self.approvals else None

    @property
    def edit_no(self) -> int:
        """The number of the decision that was entered last, over which a form is made; 0: none."""
        return max((approval.pk for approval in self.approvals), default=0)

    @property
    def so_far(self) -> str:
        """The latest decision in its own words, as documents print it."""
        if self.parts:
            return ". ".join(f"{part.route.name}: {part.so_far}" for part in self.parts)
        if self.route.route == "none":
            return "No approval is needed"
        if self.asks_changes:
            return f"{self.asks_changes.in_words}. Not approved as it stands"
        return self.latest.in_words if self.latest else "Not decided yet"

    @property
    def in_words(self) -> str:
        """The same of what is signed: an approval that is still to come is to be ratified."""
        if self.parts:
            return ". ".join(f"{part.route.name}: {part.in_words}" for part in self.parts)
        if not self.is_to_be_ratified:
            return self.so_far
        return f"{self.latest.in_words}. {TO_RATIFY}" if self.latest else TO_RATIFY

    @property
    def asks_changes(self) -> Approval | None:
        """The latest decision where it approves the text once it is changed (record 0022)."""
        if self.parts:
            return next((part.asks_changes for part in self.parts if part.asks_changes), None)
        asks = self.latest and self.latest.decision == Approval.Decision.SUBJECT_TO_CHANGES
        return self.latest if asks else None

    @property
    def rejection(self) -> Approval | None:
        """The rejection that no approval has followed yet (design record 0021)."""
        if self.parts:
            return next((part.rejection for part in self.parts if part.rejection), None)
        found = None
        for each in self.approvals:
            if each.decision == Approval.Decision.REJECTED:
                found = each
            elif each.decision in APPROVES:
                found = None
        return found

    @property
    def reached_at(self) -> datetime | None:
        """When the step that it waits for was reached; None for the first, and for one route."""
        steps = {part.route.step for part in self.parts if not part.is_given}
        before = [part for part in self.parts if steps and part.route.step < min(steps)]
        return max((part.latest.recorded_at for part in before if part.latest), default=None)

    @property
    def is_to_be_ratified(self) -> bool:
        """Whether the approval is still to come: no rejection stands, no changes are asked for."""
        return not (self.is_given or self.rejection or self.asks_changes)


def standings(
    version: Version, parties: Iterable[Party], approvals: Iterable[Approval]
) -> list[ApprovalStanding]:
    """How the version stands with each party, in the parties' order."""
    given = sorted(approvals, key=lambda a: (a.decided_on, a.pk))
    for approval in given:
        approval.version = version
    return [
        standing_with(version, party, [each for each in given if each.party_id == party.pk])
        for party in parties
    ]


def standing_with(version: Version, party: Party, given: Sequence[Approval]) -> ApprovalStanding:
    """How the version stands with a party; `given` are its decisions on it, in order."""
    parts = tuple(
        ApprovalStanding(party, route, tuple(a for a in given if a.of_route == route.key))
        for route in version.typed_terms.routes_of(party.slot)
    )
    if len(parts) > 1:
        return ApprovalStanding(party, _waited_for(parts), tuple(given), parts)
    return parts[0] if parts else ApprovalStanding(party, nobody(party.slot), tuple(given))


def nobody(slot: str) -> ApprovalRoute:
    """The route of a side that approves by nobody."""
    return ApprovalRoute(slot=slot, route="none")


def _waited_for(parts: Sequence[ApprovalStanding]) -> ApprovalRoute:
    """Whoever decides in the step that is open, as one; once all is given, all of them."""
    still = [part.route for part in parts if not part.is_given] or [part.route for part in parts]
    step = min(route.step for route in still)
    is_open = not all(part.is_given for part in parts)
    names = [route.name for route in still if route.step == step or not is_open]
    return still[0].model_copy(update={"name": and_list(names)})


def deciding_parties(version: Version) -> list[Party]:
    """The parties whose approval the terms of the version ask for."""
    terms = version.typed_terms
    return [each for each in parties_in(version) if terms.routes_of(each.slot)]


def approvals_of(version: Version) -> list[Approval]:
    return approvals_by_version([version.pk])[version.pk]


@each_once(Approval)
def approvals_by_version(versions: Collection[int]) -> dict[int, list[Approval]]:
    """Version id -> its approvals (one query); `standings` puts them in order."""
    found: dict[int, list[Approval]] = {pk: [] for pk in versions}
    for approval in Approval.objects.filter(version__in=versions):
        found[approval.version_id].append(approval)
    return found


@each_once(Approval, Version)
def approvals_under(agreements: Collection[int]) -> dict[int, list[Approval]]:
    """By agreement, those of all its versions (one query; four where one was left to somebody)."""
    found: dict[int, list[Approval]] = {pk: [] for pk in agreements}
    rows = Approval.objects.filter(version__agreement__in=found).select_related("version")
    people = ("delegated_to__user", "rests_on__version", "rests_on__delegated_to__user")
    for approval in rows.prefetch_related(*people):
        found[approval.version.agreement_id].append(approval)
    return found


def route_awaited(version: Version, party: Party) -> ApprovalRoute:
    """By which the party decides next about the version; for e-mails, which are many together."""
    given = approvals_under([version.agreement_id])[version.agreement_id]
    own = [a for a in given if (a.party_id, a.version_id) == (party.pk, version.pk)]
    return standing_with(version, party, own).route


_AGREEMENT: dict[str, Colour] = {
    "being_prepared": "blue",
    "in_force": "green",
    "notice_given": "orange",
    "past_its_end": "red",
    "ended": "grey",
}
_VERSION: dict[str, Colour] = {
    "draft": "blue",
    "frozen": "purple",
    "out_for_approval": "yellow",
    "out_for_signature": "orange",
    "signed": "green",
    "replaced": "grey",
    "withdrawn": "grey",
    "given_up": "grey",
}


def agreement_tag(state: str) -> Tag:
    return Tag(str(Agreement.State(state).label), _AGREEMENT[Agreement.State(state)])


def version_tag(state: str) -> Tag:
    return Tag(str(Version.State(state).label), _VERSION[Version.State(state)])


def is_passed(on: date | None, today: date) -> bool:
    return on is not None and on < today
