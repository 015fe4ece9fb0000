"""A party leaves an MoU that goes on between the others, and what follows from that."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.changes.services.answering import answer_change, withdraw_change
from agreements.changes.services.notices import give_notice, take_back
from agreements.changes.services.opening import propose_end, record_event
from agreements.core.telling import told_others
from agreements.models import Agreement, Change, PartySpell
from agreements.register.services import register_signed
from agreements.retention.services.keeping import place_hold
from deadlines.models import Deadline
from documents.storage import store
from house.refusals import NotYours
from tests import federations
from tests.agreements.reviewed import on
from tests.agreements.test_changes import now, sweep
from tests.cast import Cast, acting
from tests.conftest import ClientOf
from tests.pdf import a_pdf
from tests.reading import all_words, words_at
from tests.two_of_ten import of_ten, somebody
from tests.typed import fields_of

pytestmark = pytest.mark.django_db


def page(agreement: Agreement) -> str:
    return f"/agreements/{agreement.reference}/changes/"


def leaving(cast: Cast, agreement: Agreement) -> Change:
    """The Ash Federation leaves nine others at the end of 2018, and all accept that."""
    notice = give_notice(
        by=acting(somebody("Mo Ash")), agreement=agreement, given_on=date(2018, 9, 3),
        on=date(2018, 12, 31), because="Our practices join another.",
    )  # fmt: skip
    return all_accept(cast, notice)


def all_accept(cast: Cast, change: Change, but: int | None = None) -> Change:
    for party in change.agreement.sides:
        if party.organisation.pk not in (change.opened_for_id, but):
            name = party.name.split()[0]
            by = cast.other_manager if party.key == "ccg" else somebody(f"Mo {name}")
            change = answer_change(by=acting(by), change=change, agrees=True)
    return change


def test_whoever_has_left_is_no_more_among_those_that_it_is_with(
    cast: Cast, client_of: ClientOf
) -> None:
    with on(date(2017, 9, 1)):
        agreement = of_ten(cast)
    with on(date(2018, 9, 3)):
        leaving(cast, agreement)
    ways = {}
    for day in (date(2018, 12, 31), date(2019, 1, 1)):
        sweep(day)
        with on(day):
            for who in (cast.other_manager, somebody("Mo Ash")):
                ways[day.year, who] = words_at(client_of(who), page(agreement))
    assert "with Ash Federation and 8 others" in ways[2018, cast.other_manager]
    assert "and 7 others" in ways[2019, cast.other_manager]
    assert "Ash Federation and" not in ways[2019, cast.other_manager].split("How it ends")[0]
    assert "and 8 others" in ways[2018, somebody("Mo Ash")]
    assert "and 8 others" in ways[2019, somebody("Mo Ash")]


def test_who_was_to_leave_many_stays_when_its_notice_is_taken_back(cast: Cast) -> None:
    with on(date(2017, 9, 1)):
        agreement = of_ten(cast)
    with on(date(2018, 9, 3)):
        notice = leaving(cast, agreement)
        back = take_back(by=acting(somebody("Mo Ash")), notice=notice, because="We stay.")
        all_accept(cast, back)
    notice.refresh_from_db()
    [spell] = PartySpell.objects.filter(
        party__agreement=agreement, organisation=notice.opened_for_id
    )
    assert (notice.state, spell.ends_on) == ("withdrawn", None)
    assert spell.history.latest().ends_on is None


def test_a_party_that_left_is_offered_nothing_and_not_told(cast: Cast, client_of: ClientOf) -> None:
    with on(date(2017, 9, 1)):
        agreement = of_ten(cast)
    with on(date(2018, 9, 3)):
        leaving(cast, agreement)
    with on(date(2019, 1, 1)):
        assert "What your organisation can do" not in words_at(
            client_of(somebody("Mo Ash")), page(agreement)
        )
        told = told_others(now(agreement), acting(cast.other_manager))
    assert "Birch Federation" in told
    assert "Ash Federation" not in told


def test_an_mou_that_goes_on_without_a_party_stays_in_force(
    cast: Cast, client_of: ClientOf
) -> None:
    with on(date(2017, 9, 1)):
        agreement = of_ten(cast)
    with on(date(2018, 9, 3)):
        notice = leaving(cast, agreement)
        words = all_words(client_of(cast.other_manager), now(agreement))
    assert "In force since 1 September 2017" in words
    assert "Notice given" not in words
    sweep(date(2019, 1, 1))
    notice.refresh_from_db()
    assert (notice.state, now(agreement).state) == ("done", "in_force")


def test_the_last_but_one_of_a_side_does_not_leave_an_mou_that_goes_on(cast: Cast) -> None:
    with on(date(2017, 9, 1)):
        agreement = register_signed(
            by=acting(cast.other_manager), template_version=federations.template(cast.ccg),
            title="Roles", organisations=federations.sides(cast, 2),
            file=store(a_pdf(), name="mou.pdf", content_type="application/pdf"),
            signed_on=date(2017, 9, 1), review_on=date(2018, 9, 1),
        )  # fmt: skip
        federations.people_of(agreement)
    with on(date(2018, 9, 3)):
        given = [
            give_notice(
                by=acting(somebody(f"Mo {name}")), agreement=agreement, given_on=date(2018, 9, 3),
                on=date(2018, 12, 31), because="We join another.",
            )
            for name in ("Ash", "Birch")
        ]  # fmt: skip
    assert [notice.leaves for notice in given] == [True, False]


def test_what_a_party_that_left_had_opened_bars_nobody(cast: Cast) -> None:
    with on(date(2017, 9, 1)):
        agreement = of_ten(cast)
    with on(date(2018, 9, 3)):
        leaving(cast, agreement)
        event = record_event(
            by=acting(somebody("Mo Ash")), agreement=agreement, on=date(2018, 9, 3), because="So."
        )
    sweep(date(2019, 1, 1))
    event.refresh_from_db()
    assert (event.state, event.closed_because) == ("withdrawn", "Its party has left.")
    assert not Deadline.objects.filter(kind="change_to_answer").still_open().exists()


def test_what_waited_for_a_party_that_left_alone_holds(cast: Cast) -> None:
    with on(date(2017, 9, 1)):
        agreement = of_ten(cast)
    with on(date(2018, 9, 3)):
        ash = leaving(cast, agreement).opened_for_id
        end = propose_end(
            by=acting(cast.other_manager), agreement=agreement, on=date(2019, 6, 1), because="Done."
        )
        all_accept(cast, end, but=ash)
    sweep(date(2019, 1, 1))
    end.refresh_from_db()
    assert (end.state, now(agreement).last_day) == ("agreed", date(2019, 6, 1))


def test_who_is_told_of_a_change_is_read_for_ten_as_for_two(cast: Cast) -> None:
    with on(date(2017, 9, 1)):
        agreement = of_ten(cast)
    with on(date(2018, 9, 3)):
        ours = propose_end(
            by=acting(cast.other_manager), agreement=agreement, on=date(2019, 6, 1), because="Done."
        )
        with CaptureQueriesContext(connection) as asked:
            withdraw_change(by=acting(cast.other_manager), change=ours, because="Not now.")
    members = [each for each in asked if 'FROM "parties_membership"' in each["sql"]]
    assert len(members) <= 3


def test_a_party_that_has_left_is_said_to_have_left(cast: Cast, client_of: ClientOf) -> None:
    with on(date(2017, 9, 1)):
        agreement = of_ten(cast)
    with on(date(2018, 9, 3)):
        leaving(cast, agreement)
    client, here = client_of(cast.other_manager), f"/agreements/{agreement.reference}"
    left = "Ash Federation (until 31 December 2018)"
    with on(date(2019, 2, 1)):
        assert left not in words_at(client, f"{here}/on/2018-12-31/")
        assert left in words_at(client, f"{here}/on/2019-01-01/")
        sheet = words_at(client, f"{here}/on-a-page/")
        assert "Birch" in sheet
        assert "Ash" not in sheet
        assert words_at(client_of(somebody("Mo Ash")), f"{here}/on-a-page/")


def test_who_has_left_takes_its_own_hold_off_and_places_none(
    cast: Cast, client_of: ClientOf
) -> None:
    with on(date(2017, 9, 1)):
        agreement = of_ten(cast)
    ash = somebody("Mo Ash")
    with on(date(2018, 9, 3)):
        hold = place_hold(
            by=acting(ash), agreement=agreement, kind="inquiry", because="Inquiry 2018/3."
        )
        leaving(cast, agreement)
    sweep(date(2019, 1, 1))
    with on(date(2019, 1, 2)):
        url = f"/agreements/{agreement.reference}/holds/{hold.pk}/lift/"
        words, client = words_at(client_of(ash), page(agreement)), client_of(ash)
        assert "Take it off" in words
        assert "Place a hold" not in words
        form = fields_of(client.get(url).content.decode())
        client.post(url, form | {"because": "It reported."})
        hold.refresh_from_db()
        assert not hold.stands
        with pytest.raises(NotYours):
            place_hold(by=acting(ash), agreement=now(agreement), kind="other", because="Again.")
