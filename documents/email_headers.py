"""The headers of an e-mail: who, whom, when and what about, as they stand there.

Every one of them is typed by whoever made the file. What is missing, doubled or later than it can
be is named by a key (`documents.emails.FINDINGS`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from typing import Any, Final

from house.text import tidy_line

# Characters: longer ones are cut before anything is made of them.
LONGEST_HEADER: Final = 20_000
LONGEST_SUBJECT: Final = 500
MOST_RECIPIENTS: Final = 100
# Clocks of mail servers differ by so much.
TOLERANCE: Final = timedelta(minutes=15)
FORWARDED: Final = re.compile(r"\s*\[?(fwd?|fw)\s*(\[\d+\])?:", re.IGNORECASE)
_CAME_TO: Final = ("delivered-to", "x-original-to", "envelope-to", "to", "cc")
_END_OF_HEAD: Final = re.compile(rb"\r?\n\r?\n|\r\r")


def head_of(file: bytes) -> bytes:
    """Everything before the first empty line."""
    found = _END_OF_HEAD.search(file)
    return file[: found.start()] if found else file


def said_in(headers: Message) -> dict[str, Any]:
    """Sender, recipients, time, subject and Message-ID, with what is odd about them."""
    findings: list[str] = []
    sender = _sender(headers, findings)
    recipients = _recipients(headers, findings)
    sent, offset = _sent(headers, findings)
    subject = header_text(_raw(headers, "subject"))
    if len(subject) > LONGEST_SUBJECT:
        findings.append("subject_cut")
    if FORWARDED.match(subject):
        findings.append("forwarded_subject")
    number = tidy_line(_raw(headers, "message-id"))[:LONGEST_SUBJECT]
    if not number:
        findings.append("no_number")
    return {
        "sender_name": sender[0], "sender_address": sender[1], "recipients": recipients,
        "sent": sent.astimezone(UTC).isoformat() if sent else None, "sent_offset": offset,
        "subject": subject[:LONGEST_SUBJECT], "message_id": number, "findings": findings,
        "addressed": _addressed(headers),
    }  # fmt: skip


def header_text(raw: str) -> str:
    """A header in letters, on one line, without signs that do not show."""
    try:
        parts = decode_header(" ".join(_in_letters(raw).split()))
        return tidy_line("".join(_letters(part, charset) for part, charset in parts))
    except (ValueError, LookupError):
        return tidy_line(_in_letters(raw))


def _letters(part: str | bytes, charset: str | None) -> str:
    if isinstance(part, str):
        return part
    try:
        return part.decode(charset or "ascii", "replace")
    except LookupError:
        return part.decode("latin-1")


def _in_letters(raw: str) -> str:
    """Bytes that are no ASCII stand as surrogates: they are UTF-8, or else Windows letters."""
    if raw.isascii():
        return raw
    try:
        data = raw.encode("ascii", "surrogateescape")
    except UnicodeEncodeError:
        return raw
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _addressed(headers: Message) -> list[str]:
    """Every address that it came to, as it and the servers on its way say."""
    fields = [each for name in _CAME_TO for each in _all(headers, name)]
    return [address for _, address in _people(fields) if "@" in address][: 2 * MOST_RECIPIENTS]


def _raw(headers: Message, name: str) -> str:
    return next(_all(headers, name), "")


def _all(headers: Message, name: str) -> Iterator[str]:
    """As they stand, not as `Message.get` gives them: it makes something of what is no ASCII."""
    for each, value in headers.raw_items():
        if each.lower() == name:
            yield str(value)[:LONGEST_HEADER]


def _people(raw: list[str]) -> list[tuple[str, str]]:
    pairs = getaddresses([_in_letters(each).replace("\r", " ").replace("\n", " ") for each in raw])
    return [(header_text(name)[:200], tidy_line(address)[:320]) for name, address in pairs]


def _sender(headers: Message, findings: list[str]) -> tuple[str, str]:
    fields = list(_all(headers, "from"))
    people = [each for each in _people(fields) if each[1]]
    if not people:
        findings.append("no_sender")
        return header_text(fields[0])[:200] if fields else "", ""
    if len(fields) > 1 or len(people) > 1:
        findings.append("senders")
    elif "@" in people[0][0] and people[0][1].lower() not in people[0][0].lower():
        findings.append("sender_named_otherwise")
    return people[0]


def _recipients(headers: Message, findings: list[str]) -> list[str]:
    people = _people([*_all(headers, "to"), *_all(headers, "cc")])
    found = [in_words(*each) for each in people if any(each)]
    if len(found) > MOST_RECIPIENTS:
        findings.append("recipients_cut")
    return found[:MOST_RECIPIENTS]


def in_words(name: str, address: str) -> str:
    """ "Olga Other <olga@example.org>"; of one alone that one."""
    if not name or name == address:
        return address
    return f"{name} <{address}>" if address else name


def _sent(headers: Message, findings: list[str]) -> tuple[datetime | None, int | None]:
    """When it says that it was sent, and how many minutes its zone is ahead of UTC."""
    said = list(_all(headers, "date"))
    if not said:
        findings.append("no_date")
        return None, None
    if len(said) > 1:
        findings.append("dates")
    sent = _instant(said[0])
    if sent is None:
        findings.append("date_unreadable")
        return None, None
    offset = sent.utcoffset()
    if offset is None:
        findings.append("no_zone")
        sent = sent.replace(tzinfo=UTC)
    received = [each for each in _received(headers) if each]
    if not received:
        findings.append("not_delivered")
    elif sent > min(received) + TOLERANCE:
        findings.append("after_received")
    return sent, int(offset.total_seconds() // 60) if offset is not None else None


def _received(headers: Message) -> Iterator[datetime | None]:
    """When each server on the way says that it took it in."""
    for each in _all(headers, "received"):
        at = _instant(each.rpartition(";")[2])
        yield at.replace(tzinfo=UTC) if at and at.tzinfo is None else at


def _instant(said: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(" ".join(said.split()))
        return at if 1980 <= at.astimezone(UTC).year <= 2200 else None
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
