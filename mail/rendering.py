"""How an e-mail looks: as HTML that old programs draw too, and as plain text that says the same."""

from __future__ import annotations

from email.utils import formataddr, getaddresses
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from house.text import shortened, tidy_line
from mail.kinds import Asker, CalendarPart, Message
from mail.models import Delivery

# Longer than a phone or a list of e-mails shows; what a subject is made of is shorter.
LONGEST_SUBJECT = 250


class Email(EmailMultiAlternatives):
    """An e-mail that is put into its final form once: when it is looked at, and then sent."""

    @cached_property
    def _final(self) -> Any:
        return super().message()

    def message(self, **_: Any) -> Any:
        return self._final


def as_email(message: Message, delivery: Delivery) -> Email:
    """The e-mail that says `message`, with the delivery's address and Message-ID."""
    asker = _asker(message, delivery)
    email = Email(
        subject=shortened(message.subject, LONGEST_SUBJECT),
        body=_plain(message, asker),
        to=[delivery.address],
        reply_to=[formataddr((tidy_line(asker.called), asker.address))] if asker else None,
        headers={"Message-ID": delivery.message_id, "Auto-Submitted": "auto-generated"},
    )
    context = {"message": message, "asker": asker, "footer": _footer(asker)}
    email.attach_alternative(render_to_string("mail/message.jinja", context), "text/html")
    if message.calendar:
        _put_in(email, message.calendar)
    return email


def _put_in(email: Email, part: CalendarPart) -> None:
    """An invitation is another form of the e-mail itself: mail programs show it as one (RFC 6047).
    A date is a file, to be opened by who wants it."""
    kind = f"text/calendar; method={part.method}"
    if part.method == "PUBLISH":
        email.attach("date.ics", part.text, kind)
    else:
        email.attach_alternative(part.text, kind)


def _asker(message: Message, delivery: Delivery) -> Asker | None:
    """Nobody is told that a reply to what they asked for themselves goes to them."""
    asker = message.asker
    if asker is None or asker.address.lower() == delivery.address.lower():
        return None
    # What holds two addresses would send the reply to both.
    return asker if len(getaddresses([formataddr(("", asker.address))])) == 1 else None


def _plain(message: Message, asker: Asker | None) -> str:
    parts = [
        *([f"For {message.to_whom}"] if message.to_whom else []),
        *([message.heading] if message.heading else []),
        *(["\n".join(message.about)] if message.about else []),
        *message.paragraphs,
        *("\n  ".join(filter(None, (f"- {e.text}", e.url))) for e in message.entries),
        *([f"{message.button_text}:\n{message.button_url}"] if message.button_text else []),
        *message.details,
        f"Why you get this: {message.why}",
    ]
    if asker:
        parts.append(f"A reply to this e-mail goes to {asker.called}: {asker.address}")
    if message.preferences_url:
        parts.append(f"{message.preferences_text}:\n{message.preferences_url}")
    return "\n\n".join([*parts, _footer(asker)]) + "\n"


def _footer(asker: Asker | None) -> str:
    """Who sent it, who may be asked; without an asker also that nobody reads replies."""
    said = [f"Sent by the {settings.PORTAL_NAME}."]
    if not asker:
        said.append("Nobody reads replies to this address.")
    if settings.SUPPORT_CONTACT:
        said.append(f"Questions about the portal: {settings.SUPPORT_CONTACT}.")
    return " ".join(said)
