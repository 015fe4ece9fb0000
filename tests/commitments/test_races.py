"""Two people and one action, at one moment."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from commitments.models import Action
from commitments.services.changing import close_action
from tests.at_once import ROUNDS, at_once, refusals
from tests.cast import Cast, acting
from tests.commitments.stage import agreement_of, recorded, side

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]


def test_of_two_who_close_an_action_one_does(cast: Cast) -> None:
    ours = side(agreement_of(cast))
    users = (cast.manager, cast.other_manager)
    for _ in range(ROUNDS):
        action = recorded(cast.manager, ours)

        def close(user: Any, as_what: str, pk: int = action.pk) -> None:
            action = Action.objects.get(pk=pk)
            close_action(by=acting(user), action=action, as_what=as_what, because="So.")

        answers = at_once(
            [(users[0], lambda: close(users[0], "done")),
             (users[1], lambda: close(users[1], "dropped"))]
        )  # fmt: skip
        assert len(refusals(answers)) == 1
        verbs = ("action_done", "action_dropped")
        told = action.agreement.happenings.filter(verb__in=verbs, data__number=action.number)
        assert told.count() == 1


def test_numbers_and_keys_are_given_once(cast: Cast) -> None:
    ours = side(agreement_of(cast))
    for _ in range(ROUNDS):
        key = uuid.uuid4()

        def press(key: uuid.UUID = key) -> Action:
            return recorded(cast.manager, ours, key=key)

        one, other = at_once([(cast.manager, press), (cast.manager, press)])
        assert one == other
    made = at_once([(cast.manager, lambda: recorded(cast.manager, ours))] * 4)
    assert len({action.number for action in made}) == 4
