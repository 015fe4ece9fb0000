"""The pages of an agreement: which there are, what each costs, where old links lead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from agreements.core.parties import parties_of
from agreements.models import Agreement
from house.rooms import rooms
from tests.agreements.costs import queries_of
from tests.cast import Cast, acting, organisation
from tests.conftest import ClientOf
from tests.disagreements import in_force as in_force_with_levels
from tests.reading import ways_from, words
from tests.stages import asked, drafted, frozen, in_force, make, sent, template

pytestmark = pytest.mark.django_db
BUDGET = 20
ALL = ["", "versions/", "kept/", "people/", "meetings/", "commitments/", "requests/",
       "announcements/", "disagreements/", "changes/", "plan/", "history/"]  # fmt: skip
# Where a part of the long page that an agreement was stands now.
FORMER = {"contacts": "people", "review": "kept", "versions": "versions", "meetings": "meetings",
          "actions": "meetings", "happened": "history"}  # fmt: skip


def test_in_force_it_has_a_page_for_each_thing_that_its_terms_have(
    cast: Cast, client_of: ClientOf
) -> None:
    client, ways = client_of(cast.other_viewer), ["Overview", "Text", "How it is kept", "People",
        "Meetings and actions", "Commitments", "Requests", "Announcements"]  # fmt: skip
    last = ["Changes and end", "Plan back", "E-mails", "History"]
    assert ways_from(client, in_force(cast).agreement) == [*ways, *last]
    # The library's text asks for a log of learning too.
    logs = ways.index("Requests")
    assert ways_from(client, in_force_with_levels(cast)) == [
        *ways[:logs],
        "Logs",
        *ways[logs:],
        "Disagreements",
        "Shared data",
        *last,
    ]


def test_each_page_has_a_title_that_tells_agreements_apart(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = in_force_with_levels(cast), client_of(cast.viewer)
    titles = set()
    for page in ALL:
        answer = client.get(f"/agreements/{agreement.reference}/{page}").content.decode()
        title = answer.split("<title>")[1].split("</title>")[0]
        assert f"with Eastmoor CCG, {agreement.reference} " in title
        assert answer.count("<h1") == 1
        assert answer.count('aria-current="page"') == 1
        titles.add(title)
    assert len(titles) == len(ALL)


def test_who_may_not_see_the_agreement_finds_none_of_its_pages(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement, stranger = in_force_with_levels(cast), client_of(cast.stranger)
    for page in ALL:
        assert stranger.get(f"/agreements/{agreement.reference}/{page}").status_code == 404


def test_an_old_link_to_a_part_of_the_page_leads_to_where_it_is_now(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement = in_force_with_levels(cast)
    at = f"/agreements/{agreement.reference}/"
    overview = client_of(cast.viewer).get(at).content.decode()
    for old, page in FORMER.items():
        assert f'id="{old}" data-leads-to="{at}{page}/"' in overview
    assert 'id="next"' in overview


@pytest.mark.parametrize("stage", [drafted, frozen, sent, asked, in_force, in_force_with_levels])
def test_no_page_asks_more_than_its_budget(
    cast: Cast, client_of: ClientOf, stage: Callable[[Cast], Any]
) -> None:
    agreement, client = agreement_of(stage(cast)), client_of(cast.manager)
    for page in ALL:
        if client.get(f"/agreements/{agreement.reference}/{page}").status_code == 200:
            assert queries_of(client, agreement, page) <= BUDGET, page


def test_ten_parties_ask_no_more_queries_than_two(cast: Cast, client_of: ClientOf) -> None:
    client, two = client_of(cast.manager), drafted(cast)
    sides = {"area_team": cast.area_team} | {f"ccg_{n}": organisation(f"CCG {n}") for n in range(9)}
    ten = make(acting(cast.manager), template(cast.ccg, tuple(sides)), sides, {})
    assert len(parties_of(ten)) == 10
    for page in ("", "versions/", "people/", "history/"):
        assert queries_of(client, ten, page) == queries_of(client, two, page), page
    assert "with CCG 0 and 8 others" in words(client, ten)


def test_every_section_stands_on_a_page_that_some_room_has(cast: Cast) -> None:
    agreement, reader = in_force_with_levels(cast), acting(cast.manager)
    for page in (subpage for room in rooms() for subpage in room.subpages(agreement)):
        found = [part for room in rooms() for part in room.sections(agreement, page.key, reader)]
        assert found or page.key == "history", page.key
        assert len({part.anchor for part in found}) == len(found)


def agreement_of(made: Any) -> Agreement:
    """The agreement of whatever a stage gives: itself, a version, two requests to sign."""
    one = made[0].version if isinstance(made, tuple) else made
    return one if isinstance(one, Agreement) else one.agreement
