"""The typed terms of an agreement: part of its text, approved, signed and hashed with it.

Terms are data that the portal keeps by itself: lead times, meetings, review, contact roles,
levels, approval routes. Rooms above read them; none adds its own type elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from pydantic import Field, model_validator

from agreements.terms.base import Frozen, Key, Label, require_each_once
from agreements.terms.owed import CommitmentTerm
from agreements.terms.people import ApprovalRoute, ContactRole, Level, Signatory
from agreements.terms.promised import PanelSeat, Standard
from agreements.terms.read_with import Commissioning, ExpectedDocument
from agreements.terms.times import Meetings, Period, ReviewTerm

# How often key contacts are confirmed where the text says nothing of it (A27).
CONTACTS_CONFIRMED_MONTHS = 6


class Slot(Frozen):
    """A side of the agreement, such as the Area Team, and which organisations may take it.

    A side may be taken by many organisations at once; the label then is the word for one of them,
    "the Federation", and `plural` the word for all (record 0048).
    """

    key: Key
    label: Label
    organisation_kinds: tuple[str, ...] = ()
    many: bool = False
    plural: str = Field("", max_length=200)
    # Whether each of them commissions at a level of its own, joint or delegated (B02).
    commissions: bool = False

    @property
    def each(self) -> str:
        """How a text names whoever takes it: "the Area Team", "each Federation"."""
        return each_of(self.label) if self.many else self.label

    @property
    def all_of_them(self) -> str:
        """How a text names all that take it: "the Area Team", "the Federations"."""
        return (self.plural or each_of(self.label)) if self.many else self.label


def party_key(slot: str, number: int) -> str:
    """Names one party of an agreement: its side; where many share it, with its number there."""
    return f"{slot}-{number}" if number else slot


def keys_of(slot: Slot, keys: Iterable[str]) -> list[str]:
    """Which of these keys are of the side, in the order of their numbers."""
    of_side = [
        key for key in keys if side_in(key) == slot.key and (number_in(key) > 0) == slot.many
    ]
    return sorted(of_side, key=number_in)


def number_in(key: str) -> int:
    """The number of the party with this key among those that share its side; 0 for no number."""
    return int(key.partition("-")[2] or 0)


def side_in(key: str) -> str:
    """The side of the party with this key."""
    return key.partition("-")[0]


def each_of(label: str) -> str:
    """ "each Federation" of "the Federation"."""
    return f"each {label.removeprefix('the ')}"


class Blank(Frozen):
    """A place in the text that each agreement fills in for itself."""

    key: Key
    label: Label
    hint: str = ""


class LeadTimes(Frozen):
    """Clock hours before release by which the other parties get a draft (A07, A08).

    None where the text says nothing of it.
    """

    publication_hours: int | None = Field(None, ge=0, le=2_000)
    press_release_hours: int | None = Field(None, ge=0, le=2_000)

    @property
    def are_asked(self) -> bool:
        return (self.publication_hours, self.press_release_hours) != (None, None)


class Terms(Frozen):
    """What the text says, and nothing else: each term may be silent, and is by default.

    What is not said is neither printed nor shown nor reminded (record 0047).
    """

    disagreement_word: Label = "disagreement"
    # 0 where the text names no shortest time.
    minimum_months: int = Field(0, ge=0, le=240)
    lead_times: LeadTimes = LeadTimes()
    meetings: Meetings = Meetings()
    period: Period = Period()
    review: ReviewTerm | None = None
    contact_roles: tuple[ContactRole, ...] = ()
    # None where the text says nothing of it: the portal then asks by itself.
    contacts_confirmed_months: int | None = Field(None, ge=1, le=60)
    levels: tuple[Level, ...] = ()
    approval_routes: tuple[ApprovalRoute, ...] = ()
    signatories: tuple[Signatory, ...] = ()
    standards: tuple[Standard, ...] = ()
    panel: tuple[PanelSeat, ...] = ()
    documents: tuple[ExpectedDocument, ...] = ()
    commissioning: tuple[Commissioning, ...] = ()
    # Whether nothing that is reported may be used to manage performance (E18).
    never_performance: bool = False
    commitments: tuple[CommitmentTerm, ...] = ()

    @model_validator(mode="after")
    def _keys_once(self) -> Self:
        require_each_once(((each.slot, each.key) for each in self.approval_routes), "approvals")
        require_each_once((each.key for each in self.standards), "standards")
        require_each_once((each.key for each in self.panel), "seats of the panel")
        require_each_once((each.key for each in self.documents), "documents")
        require_each_once((each.party for each in self.commissioning), "levels of parties")
        require_each_once((each.key for each in self.commitments), "commitments")
        return self

    def routes_of(self, slot: str) -> tuple[ApprovalRoute, ...]:
        """How this side approves, step by step; empty where nobody has to."""
        own = (each for each in self.approval_routes if each.slot == slot and each.route != "none")
        return tuple(sorted(own, key=lambda route: route.step))

    def signatories_of(self, slot: str) -> tuple[Signatory, ...]:
        """The signatures this side gives; one, by its signatory, where the terms name none."""
        named = tuple(signatory for signatory in self.signatories if signatory.slot == slot)
        return named or (Signatory(slot=slot, key="signatory", label="Signatory"),)

    @property
    def months_between_confirmations(self) -> int:
        """How often key contacts are asked whether they still are: what the text says, or six."""
        return self.contacts_confirmed_months or CONTACTS_CONFIRMED_MONTHS

    @property
    def levels_by_party(self) -> dict[str, str]:
        """The level at which each party commissions, by its key; without those that say none."""
        return {each.party: each.level for each in self.commissioning}

    def contact_roles_of(self, slot: str) -> tuple[ContactRole, ...]:
        return tuple(role for role in self.contact_roles if slot in role.slots)

    def writes_to(self, slot: str, role: str) -> bool:
        """Whether the portal writes to whoever holds this contact role for the side."""
        return all(each.gets_mail for each in self.contact_roles_of(slot) if each.key == role)
