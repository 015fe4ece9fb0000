from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from agreements.models import Agreement, ClauseText, Happening
from parties.models import User
from tests.cast import Cast
from tests.stages import clause, draft_of, drafted
from tests.typed import fields_of

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def _url(agreement: Agreement, key: str = "meet", path: str = "") -> str:
    return f"/agreements/{agreement.reference}/text/clauses/{key}/{path}"


def _open(client: Client, agreement: Agreement, key: str = "meet") -> dict[str, Any]:
    """What the browser holds after opening the clause's page."""
    return fields_of(client.get(_url(agreement, key)).content.decode())


def _bodies(agreement: Agreement) -> list[str]:
    return [text.heading for text in draft_of(agreement).texts.order_by("position")]


def test_either_party_edits_a_clause(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = drafted(cast), client_of(cast.other_colleague)
    sent = _open(client, agreement) | {"heading": "Wider meetings", "owed_by": ["ccg"]}
    response = client.post(_url(agreement), sent)
    assert response.headers["Location"].endswith("/text/?saved=meet#clause-meet")
    text = clause(agreement, "meet")
    assert (text.heading, text.owed_by, text.edited_by) == (
        "Wider meetings", ["ccg"], cast.other_colleague,
    )  # fmt: skip
    assert text.bindings == ["meetings"]
    assert ">Saved</strong>" in client.get(response.headers["Location"]).content.decode()


def test_the_page_says_what_the_clause_is_bound_to(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = drafted(cast), client_of(cast.manager)
    assert "the wider meetings held and owed" in client.get(_url(agreement)).content.decode()
    page = client.get(_url(agreement, "openness")).content.decode()
    assert "This is a principle. Nothing that the portal checks keeps it." in page


def test_a_duty_made_a_principle_is_bound_to_nothing(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = drafted(cast), client_of(cast.manager)
    client.post(_url(agreement), _open(client, agreement) | {"kind": "principle"})
    assert clause(agreement, "meet").bindings == []


def test_what_word_gives_is_kept_line_by_line(cast: Cast, client_of: ClientOf) -> None:
    """Its break inside a paragraph, numbers that leave one out, a bullet of Wingdings."""
    agreement, client = drafted(cast), client_of(cast.manager)
    body = "NHS England\x0bLeeds\r\n(a) one\r\n(b) two\r\n1. a\r\n4. d\r\n\uf0b7\tlast"
    response = client.post(_url(agreement), _open(client, agreement) | {"body": body})
    page = client.get(response.headers["Location"]).content.decode()
    assert "NHS England<br>\nLeeds<br>\n(a) one<br>\n(b) two</p>" in page
    assert '<li value="4">d</li>' in page
    assert "<li>last</li>" in page


def test_a_preview_shows_the_text_and_saves_nothing(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = drafted(cast), client_of(cast.manager)
    body = "**Twice** <script>alert(1)</script> in {{area}}"
    sent = _open(client, agreement) | {"body": body, "preview": "yes"}
    page = client.post(_url(agreement), sent).content.decode()
    assert "<strong>Twice</strong> &lt;script&gt;" in page
    assert "[not filled in: Area covered]" in page
    assert fields_of(page)["body"] == body
    assert clause(agreement, "meet").edit_no == 0


def test_what_did_not_change_is_not_written_again(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = drafted(cast), client_of(cast.manager)
    client.post(_url(agreement), _open(client, agreement))
    assert clause(agreement, "meet").edit_no == 0
    assert not Happening.objects.filter(verb="clause_edited").exists()


def test_a_clause_is_added_below_another(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = drafted(cast), client_of(cast.colleague)
    add = f"/agreements/{agreement.reference}/text/add/"
    sent = fields_of(client.get(f"{add}?below=purpose").content.decode())
    response = client.post(add, sent | {"heading": "Scope", "kind": "statement"})
    assert response.headers["Location"].endswith("?added=scope#clause-scope")
    assert _bodies(agreement)[:4] == ["About", "Purpose", "Scope", "Openness"]


def test_clauses_move_and_the_page_comes_back_to_them(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = drafted(cast), client_of(cast.other_manager)
    response = client.post(_url(agreement, "openness", "move/"), {"way": "up"})
    assert response.headers["Location"].endswith("?moved=openness#clause-openness")
    page = client.get(response.headers["Location"]).content.decode()
    assert page.count('<a class="nhsuk-link" href="#missing">Back to what is missing') == 1
    client.post(_url(agreement, "working", "move/"), {"way": "up"})
    assert _bodies(agreement) == ["Working", "Meetings", "Review", "About", "Openness", "Purpose"]
    assert client.get(_url(agreement, "openness", "move/")).status_code == 405


def test_removing_says_what_will_happen_and_keeps_the_history(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement, client = drafted(cast), client_of(cast.manager)
    page = client.get(_url(agreement, "meet", "remove/")).content.decode()
    assert "Earlier versions and the history keep its words." in page
    done = client.post(_url(agreement, "meet", "remove/"), fields_of(page), follow=True)
    assert "The clause “Meetings” was removed." in done.content.decode()
    assert "Meetings" not in _bodies(agreement)
    assert ClauseText.history.filter(heading="Meetings", history_type="-").exists()


@pytest.mark.parametrize("edit_no", ["9" * 5_000, "²", "٣", "-1", ""])
def test_a_number_that_no_page_sent_removes_nothing(
    cast: Cast, client_of: ClientOf, edit_no: str
) -> None:
    agreement, client = drafted(cast), client_of(cast.manager)
    sent = fields_of(client.get(_url(agreement, "meet", "remove/")).content.decode())
    page = client.post(_url(agreement, "meet", "remove/"), sent | {"edit_no": edit_no})
    assert page.status_code == 200
    assert "Meetings" in _bodies(agreement)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("heading", "", "Enter a heading"),
        ("heading", "x" * 201, "Heading must be 200 characters or fewer. It has 201 now"),
        ("body", "x" * 20_001, "Text must be 20,000 characters or fewer"),
        ("kind", "treaty", "Choose a kind from the list"),
        ("owed_by", ["nobody"], "Choose who has to do it from the list"),
        ("edit_no", "many", "There is a problem"),
    ],
)
def test_what_does_not_fit_gets_a_sentence(
    cast: Cast, client_of: ClientOf, field: str, value: Any, sentence: str
) -> None:
    agreement, client = drafted(cast), client_of(cast.manager)
    response = client.post(_url(agreement), _open(client, agreement) | {field: value})
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert clause(agreement, "meet").edit_no == 0


def test_hidden_characters_and_line_breaks_do_not_reach_a_heading(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement, client = drafted(cast), client_of(cast.manager)
    client.post(_url(agreement), _open(client, agreement) | {"heading": "A\x00\nB\u202e <b>"})
    assert clause(agreement, "meet").heading == "A B <b>"
    page = client.get(f"/agreements/{agreement.reference}/text/").content.decode()
    assert "A B &lt;b&gt;" in page
