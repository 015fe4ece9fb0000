"""Where agreements stand, for many at once, and the steps that wait for somebody."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from agreements.core.parties import contacts_in
from agreements.core.sides import parties_in
from agreements.core.states import ApprovalStanding, approvals_by_version, standings
from agreements.models import (
    ENDED,
    Agreement,
    Approval,
    Confirmation,
    CopyChange,
    KeyContact,
    PaperSignature,
    Party,
    RegisteredCopy,
    SignatureRequest,
    Version,
    read_parties,
)
from agreements.terms import MANAGER_ROLE
from parties.models import Role, User
from parties.reader import holders

UNDER_WAY = ("frozen", "out_for_approval", "out_for_signature")


class ManagersThere:
    """Who holds the role of MoU manager in some organisations; asked when one is to be named."""

    def __init__(self, organisations: Collection[int]) -> None:
        self.organisations = organisations

    def of(self, organisation_id: int) -> list[User]:
        """By name."""
        return sorted(self._held.get((organisation_id, Role.MANAGER), ()), key=User.get_full_name)

    @cached_property
    def _held(self) -> dict[tuple[int, str], tuple[User, ...]]:
        return holders((pk, Role.MANAGER) for pk in self.organisations)


@dataclass
class Situation:
    """One agreement with what was done about its version under way and its registered copy."""

    agreement: Agreement
    parties: list[Party] = field(default_factory=list)
    # The version that is frozen or out; a draft or a signed one is none of these.
    version: Version | None = None
    # Of all its versions, oldest first: an earlier one may let a delegate decide on this one.
    approvals: list[Approval] = field(default_factory=list)
    requests: list[SignatureRequest] = field(default_factory=list)
    # What was asked for, or signed, and withdrawn since.
    ended: list[SignatureRequest] = field(default_factory=list)
    papers: dict[int, PaperSignature] = field(default_factory=dict)
    copy: RegisteredCopy | None = None
    # The newest word of each organisation on the registered copy.
    said_of_copy: dict[int, Confirmation] = field(default_factory=dict)
    # Party -> its MoU manager as a key contact, if one is named.
    contacts: dict[int, KeyContact] = field(default_factory=dict)
    # Who holds the role of MoU manager where no contact is named.
    holders: ManagersThere | None = None

    @property
    def standings(self) -> list[ApprovalStanding]:
        """How the version stands with each party."""
        version = self.version
        if version is None:
            return []
        given = [each for each in self.approvals if each.version_id == version.pk]
        return standings(version, parties_in(version), given)

    def managers(self, party: Party) -> tuple[str, ...]:
        """Who looks after the agreement for a party: the key contact, else who holds the role."""
        if contact := self.contacts.get(party.pk):
            return (str(contact.person or contact.team),)
        there = self.holders.of(party.organisation.pk) if self.holders else ()
        return tuple(user.get_full_name() for user in there)

    def word_of(self, party: Party) -> Confirmation | None:
        """What it says of the registered copy; None while it has said nothing."""
        said = self.said_of_copy
        own = said.get(party.organisation.pk)
        return own or next((said[pk] for pk in party.held_by if pk in said), None)

    def held_by(self, organisation_id: int | None) -> list[Party]:
        return [party for party in self.parties if party.organisation.pk == organisation_id]

    def others(self, organisation_id: int | None) -> list[Party]:
        return [party for party in self.parties if organisation_id not in party.held_by]


def situation_of(agreement: Agreement, versions: Iterable[Version]) -> Situation:
    """The situation of one agreement whose versions are at hand."""
    situation = Situation(agreement)
    _fill({agreement.pk: situation}, (v for v in versions if v.is_under_way))
    return situation


def situation_of_version(version: Version) -> Situation:
    """The situation of an agreement as one of its versions has it, whatever the version's state."""
    situation = Situation(version.agreement)
    found = {version.agreement_id: situation}
    _fill(found, [version])
    return situation


def _fill(found: dict[int, Situation], under_way: Iterable[Version]) -> None:
    _put_parties(found)
    _put_versions(found, under_way)
    _put_copies(found)
    _put_managers(found)


