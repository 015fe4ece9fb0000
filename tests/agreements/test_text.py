from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from agreements.drafting.services.editing import add_clause, edit_clause
from agreements.models import Agreement, KeyContact
from agreements.terms import ContactRole
from agreements.versions.services.versions import recall, stop_preparing
from parties.models import User
from tests.cast import Cast, acting
from tests.stages import clause, draft_of, drafted, frozen
from tests.typed import fields_of

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def _page(client: Client, agreement: Agreement, path: str = "") -> str:
    response = client.get(f"/agreements/{agreement.reference}/text/{path}")
    assert response.status_code == 200
    return response.content.decode()


def test_the_draft_reads_as_a_numbered_document(cast: Cast, client_of: ClientOf) -> None:
    page = _page(client_of(cast.viewer), drafted(cast))
    assert '<span class="portal-document__number">1.2</span> Openness' in page
    assert "The parties meet <strong>twice</strong> in each year." in page
    assert 'href="#clause-working">2 Working</a>' in page
    assert "Nothing is missing" in page
    assert ">Principle</strong>" in page
    # Who may only read is offered nothing to press.
    assert "Move down" not in page
    assert "for approval" not in page
    assert "<details" not in page


def test_both_parties_are_offered_what_they_may_do(cast: Cast, client_of: ClientOf) -> None:
    agreement = drafted(cast)
    for user in (cast.manager, cast.other_manager):
        page = _page(client_of(user), agreement)
        assert "Send 0.1 for approval</a>" in page
        assert "Move down<span" in page
        assert page.count(">Edit<span") == page.count("portal-more__summary") == 6
        assert 'More<span class="nhsuk-u-visually-hidden"> for 1.2 Openness</span>' in page
    assert "Send 0.1 for approval</a>" not in _page(client_of(cast.colleague), agreement)


def test_it_says_what_is_missing_with_links(cast: Cast, client_of: ClientOf) -> None:
    agreement = drafted(cast, {"area": ""})
    text, draft = clause(agreement, "review"), draft_of(agreement)
    by = acting(cast.manager)
    edit_clause(by=by, clause=text, edit_no=text.edit_no, status="to_be_defined")
    role = ContactRole(key="quality_lead", label="Quality lead", slots=("area_team", "ccg"))
    draft.terms = draft.typed_terms.model_copy(update={"contact_roles": (role,)}).model_dump()
    draft.save()
    page = _page(client_of(cast.manager), agreement)
    assert "1 blank is not filled in: Area covered." in page
    assert "[not filled in: Area covered]" in page
    assert "2.2 Review is left for a later version." in page
    assert f"/agreements/{agreement.reference}/contacts/area_team/quality_lead/" in page
    assert "Eastmoor CCG has no quality lead. They name their own." in page


