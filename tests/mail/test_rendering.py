"""How an e-mail looks, and who gets a reply."""

from __future__ import annotations

from pytest_django.fixtures import Settings

from mail.kinds import Asker, MailEntry, Message
from mail.models import Delivery
from mail.rendering import as_email

ADA = Asker("Ada Archer", "Eastmoor CCG", "ada@eastmoor.example")


def message(**more: object) -> Message:
    said = {
        "subject": "Sign version 1.0: with Eastmoor CCG, Working together (MOU-0142)",
        "heading": "Sign version 1.0",
        "about": ("MoU with Eastmoor CCG", "Working together (MOU-0142)"),
        "paragraphs": ("Version 1.0 awaits your signature.",),
        "why": "you were asked to sign.",
        "button_text": "Read and sign",
        "button_url": "http://127.0.0.1:8000/agreements/MOU-0142/sign/1/",
    }
    return Message(**said | more)  # type: ignore[arg-type]


def sent(said: Message, to: str = "zoe@moors.example") -> tuple[str, str, str]:
    """The headers, the plain text and the HTML."""
    email = as_email(said, Delivery(address=to, message_id="<1@moors.example>"))
    html, _ = email.alternatives[0]
    assert isinstance(html, str)
    return email.message().as_string().partition("\n\n")[0], str(email.body), html


def test_it_begins_with_what_is_to_be_done_and_of_which_agreement() -> None:
    _, text, html = sent(message())
    assert text.startswith(
        "Sign version 1.0\n\nMoU with Eastmoor CCG\nWorking together (MOU-0142)\n\nVersion 1.0 awa"
    )
    assert ">Sign version 1.0</h1>" in html
    assert "MoU with Eastmoor CCG<br>Working together (MOU-0142)</p>" in html


def test_the_button_is_a_cell_that_outlook_draws() -> None:
    _, text, html = sent(message())
    cell = html.partition('bgcolor="#007f3b"')[2].partition("</td>")[0]
    assert 'style="padding: 12px 20px' in cell
    assert ">Read and sign</a>" in cell
    assert "inline-block" not in html
    assert "Read and sign:\nhttp://127.0.0.1:8000/agreements/MOU-0142/sign/1/" in text


def test_a_reply_goes_to_whoever_asks_and_the_e_mail_says_so(settings: Settings) -> None:
    settings.SUPPORT_CONTACT = "help@moors.example"
    headers, text, html = sent(message(asker=ADA))
    assert 'Reply-To: "Ada Archer, Eastmoor CCG" <ada@eastmoor.example>' in headers
    said = "A reply to this e-mail goes to Ada Archer, Eastmoor CCG: ada@eastmoor.example"
    assert said in text
    assert 'href="mailto:ada@eastmoor.example"' in html
    assert "Nobody reads replies" not in text + html
    assert "Questions about the portal: help@moors.example." in text


def test_without_an_asker_nobody_reads_replies() -> None:
    headers, text, html = sent(message())
    assert "Reply-To" not in headers
    assert "Nobody reads replies to this address." in text
    assert "Nobody reads replies to this address." in html


def test_nobody_is_told_to_reply_to_themselves() -> None:
    headers, text, _ = sent(message(asker=ADA), to="Ada@Eastmoor.example")
    assert "Reply-To" not in headers
    assert "A reply to this" not in text


def test_several_things_stand_as_a_list_each_with_its_own_way_in() -> None:
    entries = tuple(MailEntry(f"Thing {n} & more", f"http://127.0.0.1:8000/{n}/") for n in (1, 2))
    _, text, html = sent(message(entries=entries))
    assert "- Thing 1 & more\n  http://127.0.0.1:8000/1/" in text
    assert html.count("<li") == 2
    assert "Thing 2 &amp; more" in html
