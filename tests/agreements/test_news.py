"""What the other parties did lately, as Home tells it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.drafting.services.editing import edit_clause
from agreements.page.news import SHOWN, news_for
from agreements.versions.services.versions import recall
from house import clock
from parties.models import User
from tests.agreements.grouped import lines_of, requests_of, to_sign
from tests.agreements.test_groups_told import signed_by_partner
from tests.cast import Cast, acting
from tests.conftest import ClientOf
from tests.reading import words_at
from tests.stages import clause, frozen, give, make, template

pytestmark = pytest.mark.django_db
AREA = {"area": "the moors"}


def told(reader: User) -> list[str]:
    return [each.sentence for each in news_for(acting(reader))]


def test_the_newest_act_of_the_other_party_is_a_line(cast: Cast, client_of: ClientOf) -> None:
    agreement = frozen(cast).agreement
    home = words_at(client_of(cast.other_viewer), "/")
    name = cast.manager.get_full_name()
    assert f"{name} made version 0.1: its text no longer changes." in home
    assert f"Moors Area Team. Working together, {agreement.reference}." in home
    assert f"{name} started this agreement." not in home


def test_what_the_own_side_did_and_what_strangers_do_is_no_news(cast: Cast) -> None:
    frozen(cast)
    assert told(cast.viewer) == told(cast.stranger) == told(cast.nobody) == []


def test_a_new_draft_is_news_and_edits_in_it_are_not(cast: Cast) -> None:
    version = frozen(cast)
    recall(by=acting(cast.other_manager), version=version, because="One word.")
    (line,) = told(cast.viewer)
    assert "recalled version 0.1 and opened a new draft." in line
    assert told(cast.other_viewer) == [
        f"{cast.manager.get_full_name()} made version 0.1: its text no longer changes."
    ]


def test_what_is_older_than_a_fortnight_is_no_news(cast: Cast) -> None:
    frozen(cast)
    with clock.at(clock.now() + timedelta(days=13)):
        assert told(cast.other_viewer)
    with clock.at(clock.now() + timedelta(days=14, minutes=1)):
        assert told(cast.other_viewer) == []


def test_of_many_agreements_the_newest_are_told_with_one_query(cast: Cast) -> None:
    source = template(cast.area_team)
    sides = {"area_team": cast.area_team, "ccg": cast.ccg}
    agreements = [make(acting(cast.manager), source, sides, AREA) for _ in range(SHOWN + 2)]
    for each in agreements:
        frozen(cast, each)
    reader = acting(cast.other_viewer)
    with CaptureQueriesContext(connection) as queries:
        found = news_for(reader)
    references = [each.about.split(", ")[-1] for each in found]
    assert references == [each.reference for each in reversed(agreements)][:SHOWN]
    assert len(queries) == 1


def test_an_edited_clause_does_not_hide_what_was_done_before(cast: Cast) -> None:
    version = frozen(cast)
    recall(by=acting(cast.manager), version=version, because="One word.")
    text = clause(version.agreement, "purpose")
    edit_clause(by=acting(cast.manager), clause=text, edit_no=text.edit_no, body="Other words.")
    (line,) = told(cast.other_viewer)
    assert "recalled version 0.1 and opened a new draft." in line


def test_equal_lines_of_a_group_are_one_that_leads_to_its_page(cast: Cast) -> None:
    issue = to_sign(cast, ours=3)
    for request in requests_of(issue, cast.ccg):
        give(cast.other_signatory, request)
    lines = lines_of(issue, cast.ccg)
    for each in lines:
        signed_by_partner(each)
    reader = acting(cast.other_viewer)
    with CaptureQueriesContext(connection) as queries:
        (line,) = news_for(reader)
    assert line.sentence.startswith("3 of the group “Practice resilience”: all have signed.")
    assert line.about == f"The newest: Practice 03, {lines[2].made.reference}"
    assert line.url == f"/agreements/groups/{issue.key}/"
    assert len(queries) == 1
    # Who got one of them has it alone.
    (alone,) = news_for(acting(User.objects.get(email__startswith="pat.practice.01")))
    assert alone.url == f"/agreements/{lines[0].made.reference}/history/"
