"""The year's picture shows what changed: a notice that runs, an extension that holds."""

from __future__ import annotations

from datetime import date

import pytest

from agreements.changes.services.answering import answer_change
from agreements.changes.services.notices import give_notice
from agreements.changes.services.opening import propose_extension
from agreements.terms import Period
from tests.agreements.reviewed import on
from tests.agreements.varied import varied
from tests.cast import Cast, acting
from tests.conftest import ClientOf
from tests.on_terms import in_force_on
from tests.reading import words
from tests.stages import in_force

pytestmark = pytest.mark.django_db


def test_a_notice_and_an_extension_stand_in_the_year(cast: Cast, client_of: ClientOf) -> None:
    period = Period(ends_on=date(2016, 3, 31), notice_months=6)
    with on(date(2015, 4, 1)):
        agreement = in_force_on(cast, period=period, minimum_months=0)
    with on(date(2015, 6, 1)):
        change = propose_extension(
            by=acting(cast.manager), agreement=agreement, on=date(2017, 3, 31), because="Good."
        )
        assert "Extended to" not in words(client_of(cast.manager), agreement)
        answer_change(by=acting(cast.other_manager), change=change, agrees=True)
    with on(date(2015, 7, 1)):
        give_notice(
            by=acting(cast.other_manager), agreement=agreement, given_on=date(2015, 7, 1),
            on=date(2016, 6, 30), because="We merge.",
        )  # fmt: skip
        page = words(client_of(cast.manager), agreement)
    assert "Extended to 31 March 2017" in page
    assert "Notice of withdrawal, Eastmoor CCG" in page


def test_a_new_text_stands_in_the_year_from_when_it_held(cast: Cast, client_of: ClientOf) -> None:
    with on(date(2015, 4, 1)):
        agreement = in_force(cast).agreement
    with on(date(2015, 6, 1)):
        varied(cast, agreement)
        page = words(client_of(cast.manager), agreement)
    assert "Variation in force" in page
