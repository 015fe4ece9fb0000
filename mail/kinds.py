"""What e-mails there are. A room declares its kinds, which give what each says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal


@dataclass(frozen=True)
class MailEntry:
    """One of several things that an e-mail tells: what it is, and where to see to it; without a
    way there it has no address."""

    text: str
    url: str


@dataclass(frozen=True)
class Asker:
    """Who asks, and gets the reply: only somebody whose address the reader may know."""

    name: str
    organisation: str
    address: str

    @property
    def called(self) -> str:
        """ "Ada Archer, Eastmoor CCG"."""
        return f"{self.name}, {self.organisation}"


@dataclass(frozen=True)
class CalendarPart:
    """An event as a calendar takes it. REQUEST asks the reader to it, and moves it where it is
    there already; CANCEL takes it out; PUBLISH is a date to put in."""

    method: Literal["PUBLISH", "REQUEST", "CANCEL"]
    text: str


@dataclass(frozen=True)
class Message:
    """An e-mail ready to be sent.

    The heading says what is to be done, `about` of which agreement. The first paragraph says what
    is due, when and for whom; `why` says why this person gets it; there is one button, or none
    (empty) for a reader who has no way in. `details` follow it: the clause that says so, and how
    the date was worked out. Of an agreement it holds the title and no other free text; nothing
    sensitive.
    """

    subject: str
    paragraphs: tuple[str, ...]
    why: str
    button_text: str
    button_url: str
    heading: str = ""
    # For whom it is, where a mailbox may be that of many.
    to_whom: str = ""
    # What the heading is about, in a line or two: with whom, the agreement's title and reference.
    about: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    # The same in few words, and with nothing that somebody typed: "MoU with … (MOU-0001)".
    in_short: str = ""
    # The date that it is about.
    calendar: CalendarPart | None = None
    # Who gets a reply; without one nobody reads it.
    asker: Asker | None = None
    # Several things in one e-mail, each with its own way in.
    entries: tuple[MailEntry, ...] = ()
    # Where the person says what they want to be sent; empty where nothing can be changed.
    preferences_url: str = ""
    preferences_text: str = "Change what we send you"
    # Whether the link is kept for whoever has no account yet: it is good once they have one.
    waits_for_account: bool = False


class NotNeeded(Exception):
    """What the e-mail would have said is no longer so: it is not sent."""


class NotYet(Exception):
    """Nobody is written to about this now: it is sent at `until` at the earliest."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


Compose = Callable[[dict[str, Any]], Message]
# Reads what many e-mails are made of, by what their contexts hold under one key.
Read = Callable[[Collection[Any]], None]
Called = Callable[[Any], str]
Fit = Callable[[Message, dict[str, Any]], Message]
_kinds: dict[str, Compose] = {}
_called: dict[str, Called] = {}
_labels: dict[str, str] = {}
_reads: dict[str, Read] = {}
_fits: list[Fit] = []


def kind(name: str, label: str = "") -> Callable[[Compose], Compose]:
    """Declares how the e-mails of one kind are composed from their context.

    `label` is what people call it, where its name does not say so already.
    """

    def declare(compose: Compose) -> Compose:
        _kinds[name] = compose
        _labels[name] = label or name.replace("_", " ").capitalize()
        return compose

    return declare


def compose(name: str, context: dict[str, Any]) -> Message:
    """The message; raises NotNeeded when its reason is gone, KeyError for an unknown kind."""
    message = _kinds[name](context)
    found = (called(context[key]) for key, called in _called.items() if context.get(key))
    message = replace(message, to_whom=message.to_whom or next(found, ""))
    for fit in _fits:
        message = fit(message, context)
    return message


def address_in(context: dict[str, Any]) -> str:
    """The address that the e-mail with this context goes to; empty where it only is looked at."""
    return str(context.get("reader", ("",))[0])


def fits(fit: Fit) -> Fit:
    """Declares what is changed in each message for its reader: where it is sent, its context has
    the address and the id of the organisation in whose business it goes, under `reader`."""
    _fits.append(fit)
    return fit


def names(key: str) -> Callable[[Called], Called]:
    """Declares what somebody is called whom contexts name under `key` as who gets the e-mail."""

    def declare(called: Called) -> Called:
        _called[key] = called
        return called

    return declare


def reads(key: str) -> Callable[[Read], Read]:
    """Declares how the rows are read together that contexts name under `key`.

    It keeps them by key (`house.once`), where composing finds them.
    """

    def declare(read: Read) -> Read:
        _reads[key] = read
        return read

    return declare


def read_ahead(contexts: Iterable[dict[str, Any]]) -> None:
    """Reads what the e-mails with these contexts are made of, in as few queries as for one."""
    found = list(contexts)
    for key, read in _reads.items():
        if named := {context[key] for context in found if key in context}:
            read(named)


def label_of(name: str) -> str:
    """What people call the e-mails of a kind, "Signature awaited"; "E-mail" for an unknown one."""
    return _labels.get(name, "E-mail")
