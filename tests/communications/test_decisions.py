"""What a text asks of each decision stands on the page of a meeting (C11)."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from agreements.models import Agreement
from meetings.models import Meeting
from tests.cast import Cast
from tests.communications import desk
from tests.conftest import ClientOf
from tests.meetings.stage import on, scheduled, series_of
from tests.reading import words_at
from tests.setting_up import library_template

pytestmark = pytest.mark.django_db
SIGNED = date(2026, 4, 1)
ASKED = "Of each decision: Which other commissioner does it affect? Tell them"


def meeting_of(cast: Cast, *, asks: bool) -> tuple[Agreement, Meeting]:
    source = library_template(cast)
    if asks:
        clause = source.clauses.get(key="drafts-before-approval")
        clause.bindings = ["wider_impact"]
        clause.save()
    with on(SIGNED):
        people = (cast.other_manager, cast.other_signatory)
        agreement = desk.agreement_with(cast, source, cast.ccg, *people)
        series = series_of(agreement)
        return agreement, scheduled(cast.manager, series, SIGNED + timedelta(days=90))


def test_each_decision_is_asked_whom_it_affects_and_the_answer_tells_them(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement, meeting = meeting_of(cast, asks=True)
    with on(SIGNED):
        client = client_of(cast.colleague)
        page = client.get(f"/meetings/{meeting.key}/").content.decode()
        [way] = re.findall(r'href="(/heads-ups/give/[^"]+)"', page)
        form = client.get(way.replace("&amp;", "&")).content.decode()
        assert ASKED not in words_at(client_of(cast.viewer), f"/meetings/{meeting.key}/")
    for chosen in ('value="wider_impact"', f'value="{agreement.pk}"'):
        [ticked] = re.findall(rf"<input[^>]*{chosen}[^>]*>", form)
        assert "checked" in ticked


def test_a_text_that_does_not_ask_is_not_read_to_ask(cast: Cast, client_of: ClientOf) -> None:
    _, meeting = meeting_of(cast, asks=False)
    with on(SIGNED):
        assert ASKED not in words_at(client_of(cast.colleague), f"/meetings/{meeting.key}/")
