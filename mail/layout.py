"""From a Message to an e-mail in text and HTML."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from house.text import tidy_line
from mail.kinds import Message
from mail.models import Delivery


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
