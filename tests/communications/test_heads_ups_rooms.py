"""What heads-ups answer to other rooms: leaving, a successor, a day in the past, a meeting."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communications.heads_ups.room import HeadsUpsRoom
from communications.heads_ups.services.leaving import go_over, heads_up_key
from communications.models import HeadsUp, LocalCommittee, Told
from communications.room import CommunicationsRoom
from deadlines.models import Holder
from house import clock
from parties.models import Succession
from parties.services.leaving import Successors, leave
from tests.cast import Cast, acting, person_of
from tests.communications import desk
from tests.communications.desk import NOW
from tests.communications.telling import (
    LMC_ADDRESS,
    TITLE,
    at,
    content,
    given,
    sent_first,
    went_out,
)
from tests.conftest import ClientOf
from tests.costs import BUDGET, queries_at, with_many
from tests.reading import words_at

pytestmark = pytest.mark.django_db
ROOM = HeadsUpsRoom()


def test_who_leaves_hands_over_what_is_under_way(cast: Cast) -> None:
    with clock.at(NOW):
        heads_up = given(cast)
        (holding,) = CommunicationsRoom().holdings(person_of(cast.colleague), cast.area_team, 5)
        assert holding.key == heads_up_key(heads_up)
        leave(
            by=acting(cast.administrator), organisation=cast.area_team, last_day=clock.today(),
            person=person_of(cast.colleague),
            successors=Successors(each={holding.key: person_of(cast.manager)}),
        )  # fmt: skip
        heads_up.refresh_from_db()
        assert (heads_up.keeper, heads_up.given_by) == (person_of(cast.manager), cast.colleague)
        held = Holder.objects.filter(deadline__subject_key=f"heads_up:{heads_up.pk}")
        assert person_of(cast.colleague) not in {each.person for each in held}


def test_a_successor_takes_over_what_is_planned_and_the_list(cast: Cast) -> None:
    with clock.at(NOW):
        planned, gone = given(cast), given(cast, title="Gone", committee=None)
        went_out(cast, gone, because="Early.")
        _, passing = CommunicationsRoom().to_pass_on(cast.area_team, (), full=True)
        assert (passing.count, passing.one) == (1, "planned heads-up")
        go_over(Succession(old=cast.area_team, new=cast.third_ccg))
        owners = dict(HeadsUp.objects.values_list("title", "owner"))
        assert owners == {TITLE: cast.third_ccg.pk, "Gone": cast.area_team.pk}
        assert LocalCommittee.objects.get().organisation == cast.third_ccg
        assert planned.pk


def test_a_day_in_the_past_shows_what_was_under_way_then(cast: Cast, client_of: ClientOf) -> None:
    with clock.at(NOW):
        heads_up, agreement = given(cast), desk.bilateral(cast)
        assert ROOM.left_open([agreement.pk]) == {agreement.pk: 1}
    with clock.at(NOW + timedelta(days=2)):
        went_out(cast, heads_up, because="Early.")
        assert ROOM.left_open([agreement.pk]) == {}
    with clock.at(NOW + timedelta(days=5)):
        before, after = (NOW.date() + timedelta(days=days) for days in (0, 3))
        path = f"/agreements/{agreement.reference}/on/"
        assert TITLE in words_at(client_of(cast.other_viewer), f"{path}{before.isoformat()}/")
        assert ROOM.open_on(agreement, after, acting(cast.viewer)) == []
        assert ROOM.open_on(agreement, before, acting(cast.stranger)) == []


def test_what_went_first_is_a_point_of_the_next_meeting(cast: Cast) -> None:
    with clock.at(NOW):
        agreement = desk.bilateral(cast)
        sent_first(cast)
        days = (date(2026, 6, 1), date(2026, 6, 30))
        (point,) = ROOM.agenda_points([agreement], *days)[agreement.pk]
        assert point.text.endswith("came before all were told.")
        later = (date(2026, 7, 1), date(2026, 7, 30))
        assert not ROOM.agenda_points([agreement], *later)


def test_sixty_recipients_ask_no_more_than_two(cast: Cast, client_of: ClientOf) -> None:
    client, pages, acts = client_of(cast.colleague), [], []
    for others in (2, 12):
        agreement = with_many(cast, others)
        with CaptureQueriesContext(connection) as queries:
            heads_up = given(cast, agreement, title=f"To {others}", committee=None)
        acts.append(len(queries))
        assert Told.objects.filter(heads_up=heads_up).count() == others
        paths = (at(heads_up), "/heads-ups/", f"/agreements/{agreement.reference}/announcements/")
        pages.append([queries_at(client, path) for path in paths])
        assert f"CCG {others - 1} of {others}" in words_at(client, at(heads_up))
    assert acts[0] == acts[1]
    assert pages[0] == pages[1]
    assert max(pages[1]) <= BUDGET


def test_many_agreements_ask_no_more_than_few(cast: Cast) -> None:
    counts = []
    acting(cast.colleague)
    for others in ((1, 2), (3, 4, 5, 6, 7)):
        agreements = [with_many(cast, each) for each in others]
        with CaptureQueriesContext(connection) as queries:
            given(cast, *agreements, title=f"Under {len(others)}", committee=None)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_of_many_parties_those_named_are_told(cast: Cast) -> None:
    agreement = with_many(cast, 5)
    parties = agreement.parties.exclude(slot="area_team").order_by("position")
    chosen = [party.organisation.pk for party in list(parties)[:2]]
    heads_up = given(cast, agreement, about=chosen, committee=None)
    told = heads_up.told.values_list("organisation", flat=True)
    assert set(told) == set(chosen)


def test_the_administration_shows_no_word_of_it(cast: Cast, client_of: ClientOf) -> None:
    with clock.at(NOW):
        heads_up = given(cast)
    client = client_of(cast.system_administrator)
    for model in ("headsup", "headsupagreement", "owedto", "told", "headsupmove"):
        listed = f"/admin/communications/{model}/"
        pages = [listed, f"{listed}export/", f"{listed}{heads_up.pk}/change/"]
        text = "".join(client.get(page, follow=True).content.decode() for page in pages)
        export = client.post(f"{listed}export/", {"format": 2, "resource": ""})
        assert "canary" not in text + export.content.decode(), model


def test_the_list_of_committees_is_ones_own(cast: Cast, client_of: ClientOf) -> None:
    with clock.at(NOW):
        given(cast)
        assert LMC_ADDRESS in words_at(client_of(cast.viewer), "/heads-ups/committees/")
        assert LMC_ADDRESS not in words_at(client_of(cast.other_manager), "/heads-ups/committees/")
        assert content().kind == "practices"
