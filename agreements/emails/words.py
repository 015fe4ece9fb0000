"""An e-mail in words: when it was sent, what is odd about it, what its attachments are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta, timezone
from typing import Any

from agreements.core.emailing import Thing
from agreements.models import InboundEmail, SavedEmail
from documents.emails import FINDINGS
from house.clock import LONDON, london_day
from nhsuk.dates import day, moment

NO_SUBJECT = "E-mail without a subject"
NO_SENDER = "Sender not named"
_OPENS = (".pdf", ".docx", ".xlsx")


def title_of(email: SavedEmail | InboundEmail) -> str:
    return email.subject or NO_SUBJECT


def sender_of(email: SavedEmail | InboundEmail) -> str:
    """ "Olga Other, olga@example.org"."""
    return ", ".join(filter(None, (email.sender_name, email.sender_address))) or NO_SENDER


def sent_words(email: SavedEmail) -> str:
    """By London's clock; where it was sent by another one, by that too."""
    if email.sent_at is None:
        return "It does not say when"
    here = email.sent_at.astimezone(LONDON)
    zone = email.sent_offset
    if zone is None or here.utcoffset() == timedelta(minutes=zone):
        return moment(email.sent_at)
    there = email.sent_at.astimezone(timezone(timedelta(minutes=zone)))
    return f"{moment(email.sent_at)} ({there:%H:%M} where it was sent, {there:%Z})"


def remarks_on(email: SavedEmail, thing: Thing) -> Iterator[str]:
    """What somebody should know who rests something on it, the clock first."""
    if email.is_from_the_future:
        yield (
            "A wrong clock: it says that it was sent later than it was put here, at "
            f"{moment(email.put_at)}."
        )
    if email.sent_at and thing.since and london_day(email.sent_at) < london_day(thing.since):
        yield f"It was sent before this was recorded here, on {day(thing.since)}."
    yield from (FINDINGS[each] for each in email.findings if each in FINDINGS)


def size_words(size: int | None) -> str:
    """ "12 KB"; of an e-mail inside nothing was counted."""
    if size is None:
        return ""
    kilobytes = -(-size // 1024)
    return f"{kilobytes:,} KB" if kilobytes < 1024 else f"{size / 1024 / 1024:.1f} MB"


def attachment_words(attached: dict[str, Any]) -> str:
    """ "application/pdf, 12 KB"."""
    called = "an e-mail" if attached["size"] is None else attached["type"]
    return ", ".join(filter(None, (called, size_words(attached["size"]))))


def opens(attached: dict[str, Any]) -> bool:
    """Whether the portal would open a file of this name, once it has looked into it."""
    return attached["size"] is not None and attached["name"].lower().endswith(_OPENS)
