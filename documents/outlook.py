"""An e-mail as Outlook saves it (.msg): read by `python-oxmsg`, once it is not larger than it says.

Every property is for its writer to set: one that cannot be read is as if it were not there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from email.message import Message as Headers
from email.parser import HeaderParser
from email.utils import format_datetime
from io import BytesIO
from typing import Any, Final, TypeVar

from olefile import OleFileIO
from oxmsg import Message
from oxmsg.attachment import Attachment
from oxmsg.domain import constants as pid

from documents.email_headers import header_text, said_in
from documents.email_text import TextFound, decoded, from_html, text_facts
from house.text import tidy_line

OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LARGEST_UNPACKED: Final = 60 * 1024 * 1024
MOST_ENTRIES: Final = 10_000
_PROPERTIES: Final = "__properties_version1.0"
_MESSAGE_INSIDE: Final = "__substg1.0_3701000D"
_LONGEST_HEADERS: Final = 256 * 1024
_INTERNET_MESSAGE_ID: Final = 0x1035
_DELIVERED: Final = 0x0E06
_PACKED_TEXT: Final = 0x1009
_SHORT_NAME: Final = (pid.PID_ATTACH_FILENAME, pid.PID_DISPLAY_NAME)
T = TypeVar("T")


def read_outlook(file: bytes) -> dict[str, Any]:
    """The facts as `documents.email_rules` gives them, or the reason against the file."""
    if reason := _against(file):
        return {"reason": reason, "attachments": []}
    message = Message.load(file)
    said = said_in(_headers(message))
    text = text_facts(_text(message))
    findings = [*said["findings"], *text.pop("findings"), *_of_kind(message)]
    attachments = [_listed(each) for each in message.attachments]
    if any(each["size"] is None for each in attachments):
        findings.append("forwarded_inside")
    if said["sent"] and said["sent_offset"] is None and "no_zone" not in findings:
        findings.append("no_zone")
    return {**said, **text, "findings": findings, "attachments": attachments}


def outlook_file(file: bytes, number: int) -> bytes | None:
    """The bytes of the attachment of this number, from 0; None where there is none, or where it is
    an e-mail itself."""
    if _against(file):
        return None
    attachments = Message.load(file).attachments
    if not 0 <= number < len(attachments) or _is_message(attachments[number]):
        return None
    return _read(lambda: attachments[number].file_bytes)


def _against(file: bytes) -> str | None:
    """Many streams may share the same bytes: what they hold together is counted first."""
    with OleFileIO(BytesIO(file)) as ole:
        entries = [each for each in ole.direntries if each is not None]
        if len(entries) > MOST_ENTRIES or sum(each.size for each in entries) > LARGEST_UNPACKED:
            return "bomb"
        return None if ole.exists(_PROPERTIES) else "kind"


def _read(value: Callable[[], T]) -> T | None:
    try:
        return value()
    except (MemoryError, RecursionError):
        raise
    except Exception:  # hostile bytes: every kind of error means that it says nothing
        return None


def _words(message: Message | Attachment, *properties: int) -> str:
    found = (_read(lambda each=each: message.properties.str_prop_value(each))  # type: ignore[misc]
             for each in properties)  # fmt: skip
    return next(filter(None, found), "")


def _headers(message: Message) -> Headers:
    """Those of the e-mail on its way; what they lack, as Outlook keeps it beside them."""
    sent = _words(message, pid.PID_TRANSPORT_MESSAGE_HEADERS)[:_LONGEST_HEADERS]
    headers = HeaderParser().parsestr(sent)
    there = {name.lower() for name in headers.keys()}  # noqa: SIM118 - no dict
    for name, value in _kept(message):
        if name not in there and value:
            headers[name] = tidy_line(value)
    return headers


def _kept(message: Message) -> Iterator[tuple[str, str]]:
    name = _words(message, pid.PID_SENDER_NAME, pid.PID_SENT_REPRESENTING_NAME)
    address = _words(message, pid.PID_SENDER_SMTP_ADDRESS, pid.PID_SENDER_EMAIL_ADDRESS)
    yield "from", _person(name, address)
    people = _read(lambda: message.recipients) or ()
    read = (_read(lambda each=each: (each.name, each.email_address)) for each in people)  # type: ignore[misc]
    yield "to", ", ".join(_person(*each) for each in read if each)
    yield "subject", _words(message, pid.PID_SUBJECT)
    yield "message-id", _words(message, _INTERNET_MESSAGE_ID)
    if at := _read(lambda: message.properties.date_prop_value(pid.PID_CLIENT_SUBMIT_TIME)):
        # Outlook keeps the instant alone: its zone is not known.
        yield "date", format_datetime(at).replace("+0000", "-0000")
    if at := _read(lambda: message.properties.date_prop_value(_DELIVERED)):
        yield "received", f"; {format_datetime(at)}"


def _person(name: str, address: str) -> str:
    """As a header has it. Of an address within an organisation (/o=…) the name is left."""
    quoted = '"' + tidy_line(name).replace('"', "'").replace("\\", "/") + '"'
    return f"{quoted} <{tidy_line(address)}>" if "@" in address else quoted


def _text(message: Message) -> TextFound:
    if body := _words(message, pid.PID_BODY).strip():
        return TextFound(body, "plain")
    page = _read(lambda: message.properties.binary_prop_value(pid.PID_HTML))
    if page:
        text, wrong = decoded(page, _read(lambda: message.properties.body_encoding))
        return TextFound(from_html(text), "html", wrong)
    if text := _words(message, pid.PID_BODY_HTML):
        return TextFound(from_html(text), "html")
    return TextFound("", "")


def _of_kind(message: Message) -> Iterator[str]:
    kind = _words(message, pid.PID_MESSAGE_CLASS).lower()
    if kind.startswith("ipm.note.smime.multipartsigned"):
        yield "signed"
    elif kind.startswith("ipm.note.smime"):
        yield "encrypted"
    has_page = _read(lambda: message.properties.binary_prop_value(pid.PID_HTML))
    packed = _read(lambda: message.properties.binary_prop_value(_PACKED_TEXT))
    if packed and not (has_page or _words(message, pid.PID_BODY, pid.PID_BODY_HTML).strip()):
        yield "packed_text"


def _is_message(attachment: Attachment) -> bool:
    folders = getattr(attachment._storage, "storages", ())
    return any(each.name == _MESSAGE_INSIDE for each in folders)


def _listed(attachment: Attachment) -> dict[str, Any]:
    name = _words(attachment, pid.PID_ATTACH_LONG_FILENAME, *_SHORT_NAME)
    kind = _words(attachment, pid.PID_ATTACH_MIME_TAG) or "application/octet-stream"
    inside = _is_message(attachment)
    data: bytes | None = None if inside else _read(lambda: attachment.file_bytes)
    return {
        "name": header_text(name)[:200] or "Without a name",
        "type": "message/rfc822" if inside else tidy_line(kind)[:100],
        "size": None if inside else len(data or b""),
    }
