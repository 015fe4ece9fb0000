"""A notice that another party does not accept, and one by which a party leaves many others."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import call_command

from agreements.changes.rules import goes_on_without
from agreements.changes.services.answering import answer_change
from agreements.changes.services.notices import give_notice
from agreements.changes.services.opening import propose_end, propose_extension
from agreements.core.parties import sides_of, there_today
from agreements.models import Agreement, Change
from agreements.terms import Level, Period
from commitments.services.recording import record_action
from escalations.models import Disagreement
from house.refusals import NotYours
from parties.models import User
from tests.agreements.reviewed import on
from tests.cast import Cast, acting
from tests.conftest import ClientOf
from tests.on_terms import in_force_on
from tests.reading import words_at
from tests.two_of_ten import of_ten, somebody

pytestmark = pytest.mark.django_db
GIVEN, LAST = date(2018, 1, 15), date(2018, 2, 15)
PERIOD = Period(ends_on=date(2019, 3, 1), notice_months=1)


AT_THE_TOP = Level(key="top", label="At the top", posts={"area_team": "Director", "ccg": "Chair"})


def noticed(agreement: Agreement, by: Cast, **more: str) -> Change:
    return give_notice(
        by=acting(by.other_manager), agreement=agreement, given_on=GIVEN, on=LAST,
        because="We merge.", **more,
    )  # fmt: skip


@pytest.mark.duty("E10")
@pytest.mark.duty("E11")
def test_a_contested_notice_opens_a_disagreement_and_runs_on(
    cast: Cast, client_of: ClientOf
) -> None:
    with on(date(2017, 9, 1)):
        agreement = in_force_on(cast, period=PERIOD, minimum_months=0, levels=(AT_THE_TOP,))
    with on(GIVEN):
        notice = noticed(agreement, cast, discussed="The Moors LMC, on 10 January 2018")
        answer_change(
            by=acting(cast.manager), change=notice, agrees=False, because="The plan is not done."
        )
        words = words_at(
            client_of(cast.viewer), f"/agreements/{agreement.reference}/changes/{notice.pk}/"
        )
    assert "Runs, contested" in words
    assert "Earliest end by the text 15 February 2018. One month after 15 January 2018" in words
    assert "Discussed The Moors LMC, on 10 January 2018" in words
    [disagreement] = Disagreement.objects.all()
    assert (disagreement.subject, disagreement.state) == ("Notice of withdrawal", "open")
    assert Agreement.objects.get(pk=agreement.pk).state == "notice_given"


def test_a_party_that_leaves_many_ends_nothing_and_acts_no_more(cast: Cast) -> None:
    with on(date(2017, 9, 1)):
        agreement = of_ten(cast)
    ash = acting(somebody("Mo Ash"))
    with on(date(2018, 9, 3)):
        notice = give_notice(
            by=ash, agreement=agreement, given_on=date(2018, 9, 3), on=date(2018, 12, 31),
            because="Our practices join another.",
        )  # fmt: skip
        assert (notice.state, notice.leaves) == ("open", True)
        for party in agreement.sides:
            if party.organisation.pk != ash.organisation_id:
                by = cast.other_manager if party.key == "ccg" else _manager_of(party.name)
                answer_change(by=acting(by), change=notice, agrees=True)
    for day, there in ((date(2018, 12, 31), 10), (date(2019, 1, 1), 9)):
        with on(day):
            now = Agreement.objects.get(pk=agreement.pk)
            assert (len(there_today(now)), now.last_day) == (there, None)
    with on(date(2019, 1, 1)):
        now = Agreement.objects.get(pk=agreement.pk)
        assert sides_of(now, ash) == []
        with pytest.raises(NotYours):
            propose_extension(by=ash, agreement=now, on=None, because="Back.")


def _manager_of(name: str) -> User:
    return somebody(f"Mo {name.split()[0]}")


@pytest.mark.parametrize(
    ("leaver", "slots", "goes_on"),
    [
        ("a", [("a", "a"), ("b", "b")], False),
        ("f-1", [("ccg", "ccg"), ("f-1", "f"), ("f-2", "f")], True),
        ("ccg", [("ccg", "ccg"), ("f-1", "f"), ("f-2", "f")], False),
        ("f-1", [("ccg", "ccg"), ("f-1", "f")], False),
        ("c-1", [("c-1", "c"), ("c-2", "c"), ("c-3", "c")], True),
        ("c-1", [("c-1", "c"), ("c-2", "c")], False),
    ],
)
def test_an_mou_goes_on_while_two_sides_are_left(
    leaver: str, slots: list[tuple[str, str]], goes_on: bool
) -> None:
    assert goes_on_without(leaver, slots) == goes_on


def test_what_is_open_when_it_ends_is_listed_to_decide_on(cast: Cast, client_of: ClientOf) -> None:
    with on(date(2017, 9, 1)):
        agreement = in_force_on(cast, period=PERIOD, minimum_months=0)
    with on(GIVEN):
        record_action(
            by=acting(cast.manager), agreement=agreement, what="Send the plan",
            owner=agreement.parties.get(slot="ccg"), due_on=date(2018, 3, 1),
        )  # fmt: skip
        end = propose_end(by=acting(cast.manager), agreement=agreement, on=GIVEN, because="Done.")
        answer_change(by=acting(cast.other_manager), change=end, agrees=True)
    with on(date(2018, 1, 16)):
        call_command("send_reminders", verbosity=0)
        words = words_at(client_of(cast.viewer), f"/agreements/{agreement.reference}/changes/")
    assert "It ended on 15 January 2018, by agreement of all parties." in words
    assert "Still open: decide on each Action 1: Send the plan" in words
