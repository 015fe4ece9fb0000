"""Requests that are withdrawn or declined, and signatures that are withdrawn before the last."""

from __future__ import annotations

from collections import Counter

import pytest
from django.core.cache import cache
from django.test import Client

from agreements.models import (
    Happening,
    PaperSignature,
    Signature,
    SignatureRequest,
    Version,
)
from agreements.page.timeline import sentence_of
from agreements.signing.by_link import link_of
from agreements.signing.pages.agreement_document import AgreementDocument
from agreements.signing.services.asking_by_link import ask_by_link
from agreements.signing.services.ending import (
    decline_to_sign,
    take_back_signature,
    withdraw_request,
)
from agreements.signing.services.paper import confirm_paper, record_paper, withdraw_paper
from agreements.signing.signed_copy import as_html
from agreements.versions.services.versions import recall
from deadlines.models import Deadline
from house import clock
from house.refusals import NotYours, Refused
from mou_portal.home_page import HomePage
from tests.agreements.signers import Signers
from tests.cast import PASSWORD, Cast, acting, user
from tests.conftest import ClientOf, Mailbox
from tests.pdf import a_pdf
from tests.stages import ask, asked, give
from tests.without_account import (
    ADDRESS,
    NAME,
    ask_for_code,
    asked_by_link,
    code_in,
    link_in,
    party_of,
    signs,
)

pytestmark = pytest.mark.django_db
WHY = "The board met and wants another look."


@pytest.fixture(autouse=True)
def _no_code_was_sent_yet() -> None:
    cache.clear()


def url_of(request: SignatureRequest, path: str = "") -> str:
    return f"/agreements/{request.version.agreement.reference}/sign/{request.pk}/{path}"


def open_deadlines(kind: str) -> int:
    return Deadline.objects.still_open().filter(kind=kind).count()


def state_of(request: SignatureRequest) -> str:
    return SignatureRequest.objects.get(pk=request.pk).state


