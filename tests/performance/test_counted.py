"""How requests count in reports: each date once, in the days in which it was decided (B13, B15)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from house.answers import Measure
from house.once import one_page
from performance.measures import measures
from performance.rules.counted import Dated
from performance.services.consulting import decide
from performance.services.saying import say
from performance.services.steps import (
    acknowledge,
    answer,
    enter_in_error,
    exclude,
    pause,
    withdraw,
)
from tests.cast import Cast, acting
from tests.performance.stage import again, agreement_of, asked, consulted, on

pytestmark = pytest.mark.django_db
JUNE, JULY = (date(2026, 6, 1), date(2026, 6, 30)), (date(2026, 7, 1), date(2026, 7, 31))
MONDAY = date(2026, 6, 1)
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


def counted(cast: Cast, key: str, days: tuple[date, date] = JUNE) -> list[int]:
    found = _of(cast, key, days)
    return [found.met, found.missed, found.excluded, found.open] if found else []


def _of(cast: Cast, key: str, days: tuple[date, date]) -> Measure | None:
    agreement = agreement_of(cast)
    found: Sequence[Measure] = measures([agreement], *days)[agreement.pk]
    return next((each for each in found if each.key == f"requests.{key}"), None)


def said(cast: Cast, key: str, days: tuple[date, date] = JUNE) -> str:
    found = _of(cast, key, days)
    return found.said if found else ""


def test_an_acknowledgement_and_an_answer_count_each_by_itself(cast: Cast) -> None:
    with on(MONDAY):
        request = asked(cast)
    with on(date(2026, 6, 9)):
        acknowledge(by=acting(cast.manager), request=request)
    with on(date(2026, 7, 1)):
        answer(by=acting(cast.manager), request=again(request), text="Here it is.")
    # Late by a day each: missed where they were due, whenever they came.
    assert counted(cast, "query.acknowledge") == counted(cast, "query.answer") == [0, 1, 0, 0]
    assert said(cast, "query.acknowledge") == ""
    assert said(cast, "query.answer") == "1 was late and still open at the end."
    assert counted(cast, "query.answer", JULY) == []


def test_what_the_standard_leaves_out_is_neither_but_what_was_met_stays(cast: Cast) -> None:
    with on(MONDAY):
        request = asked(cast)
        acknowledge(by=acting(cast.manager), request=request)
    with on(date(2026, 6, 10)):
        exclude(by=acting(cast.manager), request=again(request),
                exclusion="what needs investigation", because="It goes deep.")  # fmt: skip
    assert counted(cast, "query.acknowledge") == [1, 0, 0, 0]
    assert counted(cast, "query.answer") == [0, 0, 1, 0]
    assert counted(cast, "query.answer", JULY) == []


def test_what_was_answered_late_and_left_out_then_is_left_out_where_it_was_due(cast: Cast) -> None:
    with on(MONDAY):
        request = asked(cast)
    with on(date(2026, 7, 2)):
        answer(by=acting(cast.manager), request=request, text="Here.")
        exclude(by=acting(cast.manager), request=again(request),
                exclusion="what needs investigation", because="It went deep.")  # fmt: skip
    assert counted(cast, "query.answer") == counted(cast, "query.acknowledge") == [0, 0, 1, 0]


def test_while_the_time_stands_still_it_is_open(cast: Cast) -> None:
    with on(MONDAY):
        request = asked(cast)
        acknowledge(by=acting(cast.manager), request=request)
    with on(date(2026, 6, 4)):
        pause(by=acting(cast.manager), request=again(request), because="We asked back.")
    for days in (JUNE, JULY):
        assert counted(cast, "query.answer", days) == [0, 0, 0, 1]


def test_what_was_withdrawn_or_an_error_or_is_disputed_counts_for_nothing(cast: Cast) -> None:
    with on(MONDAY):
        first, second, third = asked(cast), asked(cast), asked(cast)
        withdraw(by=acting(cast.other_manager), request=first, because="Not needed.")
        enter_in_error(by=acting(cast.other_manager), request=second, because="Twice.")
        answer(by=acting(cast.manager), request=third, text="Here.")
        step = third.steps.get(kind="answered")
        say(by=acting(cast.other_manager), request=again(third), step=step, agrees=False,
            because="It never came.")  # fmt: skip
    assert counted(cast, "query.answer") == [0, 0, 0, 0]
    assert said(cast, "query.answer") == "1 is said to be not right, and not counted."


def test_a_consultation_counts_by_the_law_and_a_decision_before_the_view_is_said(
    cast: Cast,
) -> None:
    with on(MONDAY):
        request = consulted(cast, date(2026, 6, 15))
    assert counted(cast, "foi.decide", (MONDAY, date(2026, 6, 14))) == [0, 0, 0, 1]
    with on(date(2026, 6, 10)):
        decide(by=acting(cast.manager), request=again(request), decision="disclose",
               because="The view was not needed.")  # fmt: skip
    assert counted(cast, "foi.decide") == [1, 0, 0, 0]
    assert said(cast, "foi.decide") == "1 was decided before the view came."


def test_five_requests_ask_no_more_than_one(cast: Cast) -> None:
    counts = []
    for more in (1, 4):
        with on(MONDAY):
            for _ in range(more):
                acknowledge(by=acting(cast.manager), request=asked(cast))
        with one_page(), CaptureQueriesContext(connection) as queries:
            counted(cast, "query.acknowledge")
        counts.append(len(queries))
    assert counted(cast, "query.acknowledge") == [5, 0, 0, 0]
    assert counts[0] == counts[1]


@given(DAYS, st.none() | st.integers(0, 90), st.none() | st.integers(0, 90),
       st.none() | st.integers(0, 90))  # fmt: skip
def test_each_date_is_decided_once(
    asked_on: date, due: int | None, ended: int | None, out: int | None
) -> None:
    def after(days: int | None) -> date | None:
        return None if days is None else asked_on + timedelta(days=days)

    one = Dated("answer", asked_on, after(due), after(ended), after(out))
    stood = [one.decided(asked_on + timedelta(days=n)) for n in range(-1, 100)]
    assert stood[0] == ("", None)
    decided = [each for each in stood if each[0] not in ("", "open")]
    # Once it is decided, it stays so, and on the same day; that day has come by then.
    assert len(set(decided)) <= 1
    assert all(each in decided for each in stood[len(stood) - len(decided) :])
    if decided:
        assert decided[0][1] == asked_on + timedelta(days=stood.index(decided[0]) - 1)
