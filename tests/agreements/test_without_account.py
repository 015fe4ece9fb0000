"""What else a party without anybody here does: on paper, chased, told, with several links."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client

from agreements.contacts.services.newcomers import Newcomer
from agreements.models import Agreement, Signature, SignatureRequest
from agreements.reviews.services import Outcome, record_review
from agreements.signing.by_link import request_of_link
from agreements.signing.checking import SignedCopy
from agreements.signing.services.asking_by_link import ask_by_link_instead
from agreements.signing.services.by_link import name_contact_by_link
from agreements.signing.services.paper import confirm_paper, record_paper
from house import clock
from house.refusals import NotYours, Refused
from mail.links.codes import ask_code
from mail.links.sending import url_of
from mail.links.tokens import code_for, token_for
from mail.models import LinkCode
from tests.agreements.reviewed import days_told, on
from tests.cast import Cast, acting
from tests.conftest import ClientOf, Mailbox
from tests.pdf import a_pdf
from tests.stages import ask, give
from tests.without_account import (
    ADDRESS,
    NAME,
    ask_for_code,
    asked_by_link,
    checked,
    code_in,
    filled_in,
    link_in,
    sent_link,
    sent_to_practice,
    signs,
)
from web.links import LIMITS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_but_agreements")]
LEAD = "lead@beckside.example"


def _named(request: SignatureRequest) -> None:
    newcomer = Newcomer("Lena Lead", LEAD, "Practice nurse", shares=True)
    name_contact_by_link(link=sent_link(request), request=request, role="lead", newcomer=newcomer)


def _in_force(cast: Cast, client: Client, mailbox: Mailbox) -> Agreement:
    version = sent_to_practice(cast)
    request = asked_by_link(cast, version)
    _named(request_of_link(sent_link(request)))
    give(cast.signatory, ask(cast.manager, version, cast.signatory))
    assert "You have signed" in signs(client, mailbox, version)
    return Agreement.objects.get(pk=version.agreement_id)


def test_the_sender_records_its_signature_on_paper_and_a_colleague_confirms(cast: Cast) -> None:
    request = asked_by_link(cast)
    with pytest.raises(NotYours):
        record_paper(
            by=acting(cast.stranger), request=request, scan=a_pdf(), signed_by=NAME,
            signed_on=clock.today(),
        )  # fmt: skip
    paper = record_paper(
        by=acting(cast.manager), request=request, scan=a_pdf(), signed_by=NAME,
        signed_on=clock.today(),
    )  # fmt: skip
    with pytest.raises(Refused, match="You recorded this scan"):
        confirm_paper(by=acting(cast.manager), paper=paper)
    confirm_paper(by=acting(cast.colleague), paper=paper)
    assert Signature.objects.get().method == "paper"


def test_the_page_of_the_sender_leads_to_all_of_it(cast: Cast, client_of: ClientOf) -> None:
    request = asked_by_link(cast)
    version = request.version
    path = f"/agreements/{version.agreement.reference}/versions/{version.seq}/"
    page = client_of(cast.manager).get(path).content.decode()
    for said in (
        "Ask somebody without an account to sign for Beckside Surgery",
        f"Send the link of {NAME} again, or take it back",
        f"Record the signature of {NAME} on paper",
    ):
        assert said in page
    asked = client_of(cast.manager).post(
        f"/agreements/{version.agreement.reference}/sign/{request.pk}/link/", {"what": "back"},
        follow=True,
    )  # fmt: skip
    assert "The link no longer works." in asked.content.decode()


def test_the_sender_asks_by_the_page(cast: Cast, client_of: ClientOf, mailbox: Mailbox) -> None:
    version = sent_to_practice(cast)
    party = version.agreement.parties.get(slot="practice")
    path = f"/agreements/{version.agreement.reference}/versions/{version.seq}/"
    client = client_of(cast.manager)
    nobody = client.get(f"{path}signature/{party.pk}/by-link/").content.decode()
    assert "Nobody has looked through an address of Beckside Surgery yet." in nobody
    address = checked(cast)
    sent = {"slot": "practice_signs", "address": str(address.pk)}
    done = client.post(f"{path}signature/{party.pk}/by-link/", sent, follow=True).content.decode()
    assert f"{NAME} is asked to sign version 0.1." in done
    assert "We sent a link to s…@beckside.example. Nobody here sees it." in done
    assert link_in(mailbox)


def test_she_is_reminded_with_the_same_link_then_the_sender_is_told(
    cast: Cast, mailbox: Mailbox
) -> None:
    with on(clock.today()):
        request, since = asked_by_link(cast), clock.today()
        first = link_in(mailbox)
    days = [(day - since).days for day in days_told(since, since + timedelta(days=40))]
    assert len(days) >= 4
    reminders = [mail for mail in mailbox.to(ADDRESS) if "awaited since" in mail.subject]
    assert reminders
    assert {first in str(mail.body) for mail in reminders} == {True}
    assert "Ask somebody else" in str(mailbox.to(cast.manager.email)[-1].body)
    assert request.person.name == NAME


def test_two_who_share_a_mailbox_have_a_link_each_and_sign_by_their_own_name(
    cast: Cast, client: Client, mailbox: Mailbox
) -> None:
    request = asked_by_link(cast)
    first = link_in(mailbox)
    partner = checked(cast, "Paul Partner")
    ask_by_link_instead(by=acting(cast.manager), request=request, address=partner)
    second = link_in(mailbox)
    assert first != second
    assert "For Paul Partner" in str(mailbox.to(ADDRESS)[-1].body)
    page = signs(client, mailbox, request.version)
    assert "We sent this to Paul Partner. Type your own name." in page
    assert "You have signed" in signs(client, mailbox, request.version, typed_name="P Partner")


def test_the_public_page_says_in_words_how_it_was_signed(
    cast: Cast, client: Client, mailbox: Mailbox
) -> None:
    version = _in_force(cast, client, mailbox).in_force_version
    assert version
    said = SignedCopy(version.seal).signers
    assert (
        f"{NAME}, Director, for Beckside Surgery, signed by a link and a code that were" in said[1]
    )
    assert ADDRESS not in str(said)


def test_the_practice_is_told_through_its_lead_who_can_answer(
    cast: Cast, client: Client, mailbox: Mailbox
) -> None:
    """It has no MoU manager, no member and no administrator: e-mail is all it has."""
    agreement = _in_force(cast, client, mailbox)
    today = clock.today()
    record_review(
        by=acting(cast.manager), agreement=agreement, number=1,
        said=Outcome(today, "continue", today + timedelta(days=300)),
    )  # fmt: skip
    assert "confirm the record of the review" in mailbox.to(LEAD)[-1].subject.lower()
    page = client.get(link_in(mailbox, LEAD)).content.decode()
    assert "Is the record of the review right?" in page


def test_after_a_change_of_the_portals_key_links_that_were_sent_work(
    cast: Cast, settings: LazySettings, client: Client, mailbox: Mailbox
) -> None:
    request = asked_by_link(cast)
    path, former = link_in(mailbox), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 9, [former]
    assert client.get(path).status_code == 200
    assert url_of(sent_link(request)).endswith(path)
    # Of a key that nobody knows any more the next e-mail has a link that works.
    settings.SECRET_KEY_FALLBACKS = []
    anew = urlsplit(url_of(sent_link(request))).path
    assert anew != path
    assert [client.get(each).status_code for each in (path, anew)] == [404, 200]


def test_a_code_needs_the_portals_key_and_the_link_its_row(cast: Cast) -> None:
    """Two links of one address, and two codes of one link, have nothing in common."""
    link = sent_link(asked_by_link(cast))
    ask_code(link)
    ask_code(link)
    one, two = LinkCode.objects.all()
    assert code_for(one) != code_for(two) or one.code_sha256 != two.code_sha256
    before = token_for(link)
    link.generation += 1
    assert token_for(link) != before


def test_a_code_for_one_link_is_none_for_another_of_the_same_person(
    cast: Cast, client: Client, mailbox: Mailbox
) -> None:
    """Two MoUs, each open in a tab."""
    first = asked_by_link(cast, sent_to_practice(cast))
    second = asked_by_link(cast, sent_to_practice(cast, word="the dales", key="second"))
    one, two = (urlsplit(url_of(sent_link(each))).path for each in (first, second))
    ask_for_code(client, one)
    code = code_in(mailbox)
    ask_for_code(client, two)
    page = client.post(two, filled_in(second.version, code)).content.decode()
    assert "This is not the code." in page
    done = client.post(one, filled_in(first.version, code), follow=True).content.decode()
    assert "You have signed" in done
    assert Signature.objects.get().request == first


def test_a_mailbox_is_not_filled_by_the_links_that_it_has(
    cast: Cast, client: Client, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many links there are: by address too."""
    cache.clear()
    monkeypatch.setitem(LIMITS, "address", "2/h/key")
    first = asked_by_link(cast, sent_to_practice(cast))
    second = asked_by_link(cast, sent_to_practice(cast, word="the dales", key="second"))
    one, two = (urlsplit(url_of(sent_link(each))).path for each in (first, second))
    for path in (one, two):
        assert "We sent a code" in ask_for_code(client, path)
    assert "Too many codes were asked for." in ask_for_code(client, two)
    cache.clear()
