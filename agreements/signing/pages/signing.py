"""The pages on which somebody asks for a signature, signs, or checks one on paper."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from agreements.core.asking_for import STILL_ASKED
from agreements.core.choices import has_post_in
from agreements.core.rejections import rejected
from agreements.core.states import ApprovalStanding
from agreements.drafting.pages.document import contents
from agreements.drafting.unprintable import ASK, said_of, unprintable_names
from agreements.models import IssueLine, PaperSignature, Party, SignatureRequest, Version
from agreements.signing.reauthentication import Way
from agreements.terms import Signatory
from agreements.versions.pages import VersionPage
from house import clock
from house.clock import london_day
from nhsuk.components import IndexEntry, Tag
from nhsuk.dates import day
from nhsuk.words import and_list
from parties.acting import Acting


@dataclass
class SignPage:
    """What one signature is about. `fresh`: the person showed again that it is them."""

    asked: SignatureRequest
    acting: Acting
    way: Way
    fresh: bool

    @cached_property
    def text(self) -> VersionPage:
        return VersionPage(self.asked.version, self.acting)

    @property
    def contents(self) -> list[IndexEntry]:
        read_with = {"Associated documents": "read-with"} if self.text.read_with else {}
        entries = {"Terms": "terms", **read_with, "Who has approved it": "approvals"}
        entries["Your signature"] = "sign"
        return contents(self.text.clauses, *(IndexEntry(*entry) for entry in entries.items()))

    @property
    def wanted(self) -> list[str]:
        return wanted_in_words(self.asked)

    @property
    def may_sign_now(self) -> bool:
        """Whether the form is shown; otherwise the page asks first who it is."""
        return self.way is Way.PASSWORD or (self.way is Way.ELSEWHERE and self.fresh)

    @cached_property
    def own(self) -> ApprovalStanding:
        """How the version stands with the party that asks for the signature."""
        return next(s for s in self.text.standings if s.party.pk == self.asked.party_id)

    @property
    def is_before_approval(self) -> bool:
        return not self.own.is_given

    @property
    def rejection(self) -> str:
        """Why it cannot be signed now: the party's own rejection, as a sentence; else empty."""
        found = self.own.rejection
        return rejected(found, self.asked.party.name) if found else ""

    @cached_property
    def unprintable(self) -> list[str]:
        """What the signed copy cannot print of names, as sentences. It stops nobody."""
        signers = [each.person for each in self.text.requests]
        return unprintable_names(self.asked.version, self.text.standings, signers)

    @property
    def left_for_later(self) -> str:
        """What the text says nothing of yet, for who signs to know (D03); empty without any."""
        names = [clause.name for clause in self.text.clauses if not clause.is_defined]
        if not names:
            return ""
        is_left, without = ("is", "it") if len(names) == 1 else ("are", "them")
        return (
            f"{and_list(names)} {is_left} left for a later version. "
            f"You sign the text without {without}."
        )

    @cached_property
    def group(self) -> UUID | None:
        """Where it went to many and the reader's party looks after all: the key of the group."""
        if not self.asked.party.told_daily:
            return None
        line = IssueLine.objects.filter(agreement=self.asked.version.agreement_id)
        return line.values_list("issue__key", flat=True).first()

    @cached_property
    def post_looks_old(self) -> bool:
        """The person holds no post there today. Somebody should look, but it stops nobody."""
        return not has_post_in(self.asked.person, self.asked.party.organisation)


def wanted_in_words(asked: SignatureRequest) -> list[str]:
    """What whoever asks wants of the signature besides, as sentences for who signs."""
    said = []
    if on := asked.sign_by:
        late = "The day to sign by was" if on < clock.today() else "You are asked to sign by"
        said.append(f"{late} {day(on)}.")
    if asked.in_place_of:
        said.append(
            f"You sign in the place of {asked.in_place_of}, by authority: "
            f"{asked.authority.rstrip('.')}. The signed copy prints both names and this."
        )
    if asked.message:
        said.append(f"Message to you: {asked.message}")
    return said


class Slots:
    """The signatures of one party under one version."""

    def __init__(self, version: Version, party: Party) -> None:
        self.signatories = version.typed_terms.signatories_of(party.slot)
        self._requests = version.signature_requests.filter(party=party)

    @cached_property
    def by_slot(self) -> dict[str, SignatureRequest]:
        asked = self._requests.select_related("person", "party", "version__agreement", "address")
        return {request.slot: request for request in asked.live()}

    @property
    def asked(self) -> dict[str, SignatureRequest]:
        """Those that somebody was asked for and has not given: another may be asked instead."""
        return {s: r for s, r in self.by_slot.items() if r.state in STILL_ASKED}

    @property
    def open_ones(self) -> list[Signatory]:
        return [s for s in self.signatories if s.key not in self.by_slot or s.key in self.asked]

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(s.key, f"{s.label}{self._now(s.key)}") for s in self.open_ones]

    def _now(self, slot: str) -> str:
        return f" ({self.asked[slot].person} is asked now)" if slot in self.asked else ""


PAPER_TAGS = {
    "recorded": Tag("To be confirmed", "yellow"),
    "confirmed": Tag("Confirmed", "green"),
    "rejected": Tag("Not right", "red"),
    "withdrawn": Tag("Withdrawn", "grey"),
}


def findings_on(paper: PaperSignature) -> list[str]:
    """What somebody should look at closely; it stops nobody."""
    request, found = paper.request, []
    frozen = request.version.frozen_at
    if frozen and paper.signed_on < london_day(frozen):
        found.append(
            f"The date beside the signature is before {day(frozen)}, when this version was "
            "made. Make sure that the paper is this version."
        )
    found += said_of(f"The name {paper.signed_by}", paper.signed_by, then=ASK)
    if paper.signed_by.casefold() != request.person.name.casefold():
        found.append(
            f"{request.person} was asked to sign. The name on the paper is {paper.signed_by}."
        )
    return found
