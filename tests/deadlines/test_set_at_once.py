"""Two services make the same deadlines at one moment: there is one of each, armed once."""

from __future__ import annotations

from datetime import date

import pytest

from deadlines.models import Deadline, Holder, Reminder
from deadlines.services.setting import For, set_deadline, set_together
from tests.at_once import ROUNDS, Act, at_once
from tests.cast import Cast

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]


def test_the_same_deadlines_set_at_once(cast: Cast) -> None:
    holders = [For(cast.area_team)]

    def sets(keys: list[str]) -> Act:
        def act() -> None:
            with set_together():
                for key in keys:
                    set_deadline(
                        kind="bell", subject_key=key, due_on=date(2060, 1, 1),
                        schedule=["days:0"], holders=holders,
                    )  # fmt: skip

        return cast.manager, act

    for number in range(ROUNDS):
        keys = [f"{number}:a", f"{number}:b", f"{number}:c"]
        at_once([sets(keys), sets(keys[::-1]), sets(keys[1:])])
    made = Deadline.objects.count(), Holder.objects.count(), Reminder.objects.count()
    assert made == (3 * ROUNDS, 3 * ROUNDS, 3 * ROUNDS)
