"""How long before a message went out they were told, counted for any times (A11)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from communications.heads_ups.rules import Standing, least_notice, notice_in_words

SENT = datetime(2026, 3, 29, 9, tzinfo=UTC)
# Minutes before the sending; negative ones are after it, None is never.
MINUTES = st.lists(st.one_of(st.none(), st.integers(-10_000, 10_000)), min_size=1, max_size=6)


def standings(minutes: list[int | None]) -> list[Standing]:
    return [
        Standing(1, f"CCG {n}", None if m is None else SENT - timedelta(minutes=m))
        for n, m in enumerate(minutes)
    ]


@given(MINUTES)
def test_the_last_to_be_told_counts_and_one_who_was_not_leaves_no_notice(
    minutes: list[int | None],
) -> None:
    found = least_notice(standings(minutes), SENT)
    in_time = [each for each in minutes if each is not None and each >= 0]
    if len(in_time) < len(minutes):
        assert found is None
    else:
        assert found == timedelta(minutes=min(in_time))


@given(MINUTES)
def test_the_words_say_how_many_were_not_told(minutes: list[int | None]) -> None:
    said = notice_in_words(standings(minutes), SENT)
    early = sum(each is None or each < 0 for each in minutes)
    if not early:
        assert said.endswith("after the last of them was told")
    elif early == len(minutes):
        assert said == "before anybody was told"
    else:
        assert said == f"before {early} of {len(minutes)} were told"


def test_hours_count_across_a_change_of_the_clocks() -> None:
    told = datetime(2026, 3, 28, 9, tzinfo=UTC)
    one = [Standing(1, "Eastmoor CCG", told)]
    # Nine in the morning in London both times, and only 23 hours between them.
    sent = told + timedelta(hours=23)
    assert notice_in_words(one, sent) == "23 hours after the last of them was told"
