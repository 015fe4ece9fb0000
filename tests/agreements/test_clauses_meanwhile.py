from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from agreements.drafting.services.editing import edit_clause, remove_clause
from agreements.models import Agreement, ClauseText
from agreements.versions.services.versions import recall
from parties.models import User
from tests.cast import Cast, acting
from tests.stages import clause, draft_of, drafted, frozen
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


def _two_at_once(cast: Cast, client_of: ClientOf) -> tuple[Agreement, Client, str]:
    """Both opened the clause; the other party saved first. Gives what we see when we save."""
    agreement, ours = drafted(cast), client_of(cast.manager)
    typed = _open(ours, agreement) | {"body": "The parties meet monthly."}
    theirs = clause(agreement, "meet")
    edit_clause(
        by=acting(cast.other_manager), clause=theirs, edit_no=0, body="The parties meet weekly."
    )
    return agreement, ours, ours.post(_url(agreement), typed).content.decode()


def test_the_second_of_two_editors_sees_both_texts(cast: Cast, client_of: ClientOf) -> None:
    agreement, _, page = _two_at_once(cast, client_of)
    assert "Olga Other saved this clause while you were editing it" in page
    assert "[deleted: </span>weekly." in page
    assert "[inserted: </span>monthly." in page
    assert fields_of(page)["body"] == "The parties meet monthly."
    assert clause(agreement, "meet").body == "The parties meet weekly."


def test_mine_can_be_saved_over_theirs_knowingly(cast: Cast, client_of: ClientOf) -> None:
    agreement, client, page = _two_at_once(cast, client_of)
    sent = fields_of(page)
    assert sent["edit_no"] == "1"
    client.post(_url(agreement), sent | {"body": "The parties meet weekly or monthly."})
    assert clause(agreement, "meet").body == "The parties meet weekly or monthly."
    history = ClauseText.history.filter(clause__key="meet").values_list("body", flat=True)
    assert "The parties meet weekly." in history


def test_theirs_can_be_kept(cast: Cast, client_of: ClientOf) -> None:
    agreement, client, page = _two_at_once(cast, client_of)
    response = client.post(_url(agreement), fields_of(page) | {"keep_theirs": "yes"})
    assert response.headers["Location"].endswith("?kept=meet#clause-meet")
    assert clause(agreement, "meet").body == "The parties meet weekly."


def test_a_form_opened_before_a_recall_overwrites_nothing(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = drafted(cast), client_of(cast.manager)
    typed = _open(client, agreement) | {"body": "Mine."}
    edit_clause(
        by=acting(cast.colleague), clause=clause(agreement, "meet"), edit_no=0, body="Theirs"
    )
    recall(by=acting(cast.manager), version=frozen(cast, agreement), because="Once more.")
    page = client.post(_url(agreement), typed).content.decode()
    assert "Colin Colleague saved this clause while you were editing it" in page
    assert clause(agreement, "meet").body == "Theirs"


def test_words_for_a_clause_that_was_removed_are_not_lost(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = drafted(cast), client_of(cast.manager)
    typed = _open(client, agreement) | {"body": "Kept all the same."}
    remove_clause(by=acting(cast.other_manager), clause=clause(agreement, "meet"))
    page = client.post(_url(agreement), typed).content.decode()
    assert "Somebody removed this clause while you were editing it." in page
    client.post(f"/agreements/{agreement.reference}/text/add/", fields_of(page))
    assert clause(agreement, "meetings").body == "Kept all the same."
    assert client.get(_url(agreement)).status_code == 302
    assert client.get(_url(agreement, "never-there")).status_code == 404


def test_words_typed_while_the_draft_was_frozen_are_not_lost(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement, client = drafted(cast), client_of(cast.manager)
    typed = _open(client, agreement) | {"body": "Too late."}
    frozen(cast, agreement)
    page = client.post(_url(agreement), typed).content.decode()
    assert "This text is version 0.1 now and no longer changes." in page
    assert fields_of(page)["body"] == "Too late."


def test_a_clause_that_changed_since_is_not_removed_unread(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = drafted(cast), client_of(cast.manager)
    sent = fields_of(client.get(_url(agreement, "meet", "remove/")).content.decode())
    edit_clause(
        by=acting(cast.other_manager), clause=clause(agreement, "meet"), edit_no=0, body="!"
    )
    page = client.post(_url(agreement, "meet", "remove/"), sent).content.decode()
    assert "Olga Other changed this clause since you opened this page." in page
    assert "Meetings" in _bodies(agreement)
    client.post(_url(agreement, "meet", "remove/"), fields_of(page))
    assert "Meetings" not in _bodies(agreement)
