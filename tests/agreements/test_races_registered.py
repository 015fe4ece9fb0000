"""A registered copy that one party withdraws or corrects while another says its word on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from agreements.models import Confirmation, CopyChange
from agreements.register.changing import correct_registration, withdraw_registration
from agreements.register.facts import facts_of
from agreements.register.services import say_of_copy
from tests.agreements.registered import again, registered
from tests.at_once import ROUNDS, at_once, refusals
from tests.cast import Cast, acting

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("nothing_but_agreements"),
]
GONE = "The registration was withdrawn. There is nothing to check."


def test_withdrawn_while_another_confirms_it(cast: Cast) -> None:
    """Confirmed first it is asked about; withdrawn first nobody says anything of it."""
    for number in range(ROUNDS):
        copy = registered(cast, words=f"Round {number}.")
        ours, theirs = acting(cast.manager), acting(cast.other_manager)
        answers = at_once([
            (cast.manager, partial(withdraw_registration, by=ours, copy=copy, because="Wrong.")),
            (cast.other_manager, partial(say_of_copy, by=theirs, copy=again(copy), agrees=True)),
        ])  # fmt: skip
        said, change = Confirmation.objects.filter(copy=copy), CopyChange.objects.get(copy=copy)
        if change.state == CopyChange.State.MADE:
            assert (refusals(answers), said.count()) == ([GONE], 0)
        else:
            assert (refusals(answers), said.count()) == ([], 1)
            assert again(copy).withdrawn_at is None


def test_corrected_while_two_of_the_other_party_confirm_it(cast: Cast) -> None:
    """One word is kept; the correction is made at once or waits, never both."""
    for number in range(ROUNDS):
        copy = registered(cast, words=f"Round {number}.")
        right = replace(facts_of(copy), end_on=date(2030, 3, 31))
        ours = acting(cast.manager)
        correct = partial(correct_registration, by=ours, copy=copy, facts=right, because="A slip.")
        confirm = [
            (who, partial(say_of_copy, by=acting(who), copy=again(copy), agrees=True))
            for who in (cast.other_manager, cast.other_colleague)
        ]
        assert refusals(at_once([(cast.manager, correct), *confirm])) == []
        assert Confirmation.objects.filter(copy=copy).count() == 1
        change, ends = CopyChange.objects.get(copy=copy), again(copy).agreement.end_on
        made = change.state == CopyChange.State.MADE
        assert ends == (date(2030, 3, 31) if made else None)
