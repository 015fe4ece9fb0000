from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from agreements.drafting.rules import LONGEST, compare_words
from agreements.drafting.services.editing import (
    add_clause,
    edit_clause,
    edit_terms,
    move_clause,
    remove_clause,
)
from agreements.versions.services.versions import recall
from parties.models import User
from tests.cast import Cast, acting
from tests.stages import clause, draft_of, drafted, frozen

TEXT = st.text(st.sampled_from("ab \n.<é"), max_size=80)
WORDS = st.lists(st.sampled_from(["one", "two", "three", "<b>", "\n\n"]), max_size=40).map(" ".join)
ClientOf = Callable[[User], Client]


@settings(deadline=None)
@given(st.one_of(TEXT, WORDS), st.one_of(TEXT, WORDS))
def test_every_word_of_both_texts_is_shown_once(old: str, new: str) -> None:
    runs = compare_words(old, new)
    assert "".join(run.text for run in runs if run.kind != "deleted") == new
    assert "".join(run.text for run in runs if run.kind != "inserted") == old
    assert all(run.text for run in runs)


@given(TEXT)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert all(run.kind == "same" for run in compare_words(text, text))


def test_texts_too_long_to_search_are_shown_whole() -> None:
    old, new = "a " * LONGEST, "b " * LONGEST
    assert [(run.kind, run.text) for run in compare_words(old, new)] == [
        ("deleted", old),
        ("inserted", new),
    ]


def _two_versions(cast: Cast) -> str:
    """0.1, and a draft in which something of each kind changed. Gives the page's address."""
    agreement = drafted(cast)
    by = acting(cast.other_manager)
    recall(by=by, version=frozen(cast, agreement), because="Changes.")
    meet = clause(agreement, "meet")
    edit_clause(
        by=by, clause=meet, edit_no=meet.edit_no, body="The parties meet **monthly** & well."
    )
    remove_clause(by=by, clause=clause(agreement, "openness"))
    move_clause(by=by, clause=clause(agreement, "review"), places=-1)
    add_clause(
        by=by, version=draft_of(agreement), after=None, heading="<script>alert(1)</script>",
        kind="duty", body="New",
    )  # fmt: skip
    draft = draft_of(agreement)
    terms = draft.typed_terms
    edit_terms(by=by, version=draft, terms=terms.model_copy(update={"minimum_months": 24}))
    return f"/agreements/{agreement.reference}/compare/1..2/"


@pytest.mark.django_db
def test_the_page_shows_what_was_inserted_deleted_moved_and_changed(
    cast: Cast, client_of: ClientOf
) -> None:
    page = client_of(cast.viewer).get(_two_versions(cast)).content.decode()
    assert "[inserted: </span>**monthly** &amp; well." in page
    assert "[deleted: </span>**twice** in each year." in page
    for tag in ("Changed", "Removed", "Moved", "Added"):
        assert f">{tag}</strong>" in page
    assert "1 clause changed, 1 clause added, 1 clause removed, 1 clause moved." in page
    assert "Terms: Start and end" in page
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.django_db
def test_the_older_version_comes_first_and_others_can_be_chosen(
    cast: Cast, client_of: ClientOf
) -> None:
    address = _two_versions(cast)
    client = client_of(cast.other_viewer)
    assert client.get(address.replace("1..2", "2..1")).headers["Location"] == address
    assert client.get(f"{address}?older=2&newer=2").headers["Location"].endswith("/2..2/")
    assert client.get(address.replace("1..2", "1..77")).status_code == 404
    assert client.get(f"{address}?older=x&newer=9999999999999999999").status_code == 200


@pytest.mark.django_db
def test_equal_texts_are_said_to_be_equal(cast: Cast, client_of: ClientOf) -> None:
    agreement = drafted(cast)
    recall(by=acting(cast.manager), version=frozen(cast, agreement), because="Look again.")
    page = client_of(cast.manager).get(f"/agreements/{agreement.reference}/compare/1..2/")
    assert "The two texts are the same, word by word." in page.content.decode()


@pytest.mark.django_db
def test_a_stranger_cannot_compare(cast: Cast, client_of: ClientOf) -> None:
    assert client_of(cast.stranger).get(_two_versions(cast)).status_code == 404
