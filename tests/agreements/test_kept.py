"""How an agreement is kept, as its page says it with the clauses and the evidence (X01)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from agreements.core.bindings import NOT_KEPT_YET
from agreements.core.parties import parties_of
from agreements.core.texts import ClauseName
from agreements.models import Agreement
from agreements.page.kept import Kept, merged
from house.answers import Evidence, Keeping
from house.rooms import rooms
from tests.agreements.costs import queries_of
from tests.agreements.keeper import DUE, KEPT, MISSED, NOTHING, Keeper
from tests.cast import Cast, acting
from tests.conftest import ClientOf
from tests.one_room import only
from tests.reading import words
from tests.setting_up import library_template
from tests.stages import drafted, in_force

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper() -> Iterator[Keeper]:
    made = Keeper()
    with only(made, "keepings"):
        yield made


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    return in_force(cast).agreement


def test_each_thing_watched_says_whether_it_is_kept_with_its_evidence(
    cast: Cast, client_of: ClientOf, keeper: Keeper, agreement: Agreement
) -> None:
    keeper.known = {"meetings": KEPT}
    page = words(client_of(cast.viewer), agreement, "kept/")
    assert "Of 2 duties the portal watches 1." in page
    said = "Meetings Kept Two of two meetings were held. Notes of 3 May Owed by both parties."
    assert f"{said} 2.1 Meetings" in page
    markup = client_of(cast.viewer).get(f"/agreements/{agreement.reference}/kept/").content.decode()
    assert 'href="/x/">Notes of 3 May</a>' in markup
    assert f'/agreements/{agreement.reference}/versions/1/#clause-meet">2.1 Meetings' in markup


def test_what_is_missed_comes_first(
    cast: Cast, client_of: ClientOf, keeper: Keeper, agreement: Agreement
) -> None:
    keeper.known = {"meetings": KEPT, "review": MISSED}
    page = words(client_of(cast.other_viewer), agreement, "kept/")
    assert page.index("Late or missed (1) Review Missed") < page.index(
        "Kept (1) What is kept, and what shows it Meetings Kept"
    )
    overview = words(client_of(cast.other_viewer), agreement)
    assert "1 kept 0 due 1 late or missed 0 open: nothing asked yet" in overview


def test_what_several_clauses_ask_for_is_one_line(agreement: Agreement) -> None:
    parties = parties_of(agreement)
    ours = ClauseName("a", "1", "First", "duty", ("meetings",), ("ccg",), "/a/")
    both = ClauseName("b", "2", "Second", "duty", ("review", "meetings"), (), "/b/")
    (line,) = Kept([ours, both], {"meetings": KEPT}, parties).lines
    assert (line.clauses, line.owed_by) == ([ours, both], "both parties")
    (line,) = Kept([ours], {"meetings": KEPT}, parties).lines
    assert line.owed_by == "Eastmoor CCG"
    (not_wholly,) = Kept([ours, both], {"meetings": KEPT}, parties).unwatched
    assert (not_wholly.clause, not_wholly.what) == (both, "the date of review")


def test_what_nobody_watches_is_said_once_by_name(
    cast: Cast, client_of: ClientOf, keeper: Keeper, agreement: Agreement
) -> None:
    keeper.known = {"meetings": NOTHING}
    page = words(client_of(cast.viewer), agreement, "kept/")
    assert "Meetings Nothing asked yet No meeting was owed so far." in page
    assert "1 duty that the portal does not watch, or not wholly" in page
    assert "2.2 Review: review" in page.split("or not wholly")[1]


def test_without_any_answer_it_says_so(
    cast: Cast, client_of: ClientOf, keeper: Keeper, agreement: Agreement
) -> None:
    page = words(client_of(cast.viewer), agreement, "kept/")
    assert "Of 2 duties the portal watches none yet." in page
    assert "2 duties that the portal does not watch, or not wholly" in page
    assert "nothing asked yet" not in words(client_of(cast.viewer), agreement)


def test_before_it_is_in_force_nothing_is_kept(
    cast: Cast, client_of: ClientOf, keeper: Keeper
) -> None:
    keeper.known = {"meetings": KEPT}
    assert "How it is kept" not in words(client_of(cast.viewer), drafted(cast))


def test_more_answers_ask_no_more_queries(
    cast: Cast, client_of: ClientOf, keeper: Keeper, agreement: Agreement
) -> None:
    client, counts = client_of(cast.viewer), []
    evidence = tuple(Evidence(f"Meeting {n}", "/x/") for n in range(40))
    for known in ({}, {"meetings": Keeping("kept", "All.", evidence), "review": DUE}):
        keeper.known = known
        counts.append(queries_of(client, agreement, "kept/"))
    assert "Meeting 2 and 37 more" in words(client, agreement, "kept/")
    assert counts[0] == counts[1]


def test_of_two_rooms_that_answer_the_worse_one_counts() -> None:
    assert merged([{"a": KEPT}, {"a": MISSED}, {"a": DUE}]) == {"a": MISSED}


def test_nothing_is_kept_without_evidence() -> None:
    with pytest.raises(ValueError, match="evidence"):
        Keeping("kept", "Two of two meetings were held.")


def test_the_text_in_force_leads_to_how_each_clause_is_kept(
    cast: Cast, client_of: ClientOf, keeper: Keeper, agreement: Agreement
) -> None:
    keeper.known = {"meetings": KEPT}
    client, at = client_of(cast.viewer), f"/agreements/{agreement.reference}/"
    text = client.get(f"{at}versions/1/").content.decode()
    page = client.get(f"{at}kept/").content.decode()
    for key in ("meetings", "review"):
        assert f'href="{at}kept/#kept-{key}">How it is kept' in text
    assert 'id="kept-meetings"' in page
    assert text.count("#kept-") == 2


def test_what_a_clause_can_be_bound_to_has_one_label(cast: Cast) -> None:
    kinds = [key for room in rooms() for key in room.keeping_kinds()]
    assert len(kinds) == len({*kinds})
    assert NOT_KEPT_YET.keys().isdisjoint(kinds)
    bound = {key for clause in library_template(cast).clauses.all() for key in clause.bindings}
    assert bound <= {*kinds, *NOT_KEPT_YET}


def test_a_room_answers_for_what_a_clause_can_be_bound_to(cast: Cast, agreement: Agreement) -> None:
    for room in rooms():
        answer = room.keepings([agreement], acting(cast.viewer)).get(agreement.pk, {})
        assert set(answer) == set(room.keeping_kinds()), room.name
