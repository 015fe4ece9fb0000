"""Names, titles and addresses that somebody typed to harm: an e-mail stays one e-mail to one."""

from __future__ import annotations

import random
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import getaddresses
from typing import Any

import pytest

from mail import kinds
from mail.kinds import Asker, Message
from mail.models import Delivery
from mail.services import delivery, queue_all
from mail.sweep import send_due
from tests.bad_input import ANY_TEXTS
from tests.mail.sink import Sink
from tests.proof_plugin import Proof

HEADERS = {"subject", "from", "to", "reply-to", "date", "message-id", "auto-submitted",
           "mime-version", "content-type"}  # fmt: skip
ORDINARY = {
    "subject": "Sign version 1.0 (MOU-0142)", "heading": "Sign", "about": "An MoU",
    "to_whom": "Zoë", "asker": "Ada Archer", "organisation": "Eastmoor CCG",
    "reply_to": "ada@eastmoor.example",
}  # fmt: skip
HARM = [
    "\r\nBcc: eve@evil.example", "\nTo: eve@evil.example", "\r\n\r\nA body",
    "\rCc: eve@evil.example",
    " <eve@evil.example>", ", eve@evil.example", "; eve@evil.example", "\x00",
    "\x0bBcc: eve@evil.example",
    "\u2028Bcc: eve@evil.example", "\x85Bcc: eve@evil.example",
    "=?utf-8?q?=0D=0ABcc:_eve@evil.example?=",
    '" <eve@evil.example>, "', "(a comment)", "\\", '"', "group: eve@evil.example;",
    "%0d%0aBcc: eve",
    "@evil.example:", "\r\n.\r\nMAIL FROM:<eve@evil.example>\r\n", "\n.\n", "\ud800", "\u202eeve",
    "eve@evil.example\u00ad", "\r\n Bcc: eve@evil.example", "=?x?b?", "x" * 1000, "\U0001f600" * 90,
]  # fmt: skip
ADDRESSES = ["ada@moors.example", "Ada <ada@moors.example>", "adä@moors.example", "a@mööre.example",
             '"a b"@moors.example', "a@[127.0.0.1]", "ada@moors.example."]  # fmt: skip


@pytest.fixture(autouse=True)
def _hostile_kind(_kinds_of_these_tests: None) -> None:
    @kinds.kind("hostile")
    def compose(said: dict[str, Any]) -> Message:
        return Message(
            subject=said["subject"], heading=said["heading"], paragraphs=("It is due.",),
            why="you asked.", button_text="", button_url="", about=(said["about"],),
            to_whom=said["to_whom"],
            asker=Asker(said["asker"], said["organisation"], said["reply_to"]),
        )  # fmt: skip


def hostile_words(chance: random.Random) -> dict[str, str]:
    """What an e-mail is made of; in one or two of its parts stands what could do harm."""
    said = dict(ORDINARY)
    for part in chance.sample(sorted(said), 2):
        said[part] = with_harm(said[part], chance)
    return said


def with_harm(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    texts = [each for each in ANY_TEXTS if len(each) < 2000]
    return text[:at] + chance.choice(HARM + texts) + text[at:]


def hostile(number: int, chance: random.Random) -> Delivery:
    """As a form or a list might let it through, if every other check had failed."""
    address = chance.choice(ADDRESSES)
    if chance.random() < 0.5:
        address = with_harm(address, chance).replace("\x00", "")[:254]
    said = {part: storable(text) for part, text in hostile_words(chance).items()}
    return delivery(
        kind="hostile", address=storable(address), context=said, dedupe=f"hostile {number}"
    )


def ordinary(number: int) -> Delivery:
    return delivery(
        kind="hostile", address=f"zoe{number}@moors.example", context=dict(ORDINARY),
        dedupe=f"ordinary {number}",
    )  # fmt: skip


def storable(text: str) -> str:
    return text.replace("\x00", "").encode(errors="replace").decode()


@pytest.mark.django_db
@pytest.mark.proof("B7")
def test_words_add_no_header_no_reader_and_hold_up_nothing(sink: Sink, proof: Proof) -> None:
    chance = proof.chance()
    hostile_ones, each_time = proof.size(small=100, full=5000), 500
    wrong: list[str] = []
    for first in range(0, hostile_ones, each_time):
        numbers = range(first, min(first + each_time, hostile_ones))
        # Each tenth is an ordinary one, which may not wait for what goes wrong before it.
        rows = [hostile(number, chance) for number in numbers]
        rows += [ordinary(number) for number in numbers if number % 10 == 0]
        chance.shuffle(rows)
        queue_all(rows, nudge=False)
        try:
            send_due(at_most=len(rows))
        except Exception as problem:
            wrong.append(f"The queue was blocked: {problem!r}")
            Delivery.objects.filter(state="leased").update(state="failed")
    wrong += [each for mail in sink.received for each in what_is_wrong_with(mail)]
    if len(sink.named) != len(sink.received):
        wrong.append(f"{len(sink.named)} readers of {len(sink.received)} e-mails")
    unsent = Delivery.objects.filter(dedupe__startswith="ordinary").exclude(state="sent")
    if unsent:
        wrong.append(f"{len(unsent)} ordinary ones did not go out")
    refused = Delivery.objects.filter(state="failed").count()
    print(*wrong[:30], sep="\n")
    proof.shows(
        f"{hostile_ones:,} e-mails with what could do harm, {refused:,} of them refused: "
        f"{len(wrong)} with a header or a reader more, or that held up others",
        reached=not wrong,
    )


def what_is_wrong_with(mail: EmailMessage) -> Iterator[str]:
    """Headers that nobody wrote, one that is there twice, readers that nobody named."""
    names = [name.lower() for name in mail]
    if len(set(names)) != len(names) or set(names) - HEADERS:
        yield f"headers: {names}"
    for name in ("to", "reply-to"):
        # As it went over the line: to read on would decode what stands encoded in a name.
        said = [value for header, value in mail.raw_items() if header.lower() == name]
        if len(getaddresses(said)) > 1:
            yield f"{name}: {said}"
    body = mail.get_body(("plain",))
    if body is None or "It is due." not in body.get_content():
        yield f"the text is gone: {mail['subject']}"
