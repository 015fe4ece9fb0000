"""Reading a template and editing the clauses of its draft; two people at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agreements.models import TemplateVersion
from agreements.templates.services.keeping import EDITING
from parties.models import User
from tests.cast import Cast, acting
from tests.template_drafts import clause, keys, opened, template_draft, url
from tests.typed import fields_of

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def draft(cast: Cast) -> TemplateVersion:
    return template_draft(cast)


# --- Reading --------------------------------------------------------------------------------


def test_a_version_reads_as_a_document(
    draft: TemplateVersion, cast: Cast, client_of: ClientOf
) -> None:
    page = client_of(cast.viewer).get(url(draft)).content.decode()
    assert '<span class="portal-document__number">2.1</span> Meetings' in page
    assert "<strong>twice</strong>" in page
    assert "[Area covered]" in page
    assert "The first review is due 12 months after" in page
    assert "{{area}}" in page
    assert "not filled in" not in page


def test_a_long_text_asks_as_much_as_a_short_one(
    draft: TemplateVersion, cast: Cast, client_of: ClientOf
) -> None:
    client, by = client_of(cast.manager), acting(cast.manager)
    client.get(url(draft))
    with CaptureQueriesContext(connection) as few:
        client.get(url(draft))
    for number in range(10):
        EDITING.add_clause(
            by=by, version=draft, heading=f"More {number}", kind="duty", body="{{strange}}"
        )
    client.get(url(draft))
    with CaptureQueriesContext(connection) as many:
        assert "Nothing here says what it is." in client.get(url(draft)).content.decode()
    assert len(many) == len(few)


# --- Clauses --------------------------------------------------------------------------------


def test_whoever_was_let_in_edits_a_clause(
    draft: TemplateVersion, cast: Cast, client_of: ClientOf
) -> None:
    client, path = client_of(cast.other_colleague), url(draft, "clauses/meet/")
    sent = opened(client, path) | {"heading": "Wider  meetings", "owed_by": ["ccg"]}
    answer = client.post(path, sent)
    assert answer.headers["Location"] == url(draft, "?saved=meet#clause-meet")
    meet = clause(draft)
    assert (meet.heading, meet.owed_by, meet.bindings) == ("Wider meetings", ["ccg"], ["meetings"])
    assert meet.history.first().history_user == cast.other_colleague
    assert ">Saved</strong>" in client.get(answer.headers["Location"]).content.decode()
    assert "Oscar Othersby edited this clause last." in client.get(path).content.decode()


def test_a_preview_saves_nothing(draft: TemplateVersion, cast: Cast, client_of: ClientOf) -> None:
    client, path = client_of(cast.manager), url(draft, "clauses/meet/")
    typed = {"body": "We **meet** in {{area}}.\n\n<script>alert(1)</script>", "preview": "yes"}
    page = client.post(path, opened(client, path) | typed).content.decode()
    assert "We <strong>meet</strong> in [Area covered]." in page
    assert "<script>alert" not in page
    assert "We **meet** in {{area}}." in page
    assert clause(draft).edit_no == 0


def test_the_second_of_two_sees_both_texts_and_loses_nothing(
    draft: TemplateVersion, cast: Cast, client_of: ClientOf
) -> None:
    client, path = client_of(cast.manager), url(draft, "clauses/meet/")
    mine = opened(client, path) | {"body": "We meet every month."}
    other = client_of(cast.other_colleague)
    other.post(path, opened(other, path) | {"body": "We meet three times."})
    page = client.post(path, mine).content.decode()
    assert "Oscar Othersby saved this clause while you were editing it" in page
    assert "We meet three times." in page
    assert fields_of(page)["body"] == "We meet every month."
    assert clause(draft).body == "We meet three times."
    client.post(path, fields_of(page))
    assert clause(draft).body == "We meet every month."


def test_one_keeps_the_text_of_the_other(
    draft: TemplateVersion, cast: Cast, client_of: ClientOf
) -> None:
    client, path = client_of(cast.manager), url(draft, "clauses/meet/")
    sent = opened(client, path) | {"body": "Mine.", "keep_theirs": "yes"}
    assert client.post(path, sent).headers["Location"].endswith("?kept=meet#clause-meet")
    assert "twice" in clause(draft).body


def test_a_clause_removed_meanwhile_can_be_added_again(
    draft: TemplateVersion, cast: Cast, client_of: ClientOf
) -> None:
    client, path = client_of(cast.manager), url(draft, "clauses/meet/")
    mine = opened(client, path) | {"body": "We meet every month."}
    EDITING.remove_clause(by=acting(cast.other_colleague), clause=clause(draft))
    page = client.post(path, mine).content.decode()
    assert "Somebody removed this clause while you were editing it." in page
    assert f'action="{url(draft, "add/")}"' in page
    client.post(url(draft, "add/"), fields_of(page))
    assert draft.clauses.get(body="We meet every month.").heading == "Meetings"
    assert client.get(url(draft, "clauses/never-was/")).status_code == 404


def test_a_clause_is_added_below_another_and_keeps_a_key_of_its_own(
    draft: TemplateVersion, cast: Cast, client_of: ClientOf
) -> None:
    client, path = client_of(cast.manager), url(draft, "add/?below=purpose")
    sent = opened(client, path) | {"heading": "Meet", "kind": "statement", "body": "Words."}
    answer = client.post(url(draft, "add/"), sent)
    assert answer.headers["Location"] == url(draft, "?added=meet-2#clause-meet-2")
    assert keys(draft)[:4] == ["about", "purpose", "meet-2", "openness"]


@pytest.mark.parametrize(
    "sent",
    [
        {"heading": "", "kind": "duty"},
        {"heading": "H" * 201, "kind": "duty"},
        {"heading": "Fine", "kind": "no such"},
        {"heading": "Fine", "kind": "duty", "body": "x" * 20_001},
        {"heading": "Fine", "kind": "duty", "owed_by": ["somebody"]},
        {"heading": "\x00\u202e", "kind": "duty"},
        {"heading": "Fine", "kind": "duty", "edit_no": "99999999999999999999x"},
    ],
)
def test_what_cannot_be_is_said_and_kept(
    sent: dict[str, Any], draft: TemplateVersion, cast: Cast, client_of: ClientOf
) -> None:
    answer = client_of(cast.manager).post(url(draft, "add/"), {"edit_no": "0"} | sent)
    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()
    assert len(keys(draft)) == 6


def test_a_section_moves_with_its_clauses_and_the_page_comes_back_there(
    draft: TemplateVersion, cast: Cast, client_of: ClientOf
) -> None:
    client, path = client_of(cast.manager), url(draft, "clauses/working/move/")
    assert client.get(path).status_code == 405
    answer = client.post(path, {"way": "up"})
    assert answer.headers["Location"] == url(draft, "?moved=working#clause-working")
    assert keys(draft) == ["working", "meet", "review", "about", "purpose", "openness"]


def test_removing_asks_first_and_removes_only_what_was_shown(
    draft: TemplateVersion, cast: Cast, client_of: ClientOf
) -> None:
    client, path = client_of(cast.manager), url(draft, "clauses/meet/remove/")
    shown = opened(client, path)
    assert "meet" in keys(draft)
    EDITING.edit_clause(by=acting(cast.other_colleague), clause=clause(draft), edit_no=0, body="x")
    page = client.post(path, shown).content.decode()
    assert "changed this clause since you opened this page" in page
    client.post(path, fields_of(page))
    assert "meet" not in keys(draft)
    assert list(draft.clauses.values_list("position", flat=True)) == [1, 2, 3, 4, 5]


def test_a_principle_is_bound_to_nothing(
    draft: TemplateVersion, cast: Cast, client_of: ClientOf
) -> None:
    client, path = client_of(cast.manager), url(draft, "clauses/meet/")
    client.post(path, opened(client, path) | {"kind": "principle"})
    assert clause(draft).bindings == []
