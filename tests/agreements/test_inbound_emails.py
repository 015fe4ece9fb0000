"""E-mails that are forwarded to the address of an agreement, from a real IMAP server (X12)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.test import Client
from imap_tools import BaseMailBox

from agreements.emails.inbound import mailbox as reading
from agreements.emails.inbound.addresses import address_for
from agreements.emails.inbound.mailbox import DONE, LEFT, read_mailbox
from agreements.emails.inbound.taking import drop, take_in
from agreements.models import Agreement, Change, InboundEmail, SavedEmail
from house import clock
from house.refusals import NotNow, NotYours, Refused
from mou_portal.inbound import Mailbox, inbound_mailbox
from tests import imap
from tests.agreements.emailed import agreement_of, notice_of
from tests.cast import Cast, acting
from tests.conftest import ClientOf
from tests.conftest import Mailbox as Sent
from tests.emails import eml
from tests.once import made_once
from tests.reading import words_at, words_of

pytestmark = pytest.mark.django_db
made, cast = made_once(notice_of)
STRANGER = "Nemo <nemo@elsewhere.example>"


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    return agreement_of(cast)


@pytest.fixture
def notice(cast: Cast) -> Change:
    return notice_of(cast)


@pytest.fixture
def configured(settings: Any) -> Mailbox:
    """A mailbox that is not asked: what comes is handed in by the test."""
    url = "imaps://mou:pass%40word@mail.example:993/INBOX"
    found = inbound_mailbox({"INBOUND_IMAP_URL": url, "INBOUND_ADDRESS": imap.ADDRESS})
    settings.INBOUND_MAILBOX = found
    assert found
    return found


@pytest.fixture
def server(settings: Any) -> Iterator[Mailbox]:
    with imap.server() as found:
        settings.INBOUND_MAILBOX = found
        yield found


def from_ccg(cast: Cast, to: Agreement, **more: Any) -> bytes:
    """What Eastmoor CCG's colleague forwards to its own address."""
    at = address_for(to, cast.ccg.pk)
    return eml(sender=f"Oscar Othersby <{cast.other_colleague.email}>", to=at, **more)


def from_stranger(cast: Cast, to: Agreement, **more: Any) -> bytes:
    return eml(sender=STRANGER, to=address_for(to, cast.ccg.pk), **more)


@imap.needs_dovecot
def test_what_somebody_known_forwards_is_on_record_once_and_the_others_are_told(
    cast: Cast,
    client_of: ClientOf,
    server: Mailbox,
    agreement: Agreement,
    mailbox: Sent,
) -> None:
    imap.deliver(server, from_ccg(cast, agreement, subject="Fwd: Opening hours"),
                 eml(subject="Buy now"))  # fmt: skip
    call_command("read_mailbox")
    assert imap.lying_in(server) == {"INBOX": 0, DONE: 1, LEFT: 1}
    saved = SavedEmail.objects.get()
    assert (saved.put_for, saved.by_mail) == (cast.ccg, cast.other_colleague.email)
    page = words_at(client_of(cast.viewer), f"/emails/{saved.public_id}/")
    assert f"It came from {cast.other_colleague.email} to the address of Eastmoor CCG" in page
    assert "it is a forwarded copy" in page
    at = f"/agreements/{agreement.reference}/emails/"
    assert "Fwd: Opening hours" in words_at(client_of(cast.viewer), at)
    assert any("put on record" in m.subject for m in mailbox.to(cast.manager.email))
    imap.deliver(server, from_ccg(cast, agreement, subject="Fwd: Opening hours"))
    assert read_mailbox() == {"known": 1}
    assert SavedEmail.objects.count() == 1