def test_it_says_who_edited_last_and_why_a_version_was_recalled(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement = drafted(cast)
    version = frozen(cast, agreement)
    recall(by=acting(cast.other_manager), version=version, because="One word is wrong.")
    text = clause(agreement, "meet")
    edit_clause(by=acting(cast.other_colleague), clause=text, edit_no=text.edit_no, body="Better.")
    page = _page(client_of(cast.manager), agreement)
    assert "Oscar Othersby edited “Meetings” last" in page
    assert "Version 0.1 was recalled: One word is wrong." in page
    assert "/compare/1..2/" in page


def test_without_a_draft_the_newest_version_is_shown(cast: Cast, client_of: ClientOf) -> None:
    version = frozen(cast)
    reference = version.agreement.reference
    client = client_of(cast.manager)
    for path in ("", "blanks/", "terms/", "terms/period/", "freeze/", "add/", "clauses/meet/"):
        response = client.get(f"/agreements/{reference}/text/{path}")
        assert response.headers["Location"] == f"/agreements/{reference}/versions/1/"


def test_blanks_are_filled_in_wherever_they_stand(cast: Cast, client_of: ClientOf) -> None:
    agreement = drafted(cast, {"area": ""})
    client = client_of(cast.other_colleague)
    assert "Which places." in _page(client, agreement, "blanks/")
    response = client.post(
        f"/agreements/{agreement.reference}/text/blanks/",
        {"area": "the moors & dales"},
        follow=True,
    )
    page = response.content.decode()
    assert "1 blank filled in." in page
    assert "The parties work together in the moors &amp; dales." in page
    assert "No blank is open" in _page(client, agreement, "blanks/")


def test_a_blank_that_makes_a_heading_too_long_is_refused(cast: Cast, client_of: ClientOf) -> None:
    agreement = drafted(cast, {"area": ""})
    text = clause(agreement, "about")
    edit_clause(
        by=acting(cast.manager), clause=text, edit_no=text.edit_no, heading="{{area}} " + "a" * 150
    )
    response = client_of(cast.manager).post(
        f"/agreements/{agreement.reference}/text/blanks/", {"area": "b" * 190}
    )
    assert "would become too long. Shorten it." in response.content.decode()


MEETINGS = "terms/meetings-wider/"


def _cadence(agreement: Agreement) -> str:
    [series] = draft_of(agreement).typed_terms.meetings.series
    return series.cadence


def _terms_typed(page: str, **changes: str) -> dict[str, str]:
    """What the browser would send: what the boxes hold, with some changed."""
    return fields_of(page) | changes


def test_terms_are_edited_and_shown_in_words(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = drafted(cast), client_of(cast.other_colleague)
    sent = _terms_typed(_page(client, agreement, MEETINGS), cadence="quarterly")
    response = client.post(f"/agreements/{agreement.reference}/text/{MEETINGS}", sent, follow=True)
    assert "The terms were saved." in response.content.decode()
    assert "The parties meet at least once in each quarter." in response.content.decode()


def test_of_two_who_edit_the_terms_the_second_is_told(cast: Cast, client_of: ClientOf) -> None:
    agreement = drafted(cast)
    ours, theirs = client_of(cast.manager), client_of(cast.other_manager)
    address = f"/agreements/{agreement.reference}/text/{MEETINGS}"
    before = _page(ours, agreement, MEETINGS)
    theirs.post(address, _terms_typed(_page(theirs, agreement, MEETINGS), cadence="quarterly"))
    answer = ours.post(address, _terms_typed(before, cadence="monthly")).content.decode()
    assert "Somebody changed the terms while you were editing them." in answer
    assert _cadence(agreement) == "quarterly"
    # Nothing typed is lost, and what is sent again counts.
    assert _terms_typed(answer)["cadence"] == "monthly"
    ours.post(address, _terms_typed(answer))
    assert _cadence(agreement) == "monthly"


def test_a_text_whose_work_was_stopped_no_longer_changes(cast: Cast, client_of: ClientOf) -> None:
    agreement = drafted(cast, {"area": ""})
    stop_preparing(by=acting(cast.manager), agreement=agreement, because="No longer needed.")
    client = client_of(cast.manager)
    assert "for approval" not in _page(client, agreement)
    answer = client.post(f"/agreements/{agreement.reference}/text/blanks/", {"area": "here"})
    assert "Work on this agreement was stopped." in answer.content.decode()


def test_a_stranger_meets_nothing(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = drafted(cast), client_of(cast.stranger)
    for path in ("", "blanks/", "terms/", "terms/period/", "freeze/", "add/", "clauses/meet/"):
        url = f"/agreements/{agreement.reference}/text/{path}"
        assert client.get(url).status_code == 404
        assert client.post(url, {"area": "x"}).status_code in (404, 405)


def test_the_number_of_queries_does_not_grow_with_the_clauses(
    cast: Cast, client_of: ClientOf, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    agreement, client = drafted(cast), client_of(cast.manager)
    for number in range(20):
        add_clause(
            by=acting(cast.manager), version=draft_of(agreement), after=None,
            heading=f"Clause {number}", body="{{area}}", kind="duty",
        )  # fmt: skip
    KeyContact.objects.create(
        party=agreement.parties.all()[0], role="mou_manager", person=cast.manager.person
    )
    _page(client, agreement)
    with django_assert_max_num_queries(20):
        page = _page(client, agreement)
    assert {f"Clause {number}" in page for number in range(20)} == {True}
