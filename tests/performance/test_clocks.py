"""Which clocks run, from the steps alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.terms import Standard
from performance.rules.clocks import (
    MEETS,
    Told,
    as_if_running,
    latest_news,
    paused_by,
    running,
    told,
)
from performance.rules.met import met_by, outcome
from tests.performance.stage import STANDARDS

DATA, QUERIES = STANDARDS
RECEIVED = date(2026, 6, 1)
pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Step:
    kind: str
    on: date = RECEIVED
    until: date | None = None


def after(*steps: Step) -> Told:
    return told(RECEIVED, [Step("received"), *steps])


def names(standard: Standard | None, now: Told, *, by_law: bool = False) -> dict[str, date]:
    return {each.name: each.due_on for each in running(standard, now, by_law=by_law)}


def test_a_query_has_two_clocks_and_a_request_for_data_one() -> None:
    assert names(QUERIES, after()) == {
        "acknowledge": date(2026, 6, 8), "answer": date(2026, 6, 29),
    }  # fmt: skip
    assert names(DATA, after()) == {"acknowledge": date(2026, 6, 8)}
    assert names(None, after()) == {}


def test_an_acknowledgement_promises_a_day_and_news_the_next() -> None:
    promised = Step("acknowledged", RECEIVED, date(2026, 6, 20))
    assert names(DATA, after(promised)) == {"promise": date(2026, 6, 20)}
    assert names(QUERIES, after(promised)) == {"answer": date(2026, 6, 29)}
    news = Step("updated", date(2026, 6, 10), date(2026, 6, 24))
    assert names(QUERIES, after(news)) == {"promise": date(2026, 6, 24)}
    assert latest_news(QUERIES, date(2026, 6, 10)) == date(2026, 6, 24)
    assert latest_news(DATA, RECEIVED) is None


def test_nothing_runs_while_the_time_stands_still_nor_when_it_is_closed() -> None:
    still = after(Step("paused", date(2026, 6, 3)))
    assert names(QUERIES, still) == {}
    goes_on = after(Step("paused", date(2026, 6, 3)), Step("resumed", date(2026, 6, 5)))
    assert names(QUERIES, goes_on)["acknowledge"] == date(2026, 6, 11)
    assert as_if_running(still, date(2026, 6, 5)) == goes_on
    for kind in ("answered", "excluded", "withdrawn", "in_error", "decided"):
        assert names(QUERIES, after(Step(kind))) == {}


def test_what_is_opened_again_is_counted_anew() -> None:
    answered = Step("answered", date(2026, 6, 3))
    again = after(answered, Step("reopened", date(2026, 6, 10)))
    assert names(QUERIES, again) == {"answer": date(2026, 7, 8)}
    [clock] = running(QUERIES, again)
    assert clock.working.startswith("Opened again on Wednesday 10 June 2026.")


def test_a_consultation_has_the_days_of_the_law() -> None:
    asked = Step("consulted", RECEIVED, date(2026, 6, 10))
    # 15 June 2026 is a bank holiday in Scotland, 13 July in Northern Ireland.
    assert names(None, after(asked), by_law=True) == {
        "view": date(2026, 6, 10), "decide": date(2026, 6, 30),
    }  # fmt: skip
    unclear = (asked, Step("unclear", date(2026, 6, 3)))
    assert names(None, after(*unclear), by_law=True) == {"view": date(2026, 6, 10)}
    clear = after(*unclear, Step("clarified", date(2026, 6, 22)), Step("view", date(2026, 6, 22)))
    assert names(None, clear, by_law=True) == {"decide": date(2026, 7, 21)}
    longer = after(asked, Step("extended", date(2026, 6, 12), date(2026, 7, 10)))
    assert names(None, longer, by_law=True)["decide"] == date(2026, 7, 10)


def test_by_what_the_time_stands_still() -> None:
    assert paused_by([]) == ""
    assert paused_by([Step("received"), Step("unclear"), Step("view")]) == "unclear"
    assert paused_by([Step("paused"), Step("resumed")]) == ""


def test_a_step_says_which_dates_it_met_as_they_were_counted() -> None:
    before = running(QUERIES, after())
    late = met_by("answered", date(2026, 6, 9), before)
    assert [(each["clock"], each["in_time"]) for each in late] == [
        ("acknowledge", False), ("answer", True),
    ]  # fmt: skip
    assert late[0]["due_on"] == "2026-06-08"
    assert "Received on Monday 1 June 2026" in late[0]["working"]
    assert met_by("excluded", date(2026, 6, 8), before) == []
    assert [each["clock"] for each in met_by("excluded", date(2026, 6, 9), before)] == [
        "acknowledge"
    ]


def test_how_it_stands_to_what_is_counted() -> None:
    still = running(QUERIES, after())
    met = met_by("acknowledged", date(2026, 6, 8), still)
    missed = met_by("acknowledged", date(2026, 6, 9), still)
    assert outcome([], still, "none", given_up=False) == "running"
    assert outcome(met, still[1:], "running", given_up=False) == "running"
    assert outcome(met, [], "running", given_up=False) == "in_time"
    assert outcome(missed, [], "running", given_up=False) == "late"
    assert outcome(met, [], "running", given_up=True) == "running"
    assert outcome([], [], "none", given_up=False) == "none"


kinds = st.sampled_from([*MEETS, "paused", "resumed", "reopened", "unclear", "clarified"])


@given(st.lists(st.tuples(kinds, st.integers(0, 9)), max_size=8))
def test_whatever_is_done_no_date_is_before_the_receipt(told_steps: list[tuple[str, int]]) -> None:
    on, steps = RECEIVED, []
    for kind, later in told_steps:
        on += timedelta(days=later)
        steps.append(Step(kind, on, on))
    now = after(*steps)
    for standard in (DATA, QUERIES, None):
        assert all(due >= RECEIVED for due in names(standard, now, by_law=False).values())
    assert (now.paused_on is None) or not names(QUERIES, now)
