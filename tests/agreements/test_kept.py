"""How an agreement is kept, clause by clause, as its page says it (X01)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.core.texts import NOT_KEPT_YET
from agreements.models import Agreement
from agreements.page.kept import State, merged, state_of
from house.room import Evidence, Keeping
from house.rooms import rooms
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


def test_each_watched_duty_says_whether_it_is_kept_with_its_evidence(
    cast: Cast, client_of: ClientOf, keeper: Keeper, agreement: Agreement
) -> None:
    keeper.known = {"meetings": KEPT}
    page = words(client_of(cast.viewer), agreement)
    assert "Of 2 duties the portal watches 1: 1 kept." in page
    assert "2.1 Meetings Kept Two of two meetings were held. Notes of 3 May" in page
    markup = client_of(cast.viewer).get(f"/agreements/{agreement.reference}/").content.decode()
    assert 'href="/x/">Notes of 3 May</a>' in markup
    assert f'/agreements/{agreement.reference}/versions/1/#clause-meet">2.1 Meetings' in markup


def test_what_is_missed_comes_first(
    cast: Cast, client_of: ClientOf, keeper: Keeper, agreement: Agreement
) -> None:
    keeper.known = {"meetings": KEPT, "review": MISSED}
    page = words(client_of(cast.other_viewer), agreement)
    assert page.index("2.2 Review Missed") < page.index("2.1 Meetings Kept")
    assert "Of 2 duties the portal watches 2: 1 missed, 1 kept." in page
    assert "How it is kept 1 missed" in page


def test_what_nobody_watches_is_said_once_by_name(
    cast: Cast, client_of: ClientOf, keeper: Keeper, agreement: Agreement
) -> None:
    keeper.known = {"meetings": NOTHING}
    page = words(client_of(cast.viewer), agreement)
    assert "2.1 Meetings Nothing asked yet No meeting was owed so far." in page
    assert "1 duty that the portal does not watch yet" in page
    assert "2.2 Review" in page.split("does not watch yet")[1]


def test_without_any_answer_it_says_so(
    cast: Cast, client_of: ClientOf, keeper: Keeper, agreement: Agreement
) -> None:
    page = words(client_of(cast.viewer), agreement)
    assert "Of 2 duties the portal watches none yet." in page
    assert "2 duties that the portal does not watch yet" in page


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
        words(client, agreement)
        with CaptureQueriesContext(connection) as queries:
            page = words(client, agreement)
        counts.append(len(queries))
    assert "Meeting 2 and 37 more" in page
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("known", "state"),
    [
        ({}, "not_watched"),
        ({"a": KEPT, "b": MISSED}, "missed"),
        ({"a": KEPT, "b": DUE}, "due"),
        ({"a": MISSED, "b": DUE}, "missed"),
        ({"a": KEPT, "b": KEPT}, "kept"),
        ({"a": KEPT, "b": NOTHING}, "kept"),
        ({"a": NOTHING, "b": NOTHING}, "nothing_yet"),
        # Half of it is not watched: it is not called kept as a whole.
        ({"a": KEPT}, "partly"),
        ({"a": DUE}, "due"),
    ],
)
def test_a_clause_bound_to_several_takes_the_worst(known: dict[str, Keeping], state: State) -> None:
    assert state_of(["a", "b"], known) == state


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
    page = client.get(at).content.decode()
    for key in ("meet", "review"):
        assert f'href="{at}#kept-{key}">How it is kept' in text
        assert f'id="kept-{key}"' in page
    assert "#kept-purpose" not in text


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