def test_a_manager_withdraws_a_request_and_asks_again(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    ours, _ = asked(cast)
    client, page = client_of(cast.manager), f"/agreements/{ours.version.agreement.reference}/"
    shown = client.get(f"{page}versions/1/").content.decode()
    assert "Change or withdraw what Sid Signatory is asked" in shown
    assert "Withdraw the request to Sid Signatory" in client.get(url_of(ours, "asked/")).text
    done = client.post(url_of(ours, "withdraw/"), {"because": WHY}, follow=True).text
    assert "Sid Signatory is not asked any more." in done
    assert "Sid Signatory was asked to sign for Northern Moors Area Team. That was" in done
    assert WHY in done
    assert open_deadlines("signature_awaited") == 1  # of the other party
    assert open_deadlines("signature_to_ask") == 1
    for address in (cast.signatory.email, cast.other_manager.email):
        assert WHY not in mailbox.to(address)[-1].body
    assert "not asked of you any more" in mailbox.to(cast.signatory.email)[-1].subject
    assert "not asked for any more" in mailbox.to(cast.other_manager.email)[-1].subject
    assert not HomePage(acting(cast.signatory)).mine
    refused = client_of(cast.signatory).post(
        url_of(ours), {"sha256": ours.version.sha256, "typed_name": "Sid Signatory",
                       "agree": "on", "password": PASSWORD}
    )  # fmt: skip
    assert "not asked for any more now" in refused.text
    again = ask(cast.manager, ours.version, cast.signatory)
    give(cast.signatory, again)
    assert (state_of(ours), state_of(again)) == ("withdrawn", "signed")


def test_a_withdrawn_link_and_its_code_end(cast: Cast, client: Client, mailbox: Mailbox) -> None:
    request = asked_by_link(cast)
    path = link_in(mailbox)
    ask_for_code(client, path)
    withdraw_request(by=acting(cast.manager), request=request, because=WHY)
    answer = client.post(path, {"code": "000000"})
    assert answer.status_code == 404
    assert "Nothing is asked of you" in answer.text
    [*_, told] = mailbox.to(ADDRESS)
    assert "not asked of you any more" in told.subject
    assert "/link/" not in told.body
    assert "/agreements/" not in told.body
    assert request.address
    anew = ask_by_link(
        by=acting(cast.manager), version=Version.objects.get(pk=request.version_id),
        party=party_of(request.version), slot="practice_signs", address=request.address,
    )  # fmt: skip
    assert anew.pk != request.pk
    assert client.get(link_in(mailbox)).status_code == 200


def test_a_signature_that_is_given_is_no_request_any_more(cast: Cast) -> None:
    ours, _ = asked(cast)
    give(cast.signatory, ours)
    with pytest.raises(Refused, match="not asked for any more, so nothing was changed"):
        withdraw_request(by=acting(cast.manager), request=ours, because=WHY)


def test_who_is_asked_declines_with_a_reason(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    ours, _ = asked(cast)
    client = client_of(cast.signatory)
    assert "Decline to sign, and say why" in client.get(url_of(ours)).text
    done = client.post(url_of(ours, "decline/"), {"because": WHY}, follow=True).text
    assert "You declined to sign version 0.1." in done
    assert f"Declined: “{WHY}”" in client_of(cast.viewer).get(
        f"/agreements/{ours.version.agreement.reference}/versions/1/"
    ).text.replace("&#34;", '"')  # fmt: skip
    for manager in (cast.manager, cast.other_manager):
        mail = mailbox.to(manager.email)[-1]
        assert mail.subject.startswith("Declined for Northern Moors Area Team on")
        assert WHY not in mail.body
    assert open_deadlines("signature_awaited") == 1
    [line] = [each for each in HomePage(acting(cast.manager)).mine if "Ask" in each.sentence]
    assert "Ask the Director to sign version 0.1" in line.sentence
    # The version stands, and they may change their mind.
    give(cast.signatory, ours)
    assert open_deadlines("signature_to_ask") == 0
    assert state_of(ours) == "signed"


def test_who_has_no_account_declines_and_the_one_who_asked_hears(
    cast: Cast, client: Client, mailbox: Mailbox
) -> None:
    asked_by_link(cast)
    path = link_in(mailbox)
    client.post(f"{path}answer/", {"answer": "decline", "because": WHY}, follow=True)
    assert "Declined for Beckside Surgery" in mailbox.to(cast.manager.email)[-1].subject
    assert not any("Declined" in mail.subject for mail in mailbox.to(ADDRESS))


@pytest.mark.parametrize("password", ["wrong", PASSWORD])
def test_who_signed_withdraws_it_until_the_last_is_given(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox, password: str
) -> None:
    ours, theirs = asked(cast)
    give(cast.signatory, ours)
    client = client_of(cast.signatory)
    page = f"/agreements/{ours.version.agreement.reference}/versions/1/"
    assert "Withdraw your signature" in client.get(page).text
    assert "Withdraw your signature" not in client_of(cast.manager).get(page).text
    sent = {"because": WHY, "password": password}
    done = client.post(url_of(ours, "take-back/"), sent, follow=True).text
    if password == "wrong":
        assert "This is not your password." in done
        assert state_of(ours) == "signed"
        return
    assert "Your signature under version 0.1 is withdrawn." in done
    # It stays as evidence, counts for nothing and is printed nowhere as a signature.
    assert Signature.objects.get().request_id == ours.pk
    assert "That signature was withdrawn on" in done
    printed = as_html(AgreementDocument(Version.objects.get(pk=ours.version_id), at=clock.now()))
    assert "Sid Signatory" not in printed
    give(cast.other_signatory, theirs)
    assert Version.objects.get(pk=ours.version_id).state == "out_for_signature"
    mail = mailbox.to(cast.other_manager.email)
    assert any("withdrawn on" in each.subject and WHY not in each.body for each in mail)
    told = Happening.objects.get(verb="signature_withdrawn")
    assert sentence_of(told) == (
        "Sid Signatory withdrew the signature under version 0.1 for Northern Moors Area Team."
    )
    again = ask(cast.manager, ours.version, cast.signatory)
    give(cast.signatory, again)
    version = Version.objects.get(pk=ours.version_id)
    assert version.state == "signed"
    document = AgreementDocument(version, at=clock.now())
    assert sorted(each.request_id for each in document.given.values()) == sorted(
        [again.pk, theirs.pk]
    )


def test_nobody_withdraws_anothers_signature_or_one_in_force(cast: Cast) -> None:
    ours, theirs = asked(cast)
    give(cast.signatory, ours)
    other = user("Dora Deputy", cast.area_team, "signatory")
    for who in (other, cast.manager, cast.other_signatory):
        with pytest.raises(NotYours):
            take_back_signature(by=acting(who), request=ours, because=WHY)
    give(cast.other_signatory, theirs)
    with pytest.raises(Refused, match="signed now"):
        take_back_signature(by=acting(cast.signatory), request=ours, because=WHY)


def test_by_the_same_link_who_has_no_account_withdraws(
    cast: Cast, client: Client, mailbox: Mailbox
) -> None:
    request = asked_by_link(cast)
    signs(client, mailbox, request.version)
    path = link_in(mailbox)
    assert "Withdraw your signature" in client.get(path).text
    wrong = client.post(f"{path}withdraw/", {"because": WHY, "code": "000000"}).text
    assert "Ask for a code first" in wrong
    assert WHY in wrong
    ask_for_code(client, f"{path}withdraw/")
    code = code_in(mailbox)
    done = client.post(f"{path}withdraw/", {"because": WHY, "code": code}, follow=True).text
    assert "Your signature is withdrawn." in done
    assert "Nothing is asked of you by this link." in done
    assert state_of(request) == "taken_back"
    told = Happening.objects.get(verb="signature_withdrawn")
    assert "by the link sent to s…@beckside.example" in sentence_of(told)
    assert NAME in sentence_of(told)
    assert "withdrawn on" in mailbox.to(cast.manager.email)[-1].subject
    assert link_of(request)
    assert client.get(f"{path}withdraw/").status_code == 302


def recorded(cast: Cast, request: SignatureRequest) -> PaperSignature:
    return record_paper(
        by=acting(cast.other_colleague), request=request, scan=a_pdf(), signed_by="Orla Officer",
        signed_on=clock.today(),
    )  # fmt: skip


def test_a_scan_is_withdrawn_by_who_recorded_it(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    _, theirs = asked(cast)
    paper = recorded(cast, theirs)
    url = f"/agreements/{theirs.version.agreement.reference}/paper/{paper.pk}/"
    client = client_of(cast.other_colleague)
    assert "Withdraw this scan" in client.get(url).text
    assert client_of(cast.other_manager).get(f"{url}withdraw/").status_code == 403
    done = client.post(f"{url}withdraw/", {"because": WHY}, follow=True).text
    assert "The paper signature of Orla Officer is withdrawn." in done
    assert (state_of(theirs), open_deadlines("scan_to_confirm")) == ("asked", 0)
    assert open_deadlines("signature_awaited") == 2
    assert "Paper signature withdrawn" in mailbox.to(cast.manager.email)[-1].subject
    assert "Why it was withdrawn" in client.get(url).text
    with pytest.raises(Refused):
        confirm_paper(by=acting(cast.manager), paper=paper)
    assert recorded(cast, theirs).state == "recorded"


def test_a_confirmed_paper_signature_no_longer_counts(cast: Cast) -> None:
    ours, theirs = asked(cast)
    paper = recorded(cast, theirs)
    confirm_paper(by=acting(cast.manager), paper=paper)
    withdraw_paper(by=acting(cast.other_colleague), paper=paper, because=WHY)
    assert state_of(theirs) == "taken_back"
    give(cast.signatory, ours)
    assert Version.objects.get(pk=ours.version_id).state == "out_for_signature"
    give(cast.other_signatory, ask(cast.other_manager, ours.version, cast.other_signatory))
    assert Version.objects.get(pk=ours.version_id).state == "signed"


def test_a_recall_leaves_what_was_withdrawn_as_it_is(cast: Cast, mailbox: Mailbox) -> None:
    ours, theirs = asked(cast)
    withdraw_request(by=acting(cast.manager), request=ours, because=WHY)
    before = len(mailbox.to(cast.signatory.email))
    recall(by=acting(cast.manager), version=ours.version, because="A word.")
    assert Counter([state_of(ours), state_of(theirs)]) == {"withdrawn": 1, "void": 1}
    assert len(mailbox.to(cast.signatory.email)) == before
    assert not open_deadlines("signature_awaited")


def test_of_ten_parties_those_concerned_are_told(mailbox: Mailbox) -> None:
    ten = Signers(10).out_for_signature()
    (first, request), (second, declining), *others = ten
    third, fourth = others[1][0], others[2][0]
    withdraw_request(by=acting(second), request=declining, because=WHY)
    told = {address for mail in mailbox.all for address in mail.to if "any more" in mail.subject}
    assert first.email in told  # who made the version and keeps count
    assert third.email not in told
    decline_to_sign(by=acting(first), request=request, because=WHY)
    told = {address for mail in mailbox.all for address in mail.to if "Declined" in mail.subject}
    assert {third.email, fourth.email} <= told
    assert first.email not in told
