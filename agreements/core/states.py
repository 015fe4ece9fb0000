"""How agreements and versions stand: their states in words, and whether each party has approved."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from agreements.core.parties import parties_of
from agreements.models import APPROVES, Agreement, Approval, Party, Version
from agreements.terms import ApprovalRoute
from deadlines.rules.working_days import Holidays, distance
from house.once import each_once, once_a_page
from nhsuk.components import Colour, Tag
from nhsuk.dates import day


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
        """The decision that counts: by the day of the decision, of one day the one entered last."""
        return self.approvals[-1] if self.approvals else None

    @property
    def edit_no(self) -> int:
        """The number of the decision that was entered last, over which a form is made; 0: none."""
        return max((approval.pk for approval in self.approvals), default=0)

    @property
    def in_words(self) -> str:
        """How its approval stands, as documents print it: the latest decision in its own words."""
        if self.route.route == "none":
            return "No approval is needed"
        if self.latest is None:
            return "Approval to be ratified"
        said = self.latest.in_words
        return f"{said}. Approval to be ratified" if self.is_to_be_ratified else said

    @property
    def rejection(self) -> Approval | None:
        """The rejection that no approval has followed yet (design record 0021)."""
        found = None
        for each in self.approvals:
            if each.decision == Approval.Decision.REJECTED:
                found = each
            elif each.decision in APPROVES:
                found = None
        return found

    @property
    def is_to_be_ratified(self) -> bool:
        """Whether the approval is still to come, and no rejection stands."""
        return not self.is_given and self.rejection is None


def standings(
    version: Version, parties: Iterable[Party], approvals: Iterable[Approval]
) -> list[ApprovalStanding]:
    """How the version stands with each party, in the parties' order."""
    terms, given = version.typed_terms, sorted(approvals, key=lambda a: (a.decided_on, a.pk))
    for approval in given:
        approval.version = version
    return [
        ApprovalStanding(
            party, terms.route_of(party.slot), tuple(a for a in given if a.party_id == party.pk)
        )
        for party in parties
    ]


def deciding_parties(version: Version) -> list[Party]:
    """The parties whose approval the terms of the version ask for."""
    terms = version.typed_terms
    parties = parties_of(version.agreement)
    return [party for party in parties if terms.route_of(party.slot).route != "none"]


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


def approvals_of(version: Version) -> list[Approval]:
    return approvals_by_version(frozenset([version.pk]))[version.pk]


@once_a_page
def approvals_by_version(versions: frozenset[int]) -> dict[int, list[Approval]]:
    """Version id -> its approvals in the order of their days (one query a page)."""
    found: dict[int, list[Approval]] = {pk: [] for pk in versions}
    for approval in Approval.objects.filter(version__in=versions).order_by("decided_on", "pk"):
        found[approval.version_id].append(approval)
    return found


def open_delegation(version: Version, party: Party) -> Approval | None:
    """The delegated approval of an earlier version on which this party may rest this one.

    None when this version has a decision of its own, or nobody was given the text to finalise.
    """
    if not version.is_under_way:
        return None
    given = approvals_under([version.agreement_id])[version.agreement_id]
    of_party = [approval for approval in given if approval.party_id == party.pk]
    if any(approval.version_id == version.pk for approval in of_party):
        return None
    return delegation_in(each for each in of_party if each.version.seq < version.seq)


@each_once(Approval, Version)
def approvals_under(agreements: Collection[int]) -> dict[int, list[Approval]]:
    """By agreement, those of all its versions (one query; four where one was left to somebody)."""
    found: dict[int, list[Approval]] = {pk: [] for pk in agreements}
    rows = Approval.objects.filter(version__agreement__in=found).select_related("version")
    people = ("delegated_to__user", "rests_on__version", "rests_on__delegated_to__user")
    for approval in rows.prefetch_related(*people):
        found[approval.version.agreement_id].append(approval)
    return found


_AGREEMENT: dict[str, Colour] = {"being_prepared": "blue", "in_force": "green", "ended": "grey"}
_VERSION: dict[str, Colour] = {
    "draft": "blue",
    "frozen": "purple",
    "out_for_approval": "yellow",
    "out_for_signature": "orange",
    "signed": "green",
    "withdrawn": "grey",
}


def agreement_tag(state: str) -> Tag:
    return Tag(str(Agreement.State(state).label), _AGREEMENT[Agreement.State(state)])


def version_tag(state: str) -> Tag:
    return Tag(str(Version.State(state).label), _VERSION[Version.State(state)])


def is_passed(on: date | None, today: date) -> bool:
    return on is not None and on < today


def state_sentence(
    agreement: Agreement, newest: Version | None, today: date, holidays: Holidays
) -> str:
    """What follows the tag of the state to make a sentence or two, with the next date."""
    if agreement.state == Agreement.State.IN_FORCE:
        return f"since {day(agreement.start_on)}. {review_words(agreement, today, holidays)}"
    if agreement.state == Agreement.State.ENDED:
        return "Work on it was stopped. It was not signed."
    return _under_way(newest)


def review_words(agreement: Agreement, today: date, holidays: Holidays | None = None) -> str:
    """ "Review due 3 September 2014, in 9 months."; that it has passed, when it has."""
    if agreement.review_on is None:
        return "No review is due."
    how_far = distance(agreement.review_on, today, holidays)
    if agreement.review_on < today:
        return f"The review was due on {day(agreement.review_on)}, {how_far}."
    return f"Review due {day(agreement.review_on)}, {how_far}."


def _under_way(newest: Version | None) -> str:
    if newest is None:
        return ""
    return {
        "draft": "Both parties can edit the draft.",
        "frozen": f"The text of version {newest.label} no longer changes.",
        "out_for_approval": f"Version {newest.label} is out for approval.",
        "out_for_signature": f"Version {newest.label} is out for signature.",
    }.get(newest.state, "")
