"""Two who change one agreement at once: each change has one legal end."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agreements.changes.services.answering import answer_change, withdraw_change
from agreements.changes.services.opening import propose_end, record_event
from agreements.models import Agreement, Change, Happening
from deadlines.models import Deadline
from house import clock
from parties.models import User
from tests.at_once import ROUNDS, Act, at_once, refusals
from tests.cast import Cast, acting
from tests.rounds import rounds
from tests.stages import in_force

pytestmark = [
    pytest.mark.sqlite,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("nothing_but_agreements"),
]


def proposes(who: User, agreement: Agreement) -> Act:
    def act() -> Change:
        found, on = Agreement.objects.get(pk=agreement.pk), clock.today() + timedelta(days=30)
        return propose_end(by=acting(who), agreement=found, on=on, because="Done.")

    return who, act


def accepts(who: User, change: Change) -> Act:
    def act() -> None:
        found = Change.objects.select_related("agreement").get(pk=change.pk)
        answer_change(by=acting(who), change=found, agrees=True)

    return who, act


def withdraws(who: User, change: Change) -> Act:
    def act() -> None:
        found = Change.objects.select_related("agreement").get(pk=change.pk)
        withdraw_change(by=acting(who), change=found, because="Not now.")

    return who, act


def test_two_propose_an_end_at_once(cast: Cast) -> None:
    agreement = in_force(cast).agreement
    for _ in rounds(ROUNDS):
        answers = at_once([proposes(who, agreement) for who in (cast.manager, cast.other_manager)])
        [refusal] = refusals(answers)
        assert refusal.startswith("There is another ending by agreement already")
        assert Change.objects.count() == 1
        assert Deadline.objects.filter(kind="change_to_answer").still_open().count() == 1


def test_one_withdraws_what_the_other_accepts(cast: Cast) -> None:
    agreement = in_force(cast).agreement
    change = record_event(
        by=acting(cast.manager), agreement=agreement, on=clock.today(), because="It is delivered."
    )
    for _ in rounds(ROUNDS):
        answers = at_once([accepts(cast.other_manager, change), withdraws(cast.manager, change)])
        [refusal] = refusals(answers)
        change.refresh_from_db()
        agreement.refresh_from_db()
        ended = Happening.objects.filter(verb="ended").count()
        assert (change.state, agreement.state, ended) in (
            ("done", "ended", 1), ("withdrawn", "in_force", 0),
        )  # fmt: skip
        assert refusal.startswith(("Only an agreement in force", "Nobody waits for this any more"))
        assert not Deadline.objects.filter(kind="change_to_answer").still_open().exists()
