"""The list, the page and its forms: found, filtered, empty, counted, and badly filled in."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from escalations.services.settling import withdraw
from tests.bad_input import BAD_TEXTS
from tests.cast import Cast, acting
from tests.disagreements import MANAGERS, SUBJECT, in_force, opened, proposed, up, url_of
from tests.escalations.desk import Desk, words_of
from tests.reading import words_at

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db]
LIST = "/escalations/"


def listed(desk: Desk, query: str = "") -> str:
    return words_of(desk.client.get(f"{LIST}{query}"))


def test_the_open_ones_with_their_level_and_whom_they_wait_for(cast: Cast) -> None:
    disagreement = opened(cast)
    read = listed(Desk(cast.viewer))
    assert "1 open, 0 closed" in read
    assert f"{SUBJECT} Disagreement 1 with Eastmoor CCG, MOU-0001" in read
    assert "Working level For less than a day" in read
    assert "Northern Moors Area Team and Eastmoor CCG" in read
    withdraw(by=acting(cast.colleague), disagreement=disagreement, because="It can wait.")
    assert "No disagreement is open." in listed(Desk(cast.viewer))
    assert SUBJECT in listed(Desk(cast.viewer), "?state=closed")


def test_found_by_subject_party_and_reference(cast: Cast) -> None:
    opened(cast)
    desk = Desk(cast.viewer)
    for text in ("visits", "eastmoor", "mou-0001", "Working together"):
        assert SUBJECT in listed(desk, f"?text={text}"), text
    read = listed(desk, "?text=nothing-like-it&state=all")
    assert "0 of 1 disagreement" in read
    assert "No disagreement matches these filters." in read
    assert "1 open" in listed(desk, "?state=nonsense&page=99")


def test_an_empty_list_says_how_to_begin(cast: Cast) -> None:
    in_force(cast)
    assert "To open one, choose the agreement" in listed(Desk(cast.colleague))
    assert "An editor or MoU manager of your organisation" in listed(Desk(cast.viewer))
    assert "There have been no disagreements." in words_of(
        Desk(cast.viewer).client.get("/agreements/MOU-0001/disagreements/")
    )


def test_a_stranger_finds_nothing(cast: Cast) -> None:
    disagreement = opened(cast)
    desk = Desk(cast.stranger)
    assert SUBJECT not in listed(desk, "?state=all&text=visits")
    pages = ("", "propose/", "notes/", "wanted/", "next-level/", "withdraw/", "advice/")
    assert {desk.code(disagreement, page) for page in pages} == {404}


def test_the_list_and_the_page_ask_the_same_for_few_and_many(cast: Cast) -> None:
    first = up(cast.colleague, opened(cast), MANAGERS)
    desk = Desk(cast.viewer)
    counts: list[tuple[int, int]] = []
    for _ in range(2):
        counts.append((queries(desk, LIST), queries(desk, url_of(first))))
        for number in range(4):
            opened(cast, first.agreement, f"Another {number}")
            proposed(cast.manager, first, f"Proposal {number}")
    listed, page = words_at(desk.client, LIST), words_at(desk.client, url_of(first))
    assert {f"Another {number}" in listed for number in range(4)} == {True}
    assert {f"Proposal {number}" in page for number in range(4)} == {True}
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 30


def queries(desk: Desk, url: str) -> int:
    desk.client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert desk.client.get(url).status_code == 200
    return len(asked)


@pytest.mark.parametrize("bad", BAD_TEXTS)
def test_what_nobody_should_type_breaks_nothing(cast: Cast, bad: str) -> None:
    disagreement = opened(cast)
    desk, text = Desk(cast.colleague), BAD_TEXTS[bad]
    for page in ("wanted/", "propose/", "notes/", "next-level/", "advice/", "withdraw/"):
        said = dict.fromkeys(
            ("text", "because", "skipped_because", "target", "adviser", "on_0", "seen_by"), text
        )
        answer = desk.client.post(url_of(disagreement, page), said | {"at_level": text})
        assert answer.status_code in {200, 302}, page
        assert "<script>alert(1)" not in answer.content.decode()
    assert desk.client.get(url_of(disagreement)).status_code == 200
    assert desk.client.get(f"{LIST}?text={text[:80]}").status_code == 200
