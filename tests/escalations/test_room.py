"""What the room answers: the agreement's page, the home page, how it is kept, holdings."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.models import Agreement
from deadlines.queries import asking_due_until
from escalations.keeping import KEY
from escalations.models import Disagreement
from escalations.room import EscalationsRoom
from escalations.services.naming import name_person
from escalations.services.settling import accept
from escalations.services.waiting import KIND
from house import clock
from house.answers import Keeping, Todo
from house.asked_together import ask_alone
from parties.models import User
from tests.cast import Cast, acting
from tests.disagreements import (
    MANAGERS,
    RESPONSIBLE,
    SUBJECT,
    at_managers,
    in_force,
    opened,
    proposed,
    up,
)
from tests.escalations.desk import Desk, words_of
from tests.escalations.test_who import WILMA

pytestmark = pytest.mark.django_db
ROOM = EscalationsRoom()


def todos(user: User) -> list[Todo]:
    """The lines of Home that are about disagreements."""
    due = ask_alone(asking_due_until(acting(user), clock.today()))
    return [each for each in [*due.mine, *due.others] if each.kind == KIND]


def todo(user: User) -> tuple[str, str]:
    (one,) = todos(user)
    return one.sentence, one.waits_for


def kept(agreement: Agreement, user: User) -> Keeping:
    agreement = Agreement.objects.get(pk=agreement.pk)
    return ROOM.keepings([agreement], acting(user))[agreement.pk][KEY]


def settled(cast: Cast) -> Disagreement:
    disagreement = opened(cast)
    accept(by=acting(cast.other_colleague), proposal=proposed(cast.colleague, disagreement))
    disagreement.refresh_from_db()
    return disagreement


def test_home_says_who_has_to_move(cast: Cast) -> None:
    disagreement = at_managers(cast)
    settle = "Settle disagreement 1 with Eastmoor CCG at the level “MoU managers”"
    assert todo(cast.manager) == (settle, "")
    assert todo(cast.viewer) == (
        settle,
        "Maud Manager, Northern Moors Area Team and Olga Other, Eastmoor CCG",
    )
    proposed(cast.manager, disagreement)
    answer = "Answer the proposal on disagreement 1 with"
    assert todo(cast.manager) == (f"{answer} Eastmoor CCG", "Olga Other, Eastmoor CCG")
    assert todo(cast.other_manager) == (f"{answer} Northern Moors Area Team", "")
    assert todos(cast.stranger) == todos(cast.nobody) == []


def test_home_asks_the_manager_to_name_and_to_record(cast: Cast) -> None:
    disagreement = up(cast.manager, at_managers(cast), RESPONSIBLE)
    says = "Say who acts for you at the level “Those responsible above the MoU managers” of "
    assert todo(cast.manager) == (f"{says}disagreement 1 with Eastmoor CCG", "")
    assert todo(cast.viewer)[1].startswith("the MoU manager of Northern Moors Area Team and")
    name_person(by=acting(cast.manager), disagreement=disagreement, level=RESPONSIBLE, person=WILMA)
    asks = "Ask Wilma Without about disagreement 1 with Eastmoor CCG, and record the answer"
    assert todo(cast.manager) == (asks, "")


def test_home_asks_the_same_of_the_database_for_one_and_for_many(cast: Cast) -> None:
    first = at_managers(cast)
    assert len(todos(cast.viewer)) == 1
    with CaptureQueriesContext(connection) as one:
        todos(cast.viewer)
    for number in range(4):
        up(cast.colleague, opened(cast, first.agreement, f"Another {number}"), MANAGERS)
    with CaptureQueriesContext(connection) as many:
        assert len(todos(cast.viewer)) == 5
    assert len(many) == len(one) <= 25


def test_kept_only_with_what_was_settled(cast: Cast) -> None:
    agreement = in_force(cast)
    assert kept(agreement, cast.manager).state == "nothing_yet"
    disagreement = opened(cast, agreement)
    due = kept(agreement, cast.manager)
    assert (due.state, due.sentence) == (
        "due",
        "Disagreement 1 has been at the level “Working level” for less than a day.",
    )
    accept(by=acting(cast.other_colleague), proposal=proposed(cast.colleague, disagreement))
    done = kept(agreement, cast.viewer)
    assert (done.state, done.sentence) == (
        "kept",
        "1 disagreement settled, accepted by all of its parties.",
    )
    assert done.evidence[0].url == f"/escalations/{agreement.reference}/1/"
    Disagreement.objects.filter(pk=disagreement.pk).update(state="withdrawn")
    assert kept(agreement, cast.manager).state == "nothing_yet"


def test_of_several_open_ones_none_is_left_out(cast: Cast) -> None:
    agreement = in_force(cast)
    for subject in ("One", "Two", "Three"):
        opened(cast, agreement, subject=subject)
    found = kept(agreement, cast.manager)
    assert found.sentence.endswith("for less than a day. 2 more are open.")
    assert len(found.evidence) == 3


def test_missed_when_it_stands_still_after_the_last_reminder(cast: Cast) -> None:
    disagreement = opened(cast)
    for days, state in ((28, "due"), (29, "missed")):
        with clock.at(clock.now() + timedelta(days=days)):
            assert kept(disagreement.agreement, cast.manager).state == state


def test_a_stranger_gets_no_answer_about_what_was_opened(cast: Cast) -> None:
    agreement = settled(cast).agreement
    assert kept(agreement, cast.stranger).state == "nothing_yet"
    (section,) = ROOM.sections(agreement, "disagreements", acting(cast.stranger))
    assert section.context["rows"] == []


def test_the_page_of_an_agreement(cast: Cast) -> None:
    disagreement = opened(cast)
    agreement = disagreement.agreement
    (section,) = ROOM.sections(agreement, "disagreements", acting(cast.manager))
    assert section.action
    assert section.action.text == "Open a disagreement"
    assert section.context["rows"] == [disagreement]
    page = Desk(cast.manager).client.get(f"/agreements/{agreement.reference}/disagreements/")
    assert f"Disagreement 1: {SUBJECT}" in words_of(page)
    (section,) = ROOM.sections(agreement, "disagreements", acting(cast.viewer))
    assert section.action is None
    for number in range(5):
        opened(cast, agreement, f"Another {number}")
    (section,) = ROOM.sections(agreement, "disagreements", acting(cast.viewer))
    assert len(section.context["rows"]) == 5
    assert section.context["all_text"] == "All 6 disagreements"


def test_keepings_ask_the_same_for_many_agreements(cast: Cast) -> None:
    first = settled(cast).agreement
    reader = acting(cast.manager)
    counts = []
    for known in ([first], [first, opened(cast).agreement, in_force(cast)]):
        agreements = list(Agreement.objects.filter(pk__in=[each.pk for each in known]))
        with CaptureQueriesContext(connection) as asked:
            keepings = ROOM.keepings(agreements, reader)
        assert len(agreements) == len(keepings)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 3
