"""Saved e-mails that people bring: what they say, and what is odd about them (X12)."""

from __future__ import annotations

import resource
import struct
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.email_rules import answer
from documents.email_text import from_html
from documents.emails import FINDINGS, LIMITS, SENTENCES, attached_to, email_from, read_saved
from documents.limited import run
from house.refusals import Refused
from tests.emails import SENT, TEXT, compound, eml, msg
from tests.pdf import a_pdf

ZONE = timezone(timedelta(hours=2))


def found(file: bytes) -> set[str]:
    facts, _ = answer({}, [file])
    assert set(facts["findings"]) <= FINDINGS.keys()
    return set(facts["findings"])


def refused(file: bytes) -> str:
    return str(answer({}, [file])[0]["reason"])


def test_who_wrote_what_to_whom_and_when_in_both_formats() -> None:
    for name, file in (("one.eml", eml(files={"plan.pdf": a_pdf()})),
                       ("two.MSG", msg(files={"plan.pdf": a_pdf()}))):  # fmt: skip
        read = email_from(SimpleUploadedFile(name, file))
        assert (read.sender_name, read.subject) == ("Petra Partner", "Opening hours")
        assert read.sender_address == "petra.partner@eastmoor-ccg.example"
        assert "maya.manager@area-team.example" in read.recipients[0]
        assert (read.sent_at, read.text, read.data) == (SENT, TEXT, file)
        assert read.message_id.endswith("@eastmoor-ccg.example>")
        assert [each.name for each in read.attachments] == ["plan.pdf"]
        assert read.attachments[0].size == len(a_pdf())


def test_the_zone_that_it_names_is_kept() -> None:
    read = read_saved(eml(sent=SENT.astimezone(ZONE)))
    assert (read.sent_at, read.sent_offset) == (SENT, 120)
    headers = "Date: Tue, 4 Mar 2014 16:30:00 +0200\r\nReceived: ; 4 Mar 2014 14:30 +0000\r\n\r\n"
    of_outlook = read_saved(msg(headers=headers))
    assert (of_outlook.sent_at, of_outlook.sent_offset) == (SENT, 120)
    assert "no_zone" in read_saved(msg()).findings


@pytest.mark.parametrize(
    ("file", "key"),
    [
        (eml(subject="Fwd: Opening hours"), "forwarded_subject"),
        (eml(subject="FW: Opening hours"), "forwarded_subject"),
        (eml(text="---------- Forwarded message ---------\nFrom: A"), "forwarded_text"),
        (eml(text="From: A <a@b.example>\nSent: Monday\nTo: B\nSubject: C\n\nHello"),
         "forwarded_text"),
        (eml(received=False), "not_delivered"),
        (eml(sent=None), "no_date"),
        (eml().replace(b"Date: Tue", b"Date: Xyz 99 or so; Tue"), "date_unreadable"),
        (eml().replace(b"+0000", b"-0000"), "no_zone"),
        (eml(sender="A <a@b.example>, C <c@d.example>"), "senders"),
        (b"From: x@y.example\r\n" + eml(), "senders"),
        (eml(sender='"maya.manager@area-team.example" <x@y.example>'), "sender_named_otherwise"),
        (eml(number=""), "no_number"),
        (eml(to=", ".join(f"p{n}@b.example" for n in range(130))), "recipients_cut"),
        (eml(subject="x" * 10_000), "subject_cut"),
        (eml(text="word " * 30_000), "text_cut"),
        (eml(text=""), "no_text"),
        (eml(text=None, html="<p>Hello</p>"), "from_html"),
        (eml(text="caf\xe9").replace(b"utf-8", b"utf-99"), "letters"),
        (eml(files={"winmail.dat": b"x\x9f>\""}), "packed"),
        (eml(files={"a.pdf": a_pdf()})[:-60], "torn"),
        (msg(message_class="IPM.Note.SMIME"), "encrypted"),
        (msg(message_class="IPM.Note.SMIME.MultipartSigned"), "signed"),
        (msg(text="", more=[(0x1009, 0x0102, b"LZFu")]), "packed_text"),
    ],
)  # fmt: skip
def test_what_is_odd_is_named(file: bytes, key: str) -> None:
    assert key in found(file)
    assert key not in found(eml())


