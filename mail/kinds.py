"""What e-mails there are. A room declares its kinds; the outbox asks the kind for the text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Entry:
    """One of several things that an e-mail tells: what it is, and where to see to it."""

    text: str
    url: str
    why: str = ""


@dataclass(frozen=True)
class Message:
    """An e-mail ready to be sent.

    The first paragraph says what is due, when and for which agreement; `why` says why this
    person gets it; there is one button. `details` follow it: the clause that says so, and how the
    date was worked out. No free text of an agreement, nothing sensitive.
    """

    subject: str
    paragraphs: tuple[str, ...]
    why: str
    button_text: str
    button_url: str
    details: tuple[str, ...] = ()
    # Several things in one e-mail, each with its own way in.
    entries: tuple[Entry, ...] = ()
    # Where the person says what they want to be sent; empty where nothing can be changed.
    preferences_url: str = ""
    preferences_text: str = "Change what we send you"


class NotNeeded(Exception):
    """What the e-mail would have said is no longer so: it is not sent."""


Compose = Callable[[dict[str, Any]], Message]
_kinds: dict[str, Compose] = {}
_labels: dict[str, str] = {}


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
    return _kinds[name](context)


def label_of(name: str) -> str:
    """What people call the e-mails of a kind, "Signature awaited"; "E-mail" for an unknown one."""
    return _labels.get(name, "E-mail")
