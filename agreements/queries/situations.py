"""Where agreements stand: everything that the next steps follow from, for many at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from agreements.models import (
    Agreement,
    Approval,
    Confirmation,
    KeyContact,
    PaperSignature,
    Party,
    RegisteredCopy,
    SignatureRequest,
    Version,
)
from agreements.rules.parties import with_organisations
from agreements.services.tell import MANAGER_ROLE
from parties.models import Membership, Role

UNDER_WAY = ("frozen", "out_for_approval", "out_for_signature")


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
    papers: dict[int, PaperSignature] = field(default_factory=dict)
    copy: RegisteredCopy | None = None
    # The newest word of each organisation on the registered copy.
    said_of_copy: dict[int, Confirmation] = field(default_factory=dict)
    # Party -> who looks after the agreement there: its key contact, else who holds the role.
    managers: dict[int, list[str]] = field(default_factory=dict)

    def party(self, pk: int) -> Party:
        return next(party for party in self.parties if party.pk == pk)

    def held_by(self, organisation_id: int | None) -> list[Party]:
        return [party for party in self.parties if party.organisation.pk == organisation_id]


def situations_of(agreements: Iterable[Agreement]) -> list[Situation]:
    """The situations in the order of the agreements (eleven queries, whatever their number)."""
    found = {agreement.pk: Situation(agreement) for agreement in agreements}
    if found:
        _put_parties(found)
        _put_versions(found)
        _put_copies(found)
        _put_managers(found)
    return list(found.values())


def _put_parties(found: dict[int, Situation]) -> None:
    parties = Party.objects.filter(agreement__in=found).prefetch_related(with_organisations())
    for party in parties:
        found[party.agreement_id].parties.append(party)
        party.agreement = found[party.agreement_id].agreement


def _put_versions(found: dict[int, Situation]) -> None:
    for version in Version.objects.filter(agreement__in=found, state__in=UNDER_WAY):
        version.agreement = found[version.agreement_id].agreement
        found[version.agreement_id].version = version
    approvals = Approval.objects.filter(version__agreement__in=found)
    for approval in approvals.select_related(
        "version", "delegated_to", "rests_on__version", "rests_on__delegated_to"
    ).order_by("version__seq", "decided_on", "pk"):
        found[approval.version.agreement_id].approvals.append(approval)
    under_way = {s.version.pk: s for s in found.values() if s.version}
    requests = SignatureRequest.objects.filter(version__in=under_way).exclude(state="void")
    for request in requests.select_related("person"):
        under_way[request.version_id].requests.append(request)
    papers = PaperSignature.objects.filter(request__version__in=under_way, state="recorded")
    for paper in papers.select_related("request"):
        under_way[paper.request.version_id].papers[paper.request_id] = paper


def _put_copies(found: dict[int, Situation]) -> None:
    copies = RegisteredCopy.objects.filter(agreement__in=found)
    for copy in copies.select_related("recorded_by__person", "file"):
        copy.agreement = found[copy.agreement_id].agreement
        found[copy.agreement_id].copy = copy
    said = Confirmation.objects.filter(copy__agreement__in=found).select_related("user__person")
    for word in said.select_related("copy", "user__person").order_by("at", "pk"):
        found[word.copy.agreement_id].said_of_copy[word.organisation_id] = word


def _put_managers(found: dict[int, Situation]) -> None:
    parties = [party for situation in found.values() for party in situation.parties]
    named = _named_managers(parties)
    holders = _holders({party.organisation.pk for party in parties if party.pk not in named})
    for situation in found.values():
        situation.managers = {
            party.pk: named.get(party.pk) or holders[party.organisation.pk]
            for party in situation.parties
        }


def _named_managers(parties: Sequence[Party]) -> dict[int, list[str]]:
    contacts = KeyContact.objects.filter(party__in=parties, role=MANAGER_ROLE).current()
    return {
        contact.party_id: [str(contact.person or contact.team)]
        for contact in contacts.select_related("person", "team")
    }


def _holders(organisations: set[int]) -> dict[int, list[str]]:
    held = Membership.objects.current().filter(
        Q(user__is_active=True), organisation__in=organisations, role=Role.MANAGER
    )
    names: dict[int, list[str]] = defaultdict(list)
    for membership in held.select_related("user__person").order_by("user__person__name"):
        names[membership.organisation_id].append(membership.user.get_full_name())
    return names