def _put_parties(found: dict[int, Situation]) -> None:
    read_parties([situation.agreement for situation in found.values()])
    for situation in found.values():
        situation.parties = list(situation.agreement.sides)


def _put_versions(found: dict[int, Situation], versions: Iterable[Version]) -> None:
    for version in versions:
        version.agreement = found[version.agreement_id].agreement
        found[version.agreement_id].version = version
    under_way = {s.version.pk: s for s in found.values() if s.version}
    if under_way:
        _put_approvals({s.agreement.pk: s for s in under_way.values()})
        _put_requests(under_way)


def _put_approvals(found: dict[int, Situation]) -> None:
    given = Approval.objects.filter(version__agreement__in=found).select_related(
        "version", "delegated_to", "recorded_by__person", "rests_on__version",
        "rests_on__delegated_to",
    )  # fmt: skip
    # Which version it was of counts here, not its terms.
    given = given.defer("version__terms", "rests_on__version__terms")
    for approval in given.order_by("version__seq", "decided_on", "pk"):
        found[approval.version.agreement_id].approvals.append(approval)
    for situation in found.values():
        approvals_by_version.brought(_by_version(situation))


def _by_version(situation: Situation) -> dict[int, list[Approval]]:
    """Of the text under way, of that in force, and of each other that anybody decided about."""
    in_force, under_way = situation.agreement.in_force_version_id, situation.version
    known = [in_force, under_way.pk if under_way else None]
    by_version: dict[int, list[Approval]] = {pk: [] for pk in known if pk}
    for approval in situation.approvals:
        by_version.setdefault(approval.version_id, []).append(approval)
    return by_version


def _put_requests(under_way: dict[int, Situation]) -> None:
    asked = SignatureRequest.objects.filter(version__in=under_way).exclude(state="void")
    requests = list(asked.select_related("person", "signature"))
    for request in requests:
        situation = under_way[request.version_id]
        (situation.ended if request.state in ENDED else situation.requests).append(request)
    waiting = {r.pk: under_way[r.version_id] for r in requests if r.state == "on_paper"}
    if waiting:
        for paper in PaperSignature.objects.filter(request__in=waiting, state="recorded"):
            waiting[paper.request_id].papers[paper.request_id] = paper


def _put_copies(found: dict[int, Situation]) -> None:
    registered = {pk: s.agreement for pk, s in found.items() if s.agreement.is_registered}
    if not registered:
        return
    # An agreement that a page asked for has its copy with it.
    at_hand = [a for a in registered.values() if Agreement.registered_copy.is_cached(a)]
    lacking = registered.keys() - {agreement.pk for agreement in at_hand}
    copies = [agreement.registered_copy for agreement in at_hand]
    if lacking:
        rows = RegisteredCopy.objects.filter(agreement__in=lacking)
        copies += rows.select_related("recorded_by__person", "file__repair__original")
    for copy in copies:
        copy.agreement = registered[copy.agreement_id]
        found[copy.agreement_id].copy = copy
    made = CopyChange.objects.filter(copy=OuterRef("copy"), state=CopyChange.State.MADE)
    put_right = made.order_by("-pk").values(at=Coalesce("answered_at", "made_at"))[:1]
    said = Confirmation.objects.filter(copy__agreement__in=registered)
    for word in (
        said.annotate(put_right_at=Subquery(put_right))
        .select_related("copy", "user__person")
        .order_by("at", "pk")
    ):
        found[word.copy.agreement_id].said_of_copy[word.organisation_id] = word


def _put_managers(found: dict[int, Situation]) -> None:
    of_party = {party.pk: s for s in found.values() for party in s.parties}
    for (pk, role), contact in contacts_in(of_party).items():
        if role == MANAGER_ROLE:
            of_party[pk].contacts[pk] = contact
    parties = (party for s in found.values() for party in s.parties if party.pk not in s.contacts)
    there = ManagersThere({party.organisation.pk for party in parties})
    for situation in found.values():
        situation.holders = there
