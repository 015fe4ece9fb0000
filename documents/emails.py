"""Saved e-mails that people bring (.eml, and .msg of Outlook): what they say, and what is odd.

What an e-mail says of itself anybody may have typed: it is kept and shown, never believed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile

from documents.limited import MEGABYTE, Limits, Stopped, run
from documents.office import kind_of, office_file_from
from documents.places import PERSON, Caller
from documents.uploads import PDF, bytes_from, pdf_from, refusal_of
from house.refusals import Refused

LIMITS: Final = Limits(memory=320 * MEGABYTE, cpu=6, wall=15, answer=25 * MEGABYTE)
TYPE: Final = {"eml": "message/rfc822", "msg": "application/vnd.ms-outlook"}
OUTLOOK: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AGAIN: Final = "In your e-mail program choose “Save as”, and bring the .eml or .msg file."
SENTENCES: Final = {
    "kind": f"This file is no saved e-mail. {_AGAIN}",
    "damaged": "This e-mail cannot be read: the file is damaged. Save the e-mail again, and bring "
    "that.",
    "headers": "This e-mail has far more lines before its text than any program writes. Bring the "
    "words as a PDF instead.",
    "deep": "This e-mail holds more e-mails inside each other than the portal looks into. Save the "
    "one that matters by itself, and bring that.",
    "bomb": "This e-mail is far larger than its file. Bring the words as a PDF instead.",
    "large": "This e-mail needs more room than the portal gives to one file. Save it without its "
    "attachments, and bring that.",
    "gone": "There is no such file in this e-mail.",
    "not now": "This e-mail could not be read just now. Try again; if that does not help, bring "
    "the words as a PDF.",
}
# What stands beside an e-mail, by the key under which the rules found it.
FINDINGS: Final = {
    "forwarded_subject": "Its subject says that it is a forwarded copy.",
    "forwarded_text": "Its text begins with another e-mail: it is a forwarded copy.",
    "forwarded_inside": "Another e-mail is attached to it. What that says is not read here.",
    "no_sender": "It does not say from which address it was sent.",
    "senders": "It names more than one sender. The first is shown.",
    "sender_named_otherwise": "The name of its sender is an address, and not the one that it came "
    "from.",
    "recipients_cut": "It was sent to more than 100. The first 100 are named.",
    "no_date": "It does not say when it was sent.",
    "dates": "It names more than one time of sending. The first is shown.",
    "date_unreadable": "When it was sent cannot be read.",
    "no_zone": "It does not say in which time zone it was sent. It is taken for UTC.",
    "not_delivered": "It has no marks of delivery. It was saved by its sender, or was never sent.",
    "after_received": "A wrong clock: it says that it was sent later than a mail server received "
    "it.",
    "subject_cut": "Its subject is longer than 500 characters, and is cut here.",
    "no_number": "It has no number of its own (Message-ID): whether it is here twice cannot be "
    "seen by that.",
    "text_cut": "Its text is longer than 100,000 characters, and is cut here.",
    "from_html": "Its text is taken from a formatted page. What was hidden there may show here.",
    "no_text": "No text could be read in it.",
    "letters": "It does not say rightly in which letters it was written. Some may be wrong.",
    "torn": "It is cut off, or damaged on its way: parts of it may be missing.",
    "encrypted": "It is encrypted. The portal could not read what is inside.",
    "signed_closed": "It is signed and packed (S/MIME). The portal could not read what is inside.",
    "signed": "It carries an electronic signature, which the portal does not check.",
    "packed": "Outlook packed parts of it into a file “winmail.dat”. The portal could not look "
    "inside.",
    "packed_text": "Its text is kept in a format of Outlook (RTF), which the portal does not read.",
}
KEPT_INSIDE: Final = (
    "The portal opens PDF, Word (.docx) and Excel (.xlsx) files alone. This one stays in the "
    "e-mail."
)


@dataclass(frozen=True)
class Attached:
    """A file that an e-mail holds, as the e-mail calls it. `size` is None for an e-mail inside."""

    name: str
    type: str
    size: int | None


@dataclass(frozen=True)
class ReadEmail:
    """What a saved e-mail says. `sent_at` is an instant, `sent_offset` how many minutes its zone
    was ahead of UTC; None where it does not say. `findings` are keys of FINDINGS."""

    data: bytes
    content_type: str
    sender_name: str
    sender_address: str
    recipients: tuple[str, ...]
    sent_at: datetime | None
    sent_offset: int | None
    subject: str
    message_id: str
    text: str
    attachments: tuple[Attached, ...]
    attachment_count: int
    findings: tuple[str, ...]
    # Where it came to, as it says; nothing of this is kept.
    addressed: tuple[str, ...] = ()


def email_from(upload: UploadedFile) -> ReadEmail:
    """What the uploaded file says. Raises Refused."""
    return read_saved(bytes_from(upload))


def read_saved(data: bytes, *, caller: Caller = PERSON) -> ReadEmail:
    """The same of bytes. Half a second. Raises Refused; NotNow where it could not be looked at."""
    found, _ = _asked({}, data, caller)
    return _as_said(found, data)


def attached_to(data: bytes, number: int, name: str) -> tuple[bytes, str]:
    """The file of this number in the e-mail, once it was looked at as uploads are, with its type.

    Raises Refused for one that the portal does not open, or that an upload would not be.
    """
    _, files = _asked({"attachment": number}, data, PERSON)
    upload = SimpleUploadedFile(name, files[0])
    if kind_of(upload):
        office = office_file_from(upload)
        return office.data, office.content_type
    if b"%PDF-" not in files[0][:1024]:
        raise Refused(KEPT_INSIDE)
    return pdf_from(upload), PDF


def _asked(
    question: dict[str, Any], data: bytes, caller: Caller
) -> tuple[dict[str, Any], list[bytes]]:
    try:
        found, files = run("email", question, [data], LIMITS, caller=caller)
    except Stopped as stop:
        otherwise = "deep" if stop.why == "depth" else "large"
        raise refusal_of(stop, SENTENCES, otherwise=otherwise) from stop
    if found["reason"] is not None:
        raise Refused(SENTENCES[str(found["reason"])])
    return found, files


def _as_said(found: dict[str, Any], data: bytes) -> ReadEmail:
    return ReadEmail(
        data=data,
        content_type=TYPE["msg" if data.startswith(OUTLOOK) else "eml"],
        sender_name=found["sender_name"],
        sender_address=found["sender_address"],
        recipients=tuple(found["recipients"]),
        sent_at=datetime.fromisoformat(found["sent"]) if found["sent"] else None,
        sent_offset=found["sent_offset"],
        subject=found["subject"],
        message_id=found["message_id"],
        text=found["text"],
        attachments=tuple(Attached(**each) for each in found["attachments"]),
        attachment_count=int(found["attachment_count"]),
        findings=tuple(each for each in found["findings"] if each in FINDINGS),
        addressed=tuple(found["addressed"]),
    )
