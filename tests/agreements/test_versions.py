from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from agreements.drafting.services.editing import edit_clause
from agreements.models import Version
from agreements.signing.pages.agreement_document import AgreementDocument
from agreements.signing.signed_copy import as_html
from agreements.versions.services.versions import freeze, recall, send_for_approval
from house import clock
from house.refusals import Refused
from nhsuk.dates import day
from parties.models import User
from tests.cast import Cast, acting
from tests.conftest import Mailbox
from tests.stages import (
    approve,
    approved,
    asked,
    clause,
    draft_of,
    drafted,
    frozen,
    give,
    sent,
)

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def _url(version: Version, path: str = "") -> str:
    return f"/agreements/{version.agreement.reference}/versions/{version.seq}/{path}"


def _page(client: Client, version: Version) -> str:
    response = client.get(_url(version))
    assert response.status_code == 200
    return response.content.decode()


def test_freezing_gives_the_draft_a_number_and_sends_it_for_approval(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    agreement = drafted(cast)
    cast.other_manager  # noqa: B018 - who is told
    address = f"/agreements/{agreement.reference}/text/freeze/"
    done = client_of(cast.manager).post(address, {"what_changed": "First version."}, follow=True)
    page = done.content.decode()
    assert "Version 0.1 is out for approval: its text no longer changes." in page
    version = agreement.versions.get()
    assert (version.label, version.summary, len(version.sha256)) == ("0.1", "First version.", 64)
    [letter] = mailbox.to("olga.other@moors.example")
    assert "Approve version 0.1, sent on" in letter.subject


def test_where_nobody_approves_the_text_only_gets_its_number(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    agreement, client = drafted(cast), client_of(cast.manager)
    cast.other_manager  # noqa: B018 - who is told
    draft = draft_of(agreement)
    draft.terms = draft.typed_terms.model_copy(update={"approval_routes": ()}).model_dump()
    draft.save()
    address = f"/agreements/{agreement.reference}/text/freeze/"
    assert "Make this text version 0.1</h1>" in client.get(address).content.decode()
    done = client.post(address, {"what_changed": "First version."}, follow=True)
    assert "This text is version 0.1 now and no longer changes." in done.content.decode()
    [letter] = mailbox.to("olga.other@moors.example")
    assert "Read version 0.1 of" in letter.subject
    assert agreement.versions.get().state == "frozen"


def test_freezing_with_something_missing_has_to_be_confirmed(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement, client = drafted(cast), client_of(cast.manager)
    edit_clause(
        by=acting(cast.manager), clause=clause(agreement, "meet"), edit_no=0,
        status="to_be_defined",
    )  # fmt: skip
    address = f"/agreements/{agreement.reference}/text/freeze/"
    assert "Meetings is left for a later version." in client.get(address).content.decode()
    answer = client.post(address, {"what_changed": "First."}).content.decode()
    assert "Tick the box" in answer
    assert agreement.versions.get().is_draft
    client.post(address, {"what_changed": "First.", "as_it_is": "on"})
    assert not agreement.versions.get().is_draft


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("In {{area}}.", "Clause 2.1 has a blank that is not filled in: Area covered."),
        ("To {{money holder}}.", "Clause 2.1 has {{money holder}}, which is no blank of this text"),
        ("See {{ref:7}}.", "Clause 2.1 has {{ref:7}}, which is no blank of this text: take it out"),
        ("In {{Area}}.", "take it out or write its name as {{area}}."),
        ("From {{start.", "Clause 2.1 has {{start., a blank without an end"),
    ],
)  # fmt: skip
def test_with_an_open_blank_nothing_is_frozen(
    cast: Cast, client_of: ClientOf, body: str, said: str
) -> None:
    agreement, client = drafted(cast), client_of(cast.manager)
    draft = draft_of(agreement)
    text = clause(agreement, "meet")
    edit_clause(by=acting(cast.manager), clause=text, edit_no=0, heading="Meet", body=body)
    address = f"/agreements/{agreement.reference}/text/freeze/"
    page = client.get(address).content.decode()
    assert "Fill in every blank, or take it out" in page
    assert "what_changed" not in page
    sent = {"what_changed": "First.", "as_it_is": "on"}
    assert said in client.post(address, sent).content.decode()
    with pytest.raises(Refused, match=r"Clause 2\.1 has"):
        freeze(by=acting(cast.manager), version=draft, summary="First.")
    assert agreement.versions.get().is_draft
    assert "{{" not in as_html(AgreementDocument(draft, at=clock.now()))


@pytest.mark.parametrize("summary", ["", "x" * 301])
def test_a_summary_that_does_not_fit_gets_a_sentence(
    cast: Cast, client_of: ClientOf, summary: str
) -> None:
    agreement, client = drafted(cast), client_of(cast.manager)
    address = f"/agreements/{agreement.reference}/text/freeze/"
    assert "There is a problem" in client.post(address, {"what_changed": summary}).content.decode()
    assert agreement.versions.get().is_draft


def test_freezing_twice_makes_one_version(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = drafted(cast), client_of(cast.manager)
    address = f"/agreements/{agreement.reference}/text/freeze/"
    client.post(address, {"what_changed": "First."})
    answer = client_of(cast.other_manager).post(address, {"what_changed": "Mine."})
    assert "This text is version 0.1 now and no longer changes." in answer.content.decode()
    assert agreement.versions.count() == 1


def test_the_page_of_a_version_says_where_it_stands(cast: Cast, client_of: ClientOf) -> None:
    version = sent(cast)
    approve(cast.other_manager, version, "deferred")
    approve(cast.other_manager, version)
    page = _page(client_of(cast.manager), version)
    assert "Out for approval" in page
    assert version.sha256[:12] in page
    assert "Record what the Director decided about version 0.1" in page
    assert "Before: Deferred" in page
    assert "GB 7.2" in page
    assert "Record the decision</a>" in page
    assert '<span class="portal-document__number">2.1</span> Meetings' in page


def test_the_version_table_has_label_date_author_and_summary(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement = drafted(cast)
    recall(by=acting(cast.other_manager), version=frozen(cast, agreement), because="A word.")
    second = frozen(cast, agreement, summary="One word is better.")
    table = _page(client_of(cast.viewer), second).split('id="history"')[1].split("</table>")[0]
    for said in ("Version 0.1", "Version 0.2", "Maud Manager", "One word is better.", "First."):
        assert said in table


def test_what_changed_since_the_last_version_is_one_press_away(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement = drafted(cast)
    recall(by=acting(cast.other_manager), version=frozen(cast, agreement), because="A word.")
    text = clause(agreement, "meet")
    edit_clause(by=acting(cast.manager), clause=text, edit_no=text.edit_no, body="Better.")
    page = _page(client_of(cast.manager), frozen(cast, agreement))
    assert "Since version 0.1: 1 clause changed." in page
    assert f"/agreements/{agreement.reference}/compare/1..2/" in page


def test_sending_out_asks_first_and_tells_both(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    version, client = frozen(cast), client_of(cast.manager)
    cast.other_manager  # noqa: B018 - who is told
    assert "Governing Body" in client.get(_url(version, "send/")).content.decode()
    done = client.post(_url(version, "send/"), follow=True).content.decode()
    assert "Version 0.1 is out for approval: its text no longer changes." in done
    assert "Approve version 0.1, sent on" in mailbox.to("olga.other@moors.example")[-1].subject
    again = client.post(_url(version, "send/")).content.decode()
    assert "This version is out for approval now, so this can no longer be done." in again


def test_recalling_says_what_becomes_void_and_opens_a_draft(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    ours, _ = asked(cast)
    give(cast.signatory, ours)
    version, client = ours.version, client_of(cast.other_manager)
    page = client.get(_url(version, "recall/")).content.decode()
    assert "The signature of Sid Signatory for Northern Moors Area Team becomes void." in page
    assert "Orla Officer is no longer asked to sign for Eastmoor CCG." in page
    done = client.post(_url(version, "recall/"), {"because": "A word is wrong."}, follow=True)
    assert "Version 0.1 is recalled." in done.content.decode()
    version.refresh_from_db()
    assert version.state == "withdrawn"
    assert set(version.signature_requests.values_list("state", flat=True)) == {"void"}
    assert draft_of(version.agreement).texts.count() == 6
    assert "Version 0.1 recalled on" in mailbox.to("sid.signatory@moors.example")[-1].subject


def test_a_recall_needs_a_reason(cast: Cast, client_of: ClientOf) -> None:
    version, client = frozen(cast), client_of(cast.manager)
    for because in ("", "x" * 501):
        answer = client.post(_url(version, "recall/"), {"because": because})
        assert "There is a problem" in answer.content.decode()


def test_a_version_out_of_reach_does_not_exist(cast: Cast, client_of: ClientOf) -> None:
    version = approved(cast)
    stranger, member = client_of(cast.stranger), client_of(cast.viewer)
    for path in ("", "send/", "recall/", "decision/", "changes/", "signature/", "print.pdf"):
        assert stranger.get(_url(version, path)).status_code == 404
    assert member.get(_url(version, "recall/")).status_code == 403
    assert member.get(_url(version).replace("/1/", "/999999999999999999999/")).status_code == 404


@pytest.mark.parametrize("act", ["send", "recall", "decision", "changes", "signature"])
def test_nobody_acts_on_a_draft_by_its_number(cast: Cast, client_of: ClientOf, act: str) -> None:
    draft = draft_of(drafted(cast))
    at, manager = _url(draft, f"{act}/"), client_of(cast.manager)
    assert manager.get(at).status_code == manager.post(at).status_code == 404


def test_printing_gives_the_text_as_a_pdf(cast: Cast, client_of: ClientOf) -> None:
    response = client_of(cast.viewer).get(_url(frozen(cast), "print.pdf"))
    assert response.content.startswith(b"%PDF-")
    assert "attachment" in response["Content-Disposition"]
    assert "version 0.1.pdf" in response["Content-Disposition"]


def test_a_version_is_printed_once_until_something_in_it_changes(
    cast: Cast, client_of: ClientOf
) -> None:
    version = frozen(cast)
    print_it = _url(version, "print.pdf")
    first = client_of(cast.viewer).get(print_it).content
    with clock.at(clock.now() + timedelta(days=40)):
        # Made anew it would have the dates of this day.
        assert client_of(cast.other_viewer).get(print_it).content == first
        assert client_of(cast.stranger).get(print_it).status_code == 404
        send_for_approval(by=acting(cast.manager), version=version)
        assert client_of(cast.viewer).get(print_it).content != first


def test_the_page_does_not_ask_more_for_more_rows(
    cast: Cast, client_of: ClientOf, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    version = approved(cast)
    for days in range(1, 11):
        approve(cast.manager, version, on=clock.today() - timedelta(days=days))
    client = client_of(cast.manager)
    _page(client, version)
    with django_assert_max_num_queries(20):
        page = client.get(_url(version)).content.decode()
    for days in range(1, 11):
        assert day(clock.today() - timedelta(days=days)) in page
