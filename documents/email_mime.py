"""An e-mail as programs save and send it (.eml): its text and what is attached to it.

Messages inside are attachments: nobody's words are taken for those of the e-mail itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.errors import (
    CloseBoundaryNotFoundDefect,
    NoBoundaryInMultipartDefect,
    StartBoundaryNotFoundDefect,
)
from email.message import Message
from email.parser import BytesFeedParser
from typing import Any, Final

from documents.email_headers import header_text, said_in
from documents.email_text import TextFound, decoded, from_html, text_facts

_FIELD: Final = re.compile(rb"[!-9;-~]{1,100}[ \t]*:")
# Of these at least one stands in every e-mail, and hardly in any other text.
_OF_EMAILS: Final = re.compile(
    rb"^(from|date|subject|message-id|received|mime-version|return-path)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
_TORN: Final = (
    CloseBoundaryNotFoundDefect, NoBoundaryInMultipartDefect, StartBoundaryNotFoundDefect,
)  # fmt: skip
MOST_PARTS: Final = 2_000
_MARK: Final = b"\xef\xbb\xbf"
_PIECE: Final = 64 * 1024
# Bytes of one text: of more nothing would be kept.
_LONGEST: Final = 1_000_000
_ENCRYPTED: Final = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_PACKED: Final = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})


class TooMany(ValueError):
    """More parts than any program writes."""


def is_email(head: bytes) -> bool:
    """Whether a file that begins so is an e-mail: lines with a name, a colon and more."""
    begins = head.removeprefix(_MARK)
    if begins.startswith(b"From "):  # as mail programs of Unix keep it
        begins = begins.partition(b"\n")[2]
    return bool(_FIELD.match(begins)) and len(_OF_EMAILS.findall(begins)) >= 2


def read_email(file: bytes) -> dict[str, Any]:
    """Raises TooMany."""
    message = _taken_apart(file)
    said, leaves = said_in(message), list(_leaves(message))
    findings: list[str] = said["findings"]
    if any(isinstance(each, _TORN) for part in message.walk() for each in part.defects):
        findings.append("torn")
    findings += _of_kinds(message, leaves)
    text = text_facts(_text(leaves))
    findings += text.pop("findings")
    attachments = [_attachment(part) for part in leaves if _is_attached(part)]
    return {**said, **text, "attachments": attachments}


def attached_file(file: bytes, number: int) -> bytes | None:
    """The bytes of the attachment of this number, from 0; None where there is none, or where it is
    an e-mail itself."""
    message = _taken_apart(file)
    parts = [part for part in _leaves(message) if _is_attached(part)]
    part = parts[number] if 0 <= number < len(parts) else None
    return _bytes(part) if part is not None and not _is_message(part) else None


def _taken_apart(file: bytes) -> Message:
    """Piece by piece: read at once it would be held in memory four times over."""
    parser = BytesFeedParser()
    begins = len(_MARK) if file.startswith(_MARK) else 0
    for at in range(begins, len(file), _PIECE):
        parser.feed(file[at : at + _PIECE])
    message: Message = parser.close()
    return message


def _leaves(message: Message) -> Iterator[Message]:
    """Its parts in their order; a message inside is one of them, and is not looked into."""
    waiting, found = [message], 0
    while waiting:
        part, found = waiting.pop(), found + 1
        if found > MOST_PARTS:
            raise TooMany
        inside = part.get_payload()
        if part.is_multipart() and isinstance(inside, list) and not _is_message(part):
            waiting.extend(each for each in reversed(inside) if isinstance(each, Message))
        else:
            yield part


def _is_message(part: Message) -> bool:
    return part.get_content_maintype() == "message" and part.is_multipart()


def _is_attached(part: Message) -> bool:
    if _is_message(part) or part.get_content_disposition() == "attachment":
        return True
    if part.get_content_maintype() != "text":
        return part.get_content_maintype() != "multipart"
    return bool(_name(part)) or part.get_content_subtype() not in ("plain", "html")


def _name(part: Message) -> str:
    try:
        return header_text(part.get_filename("") or "")
    except (ValueError, LookupError, TypeError):
        return ""


def _attachment(part: Message) -> dict[str, Any]:
    """What a list says of it. How large a message inside is nobody has counted."""
    inside = part.get_payload(0) if _is_message(part) else None
    called = header_text(str(inside["subject"] or "")) if isinstance(inside, Message) else ""
    return {
        "name": (_name(part) or called or "Without a name")[:200],
        "type": part.get_content_type()[:100],
        "size": None if inside is not None else len(_bytes(part)),
    }


def _bytes(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _first(part: Message) -> bytes:
    """The first of a very long text, up to the end of a line."""
    data = _bytes(part)
    return (
        data if len(data) <= _LONGEST else data[:_LONGEST].rpartition(b"\n")[0] or data[:_LONGEST]
    )


def _text(leaves: list[Message]) -> TextFound:
    """What it says in plain letters; where it has none, what its page (HTML) shows."""
    shown = [part for part in leaves if not _is_attached(part)]
    plain = [part for part in shown if part.get_content_subtype() == "plain"]
    read = [decoded(_first(part), part.get_content_charset()) for part in plain]
    if any(text.strip() for text, _ in read):
        wrong = any(is_wrong for _, is_wrong in read)
        return TextFound("\n\n".join(text for text, _ in read), "plain", wrong)
    pages = [part for part in shown if part.get_content_subtype() == "html"]
    found = [decoded(_first(part), part.get_content_charset()) for part in pages]
    if not found:
        return TextFound("", "")
    wrong = any(is_wrong for _, is_wrong in found)
    return TextFound("\n\n".join(from_html(text) for text, _ in found), "html", wrong)


def _of_kinds(message: Message, leaves: list[Message]) -> Iterator[str]:
    kinds = {part.get_content_type() for part in leaves}
    top = message.get_content_type()
    if kinds & _ENCRYPTED or top == "multipart/encrypted":
        signed = message.get_param("smime-type") == "signed-data"
        yield "signed_closed" if signed else "encrypted"
    if top == "multipart/signed":
        yield "signed"
    if kinds & _PACKED or any(_name(part).lower() == "winmail.dat" for part in leaves):
        yield "packed"
    if any(_is_message(part) for part in leaves):
        yield "forwarded_inside"
