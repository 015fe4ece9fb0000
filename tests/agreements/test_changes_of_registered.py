"""A registration is put right or withdrawn while changes of its agreement wait or run."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from agreements.changes.services.answering import answer_change
from agreements.changes.services.notices import say_not_extending
from agreements.changes.services.opening import propose_extension
from agreements.models import Agreement
from agreements.register.changing import answer_change as answer_correction
from agreements.register.changing import correct_registration, withdraw_registration
from agreements.register.facts import facts_of
from house.refusals import Refused
from tests.agreements.registered import again, confirm, registered
from tests.agreements.reviewed import on
from tests.agreements.test_changes import now
from tests.cast import Cast, acting
from tests.conftest import ClientOf
from tests.reading import words_at

pytestmark = pytest.mark.django_db


def page(agreement: Agreement) -> str:
    return f"/agreements/{agreement.reference}/changes/"


def test_an_end_put_right_is_the_last_day_whoever_does_not_extend_it(cast: Cast) -> None:
    copy = registered(cast, end_on=date(2027, 3, 31))
    with on(date(2026, 9, 30)):
        say_not_extending(
            by=acting(cast.manager), agreement=copy.agreement, given_on=date(2026, 9, 30),
            because="The level changes.",
        )  # fmt: skip
        right = replace(facts_of(again(copy)), end_on=date(2027, 5, 31))
        correct_registration(
            by=acting(cast.manager), copy=again(copy), facts=right, because="A slip of the pen."
        )
    assert now(copy.agreement).last_day == date(2027, 5, 31)


def test_who_registered_it_does_not_take_back_what_all_extended(cast: Cast) -> None:
    copy = registered(cast, end_on=date(2027, 3, 31))
    with on(date(2026, 9, 30)):
        longer = propose_extension(
            by=acting(cast.manager), agreement=copy.agreement, on=date(2028, 3, 31), because="So."
        )
        answer_change(by=acting(cast.other_manager), change=longer, agrees=True)
        shorter = replace(facts_of(again(copy)), end_on=date(2026, 12, 31))
        with pytest.raises(Refused, match="All parties agreed to extend it"):
            correct_registration(
                by=acting(cast.manager), copy=again(copy), facts=shorter, because="A slip."
            )
    assert now(copy.agreement).end_on == date(2028, 3, 31)


def test_a_correction_asked_before_an_extension_leaves_the_end_that_all_agreed_to(
    cast: Cast,
) -> None:
    copy = registered(cast, end_on=date(2027, 3, 31))
    confirm(cast.other_manager, copy)
    with on(date(2026, 9, 30)):
        right = replace(facts_of(again(copy)), title="Quality and safety")
        asked = correct_registration(
            by=acting(cast.manager), copy=again(copy), facts=right, because="A slip."
        )
        longer = propose_extension(
            by=acting(cast.manager), agreement=copy.agreement, on=date(2028, 3, 31), because="So."
        )
        answer_change(by=acting(cast.other_manager), change=longer, agrees=True)
        answer_correction(by=acting(cast.other_manager), change=asked, agrees=True)
    agreement = now(copy.agreement)
    assert (agreement.title, agreement.end_on) == ("Quality and safety", date(2028, 3, 31))


def test_what_waits_ends_with_a_registration_that_is_withdrawn(
    cast: Cast, client_of: ClientOf
) -> None:
    copy = registered(cast, end_on=date(2027, 3, 31))
    with on(date(2026, 9, 30)):
        longer = propose_extension(
            by=acting(cast.manager), agreement=copy.agreement, on=date(2028, 3, 31), because="So."
        )
        withdraw_registration(by=acting(cast.manager), copy=again(copy), because="Another file.")
        words = words_at(client_of(cast.other_manager), f"{page(copy.agreement)}{longer.pk}/")
    assert "Withdrawn: It was registered in error." in words
    assert "Waits for" not in words


def test_a_title_put_right_after_an_extension_leaves_the_end_of_days_before(
    cast: Cast, client_of: ClientOf
) -> None:
    with on(date(2026, 2, 3)):
        copy = registered(cast, end_on=date(2027, 3, 31))
    with on(date(2026, 9, 30)):
        longer = propose_extension(
            by=acting(cast.manager), agreement=copy.agreement, on=date(2028, 3, 31), because="So."
        )
        answer_change(by=acting(cast.other_manager), change=longer, agrees=True)
    with on(date(2026, 10, 1)):
        right = replace(facts_of(again(copy)), title="Quality of care")
        correct_registration(
            by=acting(cast.manager), copy=again(copy), facts=right, because="A slip."
        )
        day = f"/agreements/{copy.agreement.reference}/on/2026-05-04/?known=now"
        words = words_at(client_of(cast.other_manager), day)
    assert "31 March 2027" in words
    assert "31 March 2028" not in words