def test_a_clock_that_is_behind_the_servers_is_no_wonder_one_ahead_is() -> None:
    late = eml(sent=SENT + timedelta(hours=3), received=False)
    received = b"Received: from a by b; Tue, 4 Mar 2014 14:30:00 +0000\r\n"
    assert "after_received" in found(received + late)
    assert found(received + eml(sent=SENT - timedelta(days=2), received=False)) == set()


@pytest.mark.parametrize("kind", ["application/pkcs7-mime", "application/x-pkcs7-mime"])
def test_an_encrypted_e_mail_is_said_to_be_one(kind: str) -> None:
    head = b"From: a@b.example\r\nDate: Tue, 4 Mar 2014 14:30:00 +0000\r\n"
    sealed = head + f"Content-Type: {kind}; name=smime.p7m\r\n\r\nMII=".encode()
    assert {"encrypted", "no_text"} <= found(sealed)
    signed = sealed.replace(b"name=", b"smime-type=signed-data; name=")
    assert "signed_closed" in found(signed)


def test_an_e_mail_inside_is_an_attachment_and_its_words_are_not_taken_for_those_outside() -> None:
    inside = eml(subject="A secret deal", text="We give in.").decode()
    outside = (
        'From: a@b.example\r\nDate: Tue, 4 Mar 2014 14:30:00 +0000\r\nMIME-Version: 1.0\r\n'
        'Content-Type: multipart/mixed; boundary=xx\r\n\r\n--xx\r\nContent-Type: text/plain\r\n\r\n'
        f'See below.\r\n--xx\r\nContent-Type: message/rfc822\r\n\r\n{inside}\r\n--xx--\r\n'
    ).encode()  # fmt: skip
    read = read_saved(outside)
    assert (read.text, read.subject) == ("See below.", "")
    assert [(each.name, each.size) for each in read.attachments] == [("A secret deal", None)]
    assert "forwarded_inside" in read.findings
    assert refused_attachment(outside, 0) == SENTENCES["gone"]


def refused_attachment(file: bytes, number: int, name: str = "a.pdf") -> str:
    with pytest.raises(Refused) as caught:
        attached_to(file, number, name)
    return caught.value.sentence


def test_an_attachment_is_opened_as_uploads_are() -> None:
    hostile = a_pdf().replace(b"/Catalog", b"/Catalog /OpenAction << /S /JavaScript /JS (x) >>")
    files = {"plan.pdf": a_pdf(), "evil.pdf": hostile, "run.exe": b"MZ\x90"}
    for file in (eml(files=files), msg(files=files)):
        assert attached_to(file, 0, "plan.pdf") == (a_pdf(), "application/pdf")
        assert "does something when it is opened" in refused_attachment(file, 1) or (
            "program" in refused_attachment(file, 1)
        )
        assert "stays in the e-mail" in refused_attachment(file, 2, "run.exe")
        assert refused_attachment(file, 3) == SENTENCES["gone"]


def test_a_page_is_read_without_what_it_would_do() -> None:
    page = (
        "<html><head><title>no</title><style>p{}</style></head><body onload=x()><p>One &amp; "
        "<b>two</b></p><script>three()</script><div>four<br>five</div>"
        '<a href="https://a.example/paper">the paper</a> <a href="javascript:x()">six</a>'
    )
    lines = [line for line in from_html(page).splitlines() if line]
    assert lines == ["One & two", "four", "five", "the paper [https://a.example/paper] six"]


def test_hidden_signs_and_line_breaks_do_not_reach_the_record() -> None:
    bad = "=?utf-8?q?Hours=00=E2=80=AEgnp=0D=0ABcc=3A_x=40y=2Eexample?="
    file = eml(text="a\x00b\u202ec").replace(b"Opening hours", bad.encode())
    for read in (read_saved(file), read_saved(msg(subject="Hours\x00\u202egnp", text="a\x00b"))):
        assert read.subject.startswith("Hoursgnp")
        assert not {"\x00", "\u202e", "\r", "\n"} & set(read.subject + read.sender_name)
        assert read.text.startswith("ab")


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (b"PK\x03\x04" + b"word/vbaProject.bin" * 50, "kind"),
        (a_pdf(), "kind"),
        (b"Dear all,\nthis is: a letter\n\nYours", "kind"),
        (b"\0" * 5_000, "kind"),
        (compound({"WordDocument": b"x" * 5_000}), "kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 4_000, "damaged"),
        (msg()[:900], "damaged"),
        (b"From: a@b.example\r\nDate: x\r\n" + b"X-A: b\r\n" * 30_000 + b"\r\n", "headers"),
        (eml() + b"Content-Type: multipart/mixed; boundary=a\r\n" * 200, "deep"),
    ],
)
def test_what_is_no_e_mail_or_was_made_to_harm_gets_a_sentence(file: bytes, reason: str) -> None:
    assert refused(file) == reason
    assert SENTENCES[reason].endswith(".")