@imap.needs_dovecot
def test_who_is_killed_between_the_record_and_the_folder_makes_none_twice(
    cast: Cast,
    server: Mailbox,
    agreement: Agreement,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    imap.deliver(server, from_ccg(cast, agreement), from_stranger(cast, agreement))
    with monkeypatch.context() as patched:
        patched.setattr(BaseMailBox, "move", _killed)
        with pytest.raises(OSError, match="killed"):
            read_mailbox()
    assert imap.lying_in(server)["INBOX"] == 2
    assert SavedEmail.objects.count() == 1
    assert read_mailbox() == {"known": 1, "held": 1}
    assert (SavedEmail.objects.count(), InboundEmail.objects.count()) == (1, 2)


def _killed(*_: Any) -> None:
    raise OSError("killed")


@imap.needs_dovecot
def test_one_that_cannot_be_taken_in_stays_and_the_others_do_not_wait(
    cast: Cast,
    server: Mailbox,
    agreement: Agreement,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    imap.deliver(server, eml(subject="broken"), from_ccg(cast, agreement))
    taken = take_in

    def faulty(raw: bytes) -> str:
        if b"broken" in raw:
            raise NotNow("busy")
        return taken(raw)

    with monkeypatch.context() as patched:
        patched.setattr(reading, "take_in", faulty)
        assert read_mailbox() == {"left": 1, "taken": 1}
    assert imap.lying_in(server) == {"INBOX": 1, DONE: 1, LEFT: 0}
    assert read_mailbox() == {"nobody's": 1}


def test_a_server_that_does_not_answer_is_noted_and_harms_nothing(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    url = {"INBOUND_IMAP_URL": "imap://a:b@127.0.0.1:9/INBOX", "INBOUND_ADDRESS": imap.ADDRESS}
    settings.INBOUND_MAILBOX = inbound_mailbox(url)
    reading.look()
    assert "the mailbox for e-mails could not be read" in caplog.text
    settings.INBOUND_MAILBOX = None
    assert read_mailbox() == {}
    with pytest.raises(CommandError, match="No mailbox is configured"):
        call_command("read_mailbox")


def test_an_unknown_sender_waits_for_the_manager_who_puts_it_where_it_belongs(
    cast: Cast,
    client_of: ClientOf,
    configured: Mailbox,
    notice: Change,
    mailbox: Sent,
) -> None:
    agreement = notice.agreement
    assert take_in(from_stranger(cast, agreement, subject="heron-5590")) == "held"
    assert not SavedEmail.objects.exists()
    [told] = [m for m in mailbox.to(cast.other_manager.email) if "held" in m.subject]
    assert "heron" not in told.subject + str(told.body)
    manager = client_of(cast.other_manager)
    assert "an e-mail that came from an unknown sender" in words_at(manager, "/")
    at = f"/emails/held/{InboundEmail.objects.get().public_id}/"
    assert "heron-5590" in words_at(manager, "/emails/held/")
    assert "We will change the opening hours" in words_at(manager, at)
    for who, code in ((cast.manager, 404), (cast.other_viewer, 403), (cast.stranger, 404)):
        assert client_of(who).get(at).status_code == code
    assert "heron" not in words_at(client_of(cast.manager), "/emails/held/")
    lacking = manager.post(at, {"what": "take"})
    assert "Choose what it is about" in words_of(lacking)
    manager.post(at, {"what": "take", "where": f"change:{notice.pk}"})
    saved = SavedEmail.objects.get()
    assert (saved.kind, saved.thing, saved.put_by) == ("change", notice.pk, cast.other_manager)
    assert manager.get(at).status_code == 302
    assert "No e-mail waits." in words_at(manager, "/emails/held/")


def test_one_that_is_not_taken_is_opened_by_nobody_and_does_not_come_again(
    cast: Cast,
    configured: Mailbox,
    agreement: Agreement,
) -> None:
    take_in(from_stranger(cast, agreement))
    inbound = InboundEmail.objects.get()
    with pytest.raises(NotYours):
        drop(by=acting(cast.other_colleague), inbound=inbound)
    drop(by=acting(cast.other_manager), inbound=inbound)
    assert (inbound.state, inbound.file, inbound.text) == ("dropped", None, "")
    with pytest.raises(Refused):
        drop(by=acting(cast.other_manager), inbound=inbound)
    assert take_in(from_stranger(cast, agreement)) == "known"


@pytest.mark.parametrize("subject", ["About {}", "RE: [{}] hours"])
def test_a_reference_in_the_subject_alone_is_no_proof(
    cast: Cast,
    configured: Mailbox,
    agreement: Agreement,
    subject: str,
) -> None:
    named = subject.format(agreement.reference)
    ours = eml(sender=cast.manager.email, to=imap.ADDRESS, subject=named)
    assert take_in(ours) == "held"
    assert InboundEmail.objects.get().organisation == cast.area_team
    assert take_in(eml(sender=STRANGER, to=imap.ADDRESS, subject=named)) == "nobody's"


def test_an_address_is_its_partys_own_and_a_guessed_one_is_nobodys(
    cast: Cast,
    client_of: ClientOf,
    configured: Mailbox,
    agreement: Agreement,
) -> None:
    ours, theirs = (address_for(agreement, each.pk) for each in (cast.area_team, cast.ccg))
    at = f"/agreements/{agreement.reference}/emails/"
    page = words_at(client_of(cast.colleague), at)
    assert ours in page
    assert theirs not in page
    assert ours not in words_at(client_of(cast.viewer), at)
    guessed = ours[: ours.index("@") - 3] + "aaa" + ours[ours.index("@") :]
    assert take_in(eml(sender=cast.manager.email, to=guessed)) == "nobody's"
    upper = eml(sender=cast.manager.email.upper(), to=ours.upper())
    assert take_in(upper) == "taken"
    # Of a sender that the other party knows nobody takes it for ours.
    assert take_in(eml(sender=cast.manager.email, to=theirs)) == "held"


def test_for_an_mou_that_was_disposed_of_nothing_is_taken(
    cast: Cast, client_of: ClientOf, configured: Mailbox, agreement: Agreement
) -> None:
    assert take_in(from_stranger(cast, agreement)) == "held"
    held = f"/emails/held/{InboundEmail.objects.get().public_id}/"
    agreement.state = "disposed_of"
    agreement.save()
    assert take_in(from_ccg(cast, agreement)) == "nobody's"
    client = client_of(cast.other_manager)
    assert client.get(held).headers["Location"] == f"/agreements/{agreement.reference}/"
    assert agreement.reference not in words_at(client, "/emails/held/")


def test_two_senders_in_one_e_mail_are_not_believed_to_be_the_known_one(
    cast: Cast,
    configured: Mailbox,
    agreement: Agreement,
) -> None:
    both = f"{cast.other_colleague.email}, nemo@elsewhere.example"
    assert take_in(eml(sender=both, to=address_for(agreement, cast.ccg.pk))) == "held"


def test_what_came_to_the_agreement_as_such_is_put_where_it_belongs(
    cast: Cast,
    client_of: ClientOf,
    configured: Mailbox,
    notice: Change,
) -> None:
    with clock.at(datetime(2014, 3, 6, 9, tzinfo=UTC)):
        take_in(from_ccg(cast, notice.agreement, subject="Our notice"))
        saved = SavedEmail.objects.get()
        at = f"/emails/{saved.public_id}/move/"
        assert client_of(cast.colleague).get(at).status_code == 403
        _moved(client_of(cast.other_colleague), at, notice)
    page = f"/agreements/{notice.agreement.reference}/changes/{notice.pk}/"
    assert "Our notice" in words_at(client_of(cast.viewer), page)


def _moved(client: Client, at: str, notice: Change) -> None:
    gone = client.post(at, {"where": "change:999999"})
    assert "Select one" in words_of(gone) or "Choose" in words_of(gone)
    assert client.post(at, {"where": f"change:{notice.pk}"}).status_code == 302
    assert client.get(at).status_code == 302


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("imaps://a:b@mail.example/INBOX", ""),
        ("", "mou@portal.example"),
        ("imap://a:b@mail.example/INBOX", "mou@portal.example"),
        ("imaps://mail.example/INBOX", "mou@portal.example"),
        ("https://a:b@mail.example", "mou@portal.example"),
        ("imaps://a:b@mail.example:x/INBOX", "mou@portal.example"),
        ("imaps://a:b@mail.example/INBOX", "mou"),
        ("imaps://a:b@mail.example/INBOX", "mou+x@portal.example"),
    ],
)
def test_an_unfit_setting_stops_the_start_with_a_sentence(url: str, address: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="INBOUND"):
        inbound_mailbox({"INBOUND_IMAP_URL": url, "INBOUND_ADDRESS": address})
    assert inbound_mailbox({}) is None
