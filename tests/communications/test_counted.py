"""How heads-ups, and the word of communications teams, count in reports (A11, A12, D18, B15)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from agreements.models import Agreement, TemplateClause
from communications.heads_ups.measures import measures as of_heads_ups
from communications.heads_ups.services.outcomes import mark_sent
from communications.measures import measures as of_announcements
from communications.services.outcomes import release
from communications.services.teams import answer_as_team, ask_team
from house import clock
from house.answers import Measure
from mail.sweep import send_due
from tests.cast import Cast, acting
from tests.communications import desk
from tests.communications.desk import NOW
from tests.communications.telling import given, sent_first, went_out

pytestmark = pytest.mark.django_db
DAYS = (date(2026, 1, 1), date(2026, 12, 31))


def with_team_asked_for(cast: Cast) -> Agreement:
    """With Westmoor CCG, by a text that has the Area Team hear its communications team first."""
    desk.bilateral(cast)
    version = cast.area_team.templates.get().versions.get()
    clause = TemplateClause.objects.get(version=version, key="embargo")
    clause.bindings, clause.owed_by = [*clause.bindings, "communications_team"], ["area_team"]
    clause.save()
    return desk.with_third(cast)


def figures(found: list[Measure]) -> dict[str, tuple[str, int, int]]:
    return {each.key: (each.party, each.met, each.missed) for each in found}


def test_what_is_planned_is_nobodys_to_count_and_what_went_first_is_missed(cast: Cast) -> None:
    with clock.at(NOW):
        agreement = desk.bilateral(cast)
        first = given(cast, agreement)
        given(cast, agreement)
        send_due()
    with clock.at(NOW + timedelta(days=2)):
        assert of_heads_ups([agreement], *DAYS)[agreement.pk] == []
        went_out(cast, first)
        sent_first(cast, agreement)
    found = figures(of_heads_ups([agreement], *DAYS)[agreement.pk])
    assert found == {
        "heads_ups.heads_up": ("area_team", 1, 1),
        "heads_ups.heads_up_committee": ("area_team", 1, 1),
    }
    tomorrow = (NOW + timedelta(days=3)).date()
    assert of_heads_ups([agreement], tomorrow, DAYS[1])[agreement.pk] == []


def test_what_no_clause_asks_for_has_no_figure(cast: Cast) -> None:
    with clock.at(NOW):
        agreement = desk.bilateral(cast)
        theirs = given(cast, agreement, by=cast.other_colleague)
        send_due()
        mark_sent(by=acting(cast.other_colleague), heads_up=theirs, sent_at=clock.now())
    assert of_heads_ups([agreement], *DAYS)[agreement.pk] == []


def test_press_releases_count_by_the_word_of_a_team(cast: Cast) -> None:
    with clock.at(NOW):
        agreement = with_team_asked_for(cast)
        team = desk.press_team(cast.area_team, [cast.viewer])
        for is_asked in (True, False):
            planned = desk.planned(cast, agreement, title=f"Asked: {is_asked}")
            desk.drafted(cast, planned)
            if is_asked:
                row = ask_team(by=acting(cast.colleague), announcement=planned, team=team)
                answer_as_team(by=acting(cast.viewer), asked=row, answer="no_objection")
            release(by=acting(cast.manager), announcement=planned, released_at=clock.now(),
                    text="Out.", because="Early.")  # fmt: skip
    found = figures(of_announcements([agreement], *DAYS)[agreement.pk])
    assert found["announcements.communications_team"] == ("area_team", 1, 1)
