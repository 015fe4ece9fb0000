"""What e-mails there are, and how they look. A room declares its kinds, which give the text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from house.text import tidy_line
from mail.models import Delivery


@dataclass(frozen=True)
class MailEntry:
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
    entries: tuple[MailEntry, ...] = ()
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


def as_email(message: Message, delivery: Delivery) -> EmailMultiAlternatives:
    """The e-mail that says `message`, with the delivery's address and Message-ID."""
    email = EmailMultiAlternatives(
        subject=tidy_line(message.subject),
        body=_plain(message),
        to=[delivery.address],
        headers={"Message-ID": delivery.message_id, "Auto-Submitted": "auto-generated"},
    )
    context = {"message": message, "footer": _footer()}
    email.attach_alternative(render_to_string("mail/message.jinja", context), "text/html")
    return email


def _plain(message: Message) -> str:
    parts = [
        *message.paragraphs,
        *(f"- {entry.text}\n  {entry.url}" for entry in message.entries),
        f"{message.button_text}:\n{message.button_url}",
        *message.details,
        f"Why you get this: {message.why}",
    ]
    if message.preferences_url:
        parts.append(f"{message.preferences_text}:\n{message.preferences_url}")
    return "\n\n".join([*parts, _footer()]) + "\n"


def _footer() -> str:
    help_line = f" Questions: {settings.SUPPORT_CONTACT}." if settings.SUPPORT_CONTACT else ""
    return f"Sent by the {settings.PORTAL_NAME}. Nobody reads replies to this address.{help_line}"