def test_a_file_of_outlook_that_is_far_larger_than_its_file_is_not_unpacked() -> None:
    bomb = compound({"__properties_version1.0": b"\0" * 32, "big": b"x" * 1_000_000}, alike=100)
    assert len(bomb) < 1_100_000
    assert refused(bomb) == "bomb"


def test_of_very_many_attachments_the_first_are_named_and_all_are_counted() -> None:
    read = read_saved(eml(files={f"{number}.txt": b"x" for number in range(205)}))
    assert (len(read.attachments), read.attachment_count) == (200, 205)


def nested(levels: int) -> bytes:
    head = b"From: a@b.example\nDate: Tue, 4 Mar 2014 14:30:00 +0000\n"
    parts = [b"Content-Type: message/rfc822\n\n" + head for _ in range(levels)]
    return head + b"".join(parts) + b"\nend"


HEAD = b"From: a@b.example\r\nDate: Tue, 4 Mar 2014 14:30:00 +0000\r\n"
PAGE = HEAD + b"Content-Type: text/html\r\n\r\n"
LARGE = {
    "attachment": lambda: eml(files={"a.pdf": b"%PDF-1.4 " + bytes(14_000_000)}),
    "line": lambda: HEAD + b"\r\n" + b"x" * 19_000_000,
    "lines": lambda: HEAD + b"\r\n" + b"\n" * 19_000_000,
    "recipients": lambda: HEAD + b"To: " + b"a@b.example," * 15_000 + b"\r\n\r\n",
    "brackets": lambda: HEAD + b"To: " + b"(<" * 100_000 + b"\r\n\r\n",
    "subject": lambda: HEAD + b"Subject: " + b"=?utf-8?q?" * 20_000 + b"\r\n\r\n",
    "html": lambda: PAGE + b"<div>" * 500_000,
    "links": lambda: PAGE + b"<a href='https://x'>" * 400_000,
    "nested": lambda: nested(5_000),
    "msg": lambda: msg(files={"a.pdf": b"%PDF-1.4 " + bytes(6_000_000)}),
}


@pytest.mark.parametrize("kind", LARGE)
def test_none_takes_long_or_much(kind: str) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with suppress(Refused):  # a sentence of its own; anything else fails
        read_saved(LARGE[kind]())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime - before.ru_utime < 2


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=300), st.integers(0, 900), st.sampled_from(["eml", "msg"]))
def test_any_damage_gives_facts_or_a_reason(junk: bytes, at: int, kind: str) -> None:
    whole = eml(files={"a.pdf": b"%PDF"}) if kind == "eml" else msg(files={"a.pdf": b"%PDF"})
    facts, _ = answer({}, [whole[:at] + junk + whole[at + len(junk) :]])
    assert facts["reason"] in {None, *SENTENCES}
    if facts["reason"] is None:
        assert set(facts["findings"]) <= FINDINGS.keys()
        assert len(facts["subject"]) <= 500
        assert "\x00" not in facts["text"]


def test_a_date_of_any_kind_is_read_or_said_to_be_unreadable() -> None:
    for said in ("Tue, 4 Mar 99999 14:30:00 +0000", "0", "Tue, 31 Feb 2014 25:61:00 +9999", ";"):
        file = eml(sent=None).replace(b"Subject:", f"Date: {said}\r\nSubject:".encode())
        assert {"date_unreadable"} <= found(file)
    odd = eml(sent=datetime(2014, 3, 4, 14, 30, tzinfo=UTC)).replace(b"+0000", b"+1400")
    assert read_saved(odd).sent_offset == 840


def test_the_answer_of_the_child_is_plain_data() -> None:
    facts, files = run("email", {}, [struct.pack("<I", 7) + b"x"], LIMITS)
    assert (facts, files) == ({"reason": "kind"}, [])
