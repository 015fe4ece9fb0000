"""A link to sign by, and its code: forwarded, guessed, old, used twice, sent again, taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from agreements.models import Signature, SignatureRequest, Version
from agreements.signing.services.asking_by_link import (
    ask_by_link,
    ask_by_link_instead,
    send_again_by_link,
    take_back_link,
)
from agreements.versions.services.versions import recall
from audit.models import Entry
from house import clock
from house.refusals import Refused
from mail.models import Delivery, LinkCode, SentLink
from mail.services import send_again
from parties.services.addresses import end_address
from tests.cast import Cast, acting
from tests.conftest import ClientOf, Mailbox
from tests.once import made_once
from tests.without_account import (
    ADDRESS,
    NAME,
    ask_for_code,
    asked_by_link,
    checked,
    code_in,
    entered,
    filled_in,
    link_in,
    party_of,
    signs,
)

pytestmark = pytest.mark.django_db
made, cast = made_once(asked_by_link)


@pytest.fixture
def asked(cast: Cast) -> SignatureRequest:
    """Of Petra, who manages Beckside Surgery and has no account."""
    return SignatureRequest.objects.get()


@pytest.fixture
def version(asked: SignatureRequest) -> Version:
    return asked.version


@pytest.fixture(autouse=True)
def _no_code_was_sent_yet() -> None:
    cache.clear()


def test_opening_the_link_does_nothing_whoever_opens_it(
    version: Version, client: Client, mailbox: Mailbox
) -> None:
    path = link_in(mailbox)
    before = (LinkCode.objects.count(), Delivery.objects.count(), Entry.objects.count())
    for _ in range(3):
        assert client.get(path, HTTP_SEC_PURPOSE="prefetch").status_code == 200
        assert client.head(path).status_code == 200
        assert client.options(path).status_code == 405
    assert (LinkCode.objects.count(), Delivery.objects.count(), Entry.objects.count()) == before
    assert "You have signed" in signs(client, mailbox, version)


def test_forwarded_it_does_not_sign_because_the_code_goes_to_her_alone(
    version: Version, client: Client, mailbox: Mailbox
) -> None:
    """Whoever got it from her asks for the code, and guesses."""
    ask_for_code(client, link_in(mailbox))
    assert [mail.to for mail in mailbox.all if "The code is" in str(mail.body)] == [[ADDRESS]]
    page = client.post(link_in(mailbox), filled_in(version, "000 000")).content.decode()
    assert "This is not the code. You can try 4 times more." in page
    assert "Petra Practice" in page
    assert not Signature.objects.exists()


def test_after_five_wrong_codes_the_right_one_is_too_late(
    version: Version, client: Client, mailbox: Mailbox
) -> None:
    ask_for_code(client, link_in(mailbox))
    right = code_in(mailbox)
    wrong = "000000" if right != "000 000" else "111111"
    for left in ("4 times", "3 times", "2 times", "once", "too often"):
        page = client.post(link_in(mailbox), filled_in(version, wrong, n=left)).content.decode()
        assert left in page
    page = client.post(link_in(mailbox), filled_in(version, right)).content.decode()
    assert "This code was tried too often. Ask for a new one." in page
    assert not Signature.objects.exists()
    assert "You have signed" in signs(client, mailbox, version)


def test_a_code_that_is_ten_minutes_old_is_too_late(
    version: Version, client: Client, mailbox: Mailbox
) -> None:
    ask_for_code(client, link_in(mailbox))
    code = code_in(mailbox)
    with time_machine.travel(clock.now() + timedelta(minutes=10, seconds=1)):
        page = client.post(link_in(mailbox), filled_in(version, code)).content.decode()
    assert "This code is too old: it worked for ten minutes." in page
    assert not Signature.objects.exists()


def test_a_new_code_ends_the_one_before(version: Version, client: Client, mailbox: Mailbox) -> None:
    ask_for_code(client, link_in(mailbox))
    first = code_in(mailbox)
    ask_for_code(client, link_in(mailbox))
    assert first != code_in(mailbox)
    page = client.post(link_in(mailbox), filled_in(version, first)).content.decode()
    assert "This is not the code." in page


def test_nobody_is_sent_codes_without_end(
    version: Version, client: Client, mailbox: Mailbox
) -> None:
    for _ in range(5):
        assert "We sent a code" in ask_for_code(client, link_in(mailbox))
    assert "Too many codes were asked for." in ask_for_code(client, link_in(mailbox))
    assert LinkCode.objects.count() == 5


def test_codes_and_links_are_kept_as_hashes_alone(
    version: Version, client: Client, mailbox: Mailbox
) -> None:
    ask_for_code(client, link_in(mailbox))
    code, token = code_in(mailbox), link_in(mailbox).strip("/").rpartition("/")[2]
    rows = [*SentLink.objects.values(), *LinkCode.objects.values(), *Delivery.objects.values()]
    kept = str([*rows, *Entry.objects.values("payload")])
    assert token not in kept
    assert code.replace(" ", "") not in kept
    assert code not in kept


def test_used_twice_the_second_time_says_who_signed_when(
    version: Version, client: Client, mailbox: Mailbox
) -> None:
    signs(client, mailbox, version)
    again = client.post(link_in(mailbox), filled_in(version, "123 456")).content.decode()
    assert f"{NAME} signed this at" in again
    assert Signature.objects.count() == 1


def test_two_tabs_sign_once(version: Version, mailbox: Mailbox) -> None:
    """The second tab was opened before the first signed, and has the same code."""
    one, other, path = Client(), Client(), link_in(mailbox)
    ask_for_code(one, path)
    code = code_in(mailbox)
    other.get(path)
    assert (
        "You have signed" in one.post(path, filled_in(version, code), follow=True).content.decode()
    )
    assert "signed this at" in other.post(path, filled_in(version, code)).content.decode()
    assert Signature.objects.count() == 1


def test_a_link_that_is_too_old_says_so(client: Client, mailbox: Mailbox) -> None:
    path = link_in(mailbox)
    with time_machine.travel(clock.now() + timedelta(days=91)):
        answer = client.get(path)
    assert answer.status_code == 404
    assert "It worked for 90 days, and these are over." in answer.content.decode()


def test_the_same_link_is_sent_again_and_another_person_gets_another(
    cast: Cast, asked: SignatureRequest, client: Client, mailbox: Mailbox
) -> None:
    first = link_in(mailbox)
    send_again_by_link(by=acting(cast.manager), request=asked)
    assert link_in(mailbox) == first
    somebody = checked(cast, "Paul Partner", "paul@beckside.example")
    ask_by_link_instead(by=acting(cast.manager), request=asked, address=somebody)
    answer = client.get(first)
    assert answer.status_code == 404
    assert "Somebody else was asked to sign instead" in answer.content.decode()
    assert client.get(link_in(mailbox, "paul@beckside.example")).status_code == 200


def test_asked_once_more_she_has_a_new_link_and_the_old_one_is_dead(
    cast: Cast, asked: SignatureRequest, client: Client, mailbox: Mailbox
) -> None:
    first = link_in(mailbox)
    ask_by_link_instead(by=acting(cast.manager), request=asked, address=checked(cast))
    second = link_in(mailbox)
    assert first != second
    assert (client.get(first).status_code, client.get(second).status_code) == (404, 200)


def test_a_link_that_was_taken_back_says_so_and_sends_no_code(
    cast: Cast, asked: SignatureRequest, client: Client, mailbox: Mailbox
) -> None:
    path = link_in(mailbox)
    take_back_link(by=acting(cast.manager), request=asked)
    answer = client.post(path, {"send_code": "1"})
    assert answer.status_code == 404
    assert "the link was taken back" in answer.content.decode()
    assert not LinkCode.objects.exists()


def test_the_link_of_a_recalled_version_says_why(
    cast: Cast, version: Version, client: Client, mailbox: Mailbox
) -> None:
    path = link_in(mailbox)
    ask_for_code(client, path)
    code = code_in(mailbox)
    recall(by=acting(cast.manager), version=version, because="A clause is missing.")
    page = client.post(path, filled_in(version, code)).content.decode()
    assert "Version 0.1 was recalled: A clause is missing." in page
    assert not Signature.objects.exists()
    assert "recalled" in mailbox.to(ADDRESS)[-1].subject


def test_an_address_that_is_taken_off_the_list_signs_no_more(
    cast: Cast, asked: SignatureRequest, client: Client, mailbox: Mailbox
) -> None:
    path = link_in(mailbox)
    end_address(by=acting(cast.colleague), address=asked.address or checked(cast))
    assert "Nothing is left to sign" in client.get(path).content.decode()


def test_staff_never_see_the_link(
    cast: Cast, asked: SignatureRequest, client_of: ClientOf, mailbox: Mailbox
) -> None:
    token = link_in(mailbox).strip("/").rpartition("/")[2]
    reference = asked.version.agreement.reference
    manager, admin = client_of(cast.manager), client_of(cast.system_administrator)
    pages = [
        *(manager.get(path).content.decode() for path in (
            f"/agreements/{reference}/versions/{asked.version.seq}/",
            f"/agreements/{reference}/sign/{asked.pk}/link/",
            f"/agreements/{reference}/history/", "/account/undelivered/", "/")),
        *(admin.get(path).content.decode() for path in (
            "/admin/mail/delivery/",
            f"/admin/mail/delivery/{Delivery.objects.latest('pk').pk}/change/",
            f"/admin/agreements/signaturerequest/{asked.pk}/change/")),
    ]  # fmt: skip
    assert not [page for page in pages if token in page]


def test_the_e_mail_with_the_link_goes_to_no_other_address(
    cast: Cast, asked: SignatureRequest, mailbox: Mailbox
) -> None:
    """As somebody of the sender could otherwise have it sent to themselves."""
    mail = Delivery.objects.get(kind="sign_by_link")
    Delivery.objects.filter(pk=mail.pk).update(state="failed")
    with pytest.raises(Refused, match=f"a link for {ADDRESS} alone"):
        send_again(
            actor=cast.manager, organisation_id=cast.area_team.pk, delivery=mail,
            address=cast.manager.email,
        )  # fmt: skip


def test_without_a_second_persons_look_no_link_is_sent(cast: Cast) -> None:
    version = SignatureRequest.objects.get().version
    address = entered(cast, "Nora New", "nora@beckside.example")
    with pytest.raises(Refused, match="Nobody has looked through this address yet"):
        ask_by_link(
            by=acting(cast.manager), version=version, party=party_of(version),
            slot="practice_signs", address=address,
        )  # fmt: skip
    assert not SentLink.objects.filter(address="nora@beckside.example").exists()
