"""Blanks for terms: live in templates and drafts, words once the text is frozen."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from agreements.core.texts import hash_of
from agreements.drafting.services.editing import edit_clause, edit_terms
from agreements.models import Agreement, ClauseText, Version
from agreements.signing.pages.agreement_document import AgreementDocument
from agreements.signing.services.sealing import seal_due
from agreements.signing.signed_copy import as_html
from agreements.terms import LeadTimes, Terms
from agreements.versions.services.versions import recall
from documents.storage import read
from house import clock
from house.refusals import Refused
from parties.models import User
from tests.cast import Cast, acting
from tests.pdf import printed
from tests.stages import approve, ask, clause, draft_of, drafted, frozen, give, with_other_terms
from tests.template_drafts import opened, template_draft, url
from tests.termed import meet
from tests.typed import fields_of

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def write(cast: Cast, agreement: Agreement, key: str, **said: Any) -> ClauseText:
    text = clause(agreement, key)
    return edit_clause(by=acting(cast.manager), clause=text, edit_no=text.edit_no, **said)


def set_terms(cast: Cast, agreement: Agreement, **changes: Any) -> Terms:
    draft = draft_of(agreement)
    terms = draft.typed_terms.model_copy(update=changes)
    edit_terms(by=acting(cast.manager), version=draft, terms=terms)
    return terms


def words(page: str) -> str:
    return " ".join(page.split())


def test_a_draft_says_what_its_terms_say_today(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = drafted(cast), client_of(cast.other_manager)
    path = f"/agreements/{agreement.reference}/text/"
    write(cast, agreement, "meet", heading="{{Meetings:often}} a year", body="{{meetings:count}}.")
    page = client.get(path).content.decode()
    assert "Twice a year" in page
    assert "<p>two meetings.</p>" in page
    set_terms(cast, agreement, meetings=meet(1))
    page = client.get(path).content.decode()
    assert "Once a year" in page
    assert "<p>one meeting.</p>" in page
    assert "not filled in" not in page
    assert (
        "Once a year" in client.get(f"/agreements/{agreement.reference}/versions/").content.decode()
    )
    assert "one meeting." in as_html(AgreementDocument(draft_of(agreement), at=clock.now()))
    assert clause(agreement, "meet").body == "{{meetings:count}}."


def test_the_preview_and_the_help_show_what_a_blank_prints(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = with_other_terms(cast), client_of(cast.manager)
    path = f"/agreements/{agreement.reference}/text/clauses/publication-drafts/"
    page = client.get(path).content.decode()
    assert "about {{lead:publication}} before the media" in page
    assert words("<code>{{lead:publication}}</code> how early a draft of a publication is shared: "
                 '<span class="portal-plain">96 hours</span>') in words(page)  # fmt: skip
    assert "how often key contacts are confirmed: the terms do not say" in page
    sent = fields_of(page) | {"body": "About {{lead:press_release}}.", "preview": "yes"}
    assert "<p>About 48 hours.</p>" in client.post(path, sent).content.decode()
    assert (
        "{{levels:list}}" in client.get(f"/agreements/{agreement.reference}/text/").content.decode()
    )


def test_freezing_writes_the_words_that_are_hashed(cast: Cast) -> None:
    agreement = with_other_terms(cast)
    version = Version.objects.get(pk=frozen(cast, agreement).pk)
    text = clause(agreement, "publication-drafts")
    assert "about 96 hours before the media" in text.body
    assert "about {{lead:publication}} before the media" in text.body_with_blanks
    assert clause(agreement, "four-levels").heading == "Three levels"
    assert not ClauseText.objects.filter(version=version, body__contains="{{").exists()
    assert hash_of(version) == version.sha256


def test_a_frozen_text_is_never_read_for_blanks_again(cast: Cast, client_of: ClientOf) -> None:
    """A release of before froze what it did not know as a blank; those words were agreed."""
    agreement = drafted(cast)
    write(cast, agreement, "meet", body="About 72 hours.")
    version = frozen(cast, agreement)
    version.terms["meetings"]["series"][0]["per_year"] = 9
    page = client_of(cast.manager).get(f"/agreements/{agreement.reference}/versions/1/")
    assert "About 72 hours." in page.content.decode()


def test_the_draft_after_a_recall_follows_the_terms_again(cast: Cast, client_of: ClientOf) -> None:
    agreement = with_other_terms(cast)
    first = frozen(cast, agreement)
    recall(by=acting(cast.other_manager), version=first, because="Four days are too long.")
    assert "{{lead:publication}}" in clause(agreement, "publication-drafts").body
    assert clause(agreement, "four-levels").heading == "{{Levels:count}}"
    compare = f"/agreements/{agreement.reference}/compare/1..2/"
    client = client_of(cast.manager)
    assert "The two texts are the same" in client.get(compare).content.decode()
    set_terms(cast, agreement, lead_times=LeadTimes(publication_hours=60, press_release_hours=48))
    page = client.get(compare).content.decode()
    assert re.search(r"deleted: </span>96", page)
    assert re.search(r"inserted: </span>60", page)
    assert "{{" not in page
    second = frozen(cast, agreement)
    assert "about 60 hours before" in clause(agreement, "publication-drafts").body
    assert "about 96 hours before" in first.texts.get(clause__key="publication-drafts").body
    assert first.sha256 != second.sha256


def test_what_the_terms_do_not_say_is_missing_and_named(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = drafted(cast), client_of(cast.manager)
    write(cast, agreement, "meet", body="They are confirmed {{contacts:confirmed}}.")
    said = ("Clause 2.1 has {{contacts:confirmed}}, and the terms say nothing about how often key "
            "contacts are confirmed: change the terms, or take it out.")  # fmt: skip
    page = client.get(f"/agreements/{agreement.reference}/text/").content.decode()
    assert said in page
    assert "[not filled in: how often key contacts are confirmed]" in page
    assert (
        "No blank is open that can be filled in here."
        in client.get(f"/agreements/{agreement.reference}/text/blanks/").content.decode()
    )
    with pytest.raises(Refused, match=r"Clause 2\.1 has {{contacts:confirmed}}"):
        frozen(cast, agreement)
    set_terms(cast, agreement, contacts_confirmed_months=1)
    assert said not in client.get(f"/agreements/{agreement.reference}/text/").content.decode()
    frozen(cast, agreement)
    assert clause(agreement, "meet").body == "They are confirmed every month."


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("{{lead:publicatoin}}", "{{lead:publication}}"),
        ("{{review:afters}}", "{{review:after}}"),
        ("{{level-count}}", "{{levels:count}}"),
    ],
)
def test_a_wrong_name_of_a_term_is_named_and_told_the_right_one(
    cast: Cast, client_of: ClientOf, wrong: str, right: str
) -> None:
    agreement, client = drafted(cast), client_of(cast.manager)
    path = f"/agreements/{agreement.reference}/text/clauses/meet/"
    sent = fields_of(client.get(path).content.decode()) | {"body": f"In {wrong}."}
    page = client.post(path, sent, follow=True).content.decode()
    assert (
        f"has {wrong}, which is no blank of this text: take it out or write its name as {right}"
        in (page.replace("&#39;", "'"))
    )
    with pytest.raises(Refused, match="which is no blank of this text"):
        frozen(cast, agreement)


def test_a_list_of_the_terms_stands_apart_from_the_words_beside_it(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement = with_other_terms(cast)
    write(cast, agreement, "four-levels", body="The levels are: {{levels:list}}\nNo other.")
    page = client_of(cast.manager).get(f"/agreements/{agreement.reference}/text/")
    said = words(page.content.decode())
    assert "<p>The levels are:</p> <ol>" in said
    assert said.count("<li>MoU managers</li>") == 1
    assert "</ol> <p>No other.</p>" in said


def test_a_clause_that_its_terms_make_too_long_is_not_frozen(cast: Cast) -> None:
    agreement = drafted(cast)
    body = "x" * 19_990 + "\n\n{{meetings:count}}"
    draft = draft_of(agreement)
    text = draft.texts.get(clause__key="meet")
    text.body = body
    text.save()
    with pytest.raises(Refused, match="would become too long"):
        frozen(cast, agreement)
    assert draft_of(agreement).texts.get(clause__key="meet").body == body


def test_a_template_shows_its_own_terms_and_keeps_the_blanks(
    cast: Cast, client_of: ClientOf
) -> None:
    draft, client = template_draft(cast), client_of(cast.manager)
    path = url(draft, "clauses/meet/")
    client.post(path, opened(client, path) | {"body": "We meet {{meetings:often}} a year."})
    page = client.get(url(draft)).content.decode()
    assert "We meet twice a year." in page
    assert "the terms do not say" in page
    client.post(url(draft, "publish/"), opened(client, url(draft, "publish/")))
    agreement = drafted(cast, source=draft)
    assert clause(agreement, "meet").body == "We meet {{meetings:often}} a year."


def test_the_sealed_copy_says_what_the_terms_say(cast: Cast, can_seal: None) -> None:
    agreement = with_other_terms(cast)
    version = frozen(cast, agreement)
    approve(cast.manager, version)
    approve(cast.other_manager, version)
    for manager, signatory in (
        (cast.manager, cast.signatory), (cast.other_manager, cast.other_signatory),
    ):  # fmt: skip
        give(signatory, ask(manager, version, signatory))
    assert seal_due() == 1
    seal = Version.objects.get(pk=version.pk).seal
    assert seal.file
    text = printed(read(seal.file))
    for words in (
        "gets the draft about 96 hours before", "gets the draft about 48 hours before",
        "at least four times in each MoU year", "The wider meeting, four times a year",
        "runs for at least 18 months", "six months after the date of sign-off",
        "Both are reminded 90 and 45 days before", "Three levels",
    ):  # fmt: skip
        assert words in text, words
    assert "72 hours" not in text
    assert "twelve months, counted" in text  # what an MoU year is, is no term


def test_who_read_other_terms_does_not_freeze(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = with_other_terms(cast), client_of(cast.manager)
    address = f"/agreements/{agreement.reference}/text/freeze/"
    sent = opened(client, address) | {"what_changed": "First.", "as_it_is": "on"}
    set_terms(cast, agreement, minimum_months=24)
    page = client.post(address, sent).content.decode()
    assert "Somebody changed the draft or its terms since you opened this page." in page
    assert agreement.versions.get().is_draft
    client.post(address, opened(client, address) | {"what_changed": "First.", "as_it_is": "on"})
    assert "at least 24 months" in clause(agreement, "duration").body
