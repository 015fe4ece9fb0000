"""What e-mails are put on as evidence: a kind of things that a room declares (X12, record 0079).

A room answers `takes_emails` with one object for each of its kinds. Whoever can read a thing reads
the e-mails on it; whose matter it is, is told, and may say that one is not right.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any, ClassVar, Generic, TypeVar

from django.db.models import Model, QuerySet

from agreements.core.letters import AgreementLetter, Letter
from agreements.core.parties import parties_of, there_today
from agreements.core.recipients import managers_by_party
from agreements.core.sides import other_sides
from agreements.core.telling import record
from agreements.models import Agreement, Party, takers
from audit.services import write_entry
from deadlines.dates import both_or_all
from deadlines.kinds import Recipient
from house.lifecycle import lock
from house.wall import WhoAsks
from parties.acting import Acting
from parties.who import RECORDERS
from web.way import Steps

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Thing:
    """How a thing is called: `name` on pages; `called` in e-mails and on the timeline, which hold
    nothing that somebody typed: "a notice of withdrawal"."""

    name: str
    called: str
    url: str
    caption: str
    way: Steps = field(default_factory=list)
    # When it was recorded here: an e-mail may be older, and the page says so.
    since: datetime | None = None
    # A line on a page of many: its e-mails are listed on a page of their own.
    lists_apart: bool = False


class Things(ABC, Generic[M]):
    """One kind of things that e-mails are put on. `key` stands in rows and addresses for ever."""

    key: ClassVar[str]
    # What one of them is called in a list of all e-mails: "a change".
    label: ClassVar[str]
    # Whether such a thing is of one agreement for ever.
    is_of_one: ClassVar[bool] = False

    @abstractmethod
    def visible(self, acting: WhoAsks) -> QuerySet[M]:
        """The things whose e-mails the reader may read."""

    @abstractmethod
    def all_rows(self) -> QuerySet[M]:
        """All of them, for what is sent and written without a reader."""

    @abstractmethod
    def said(self, thing: M) -> Thing:
        """How it is called."""

    @abstractmethod
    def agreements(self, thing: M) -> list[Agreement]:
        """Those that it is about."""

    @abstractmethod
    def readers(self, thing: M) -> str:
        """Who reads its e-mails, as a sentence beside the form."""

    def of_agreement(self, agreement: Agreement, acting: WhoAsks) -> QuerySet[M] | None:
        """Those of one agreement, for choosing one where an e-mail came to the agreement as such;
        None where nobody chooses them there."""
        return None

    def parties(self, thing: M) -> list[Party]:
        """Whose matter it is."""
        return list(chain.from_iterable(there_today(each) for each in self.agreements(thing)))

    def may_put(self, thing: M, by: Acting) -> bool:
        """Whether the reader, who can see it, may put an e-mail on it."""
        return self.has_part(thing, by)

    def has_part(self, thing: M, by: Acting) -> bool:
        """Whether it is the reader's matter, so that they may say whether an e-mail is right."""
        held = {party.organisation.pk for party in self.parties(thing)}
        return RECORDERS.includes(by) and by.organisation_id in held

    def lock(self, thing: M) -> M:
        """Locks what comes before an e-mail in the one order of locks."""
        for agreement in sorted(self.agreements(thing), key=lambda each: each.reference):
            lock(agreement)
        return thing

    def told(self, thing: M, by: Acting) -> Iterable[Recipient]:
        """Who hears by e-mail: the MoU managers of the other sides."""
        sides = (other_sides(each, by.organisation_id) for each in self.agreements(thing))
        return chain.from_iterable(managers_by_party(list(chain.from_iterable(sides))).values())

    def record(self, *, by: Acting, thing: M, verb: str, about: Model, **facts: Any) -> None:
        """On the timeline of each agreement, with the audit entry."""
        what = self.said(thing).called
        for each in self.agreements(thing):
            record(by=by, verb=verb, agreement=each, about=about, what=what, **facts)

    def letter(self, thing: M, organisation_id: int | None, why: str) -> Letter:
        """The letter about one of its e-mails to somebody of this organisation."""
        agreement = self.agreements(thing)[0]
        sides = parties_of(agreement)
        own = next((each for each in sides if each.organisation.pk == organisation_id), None)
        return AgreementLetter(agreement, own, why=why, among=self.parties(thing))


class OfAgreement(Things[M]):
    """Things of one agreement that all its parties read."""

    is_of_one = True

    @abstractmethod
    def agreement_of(self, thing: M) -> Agreement: ...

    def agreements(self, thing: M) -> list[Agreement]:
        return [self.agreement_of(thing)]

    def readers(self, thing: M) -> str:
        who = both_or_all(len(there_today(self.agreement_of(thing))))
        return f"The people of {who} read it here."


def record_quietly(*, by: Acting, verb: str, about: Model, **facts: Any) -> None:
    """The audit entry alone, of what not all parties of an agreement may know."""
    if by.by_link:
        facts["by_link"] = by.by_link
    write_entry(
        actor=by.user, organisation_id=by.organisation_id, verb=verb, about=about, payload=facts
    )


def things_of(key: str) -> Things[Any]:
    """The kind of this key. Raises KeyError for one that no room has."""
    found = takers()[key]
    assert isinstance(found, Things)  # noqa: S101 - every room answers with one
    return found


def kinds() -> Sequence[Things[Any]]:
    return [things_of(key) for key in takers()]
