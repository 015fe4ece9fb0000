"""What is written is what another program reads, whatever stands in it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deadlines.calendars.ical import LONGEST_LINE, Event, calendar, folded
from house import clock
from house.clock import london_instant
from tests.calendars import Component, read

NOW = datetime(2014, 3, 3, 9, 0, tzinfo=UTC)
UNREADABLE = {chr(code) for code in (*range(9), *range(10, 32), 127, 0x85, 0x2028, 0x2029)}
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
days = st.dates(date(2013, 1, 1), date(2039, 12, 1))
instants = st.builds(lambda day, at: datetime.combine(day, at, UTC), days, st.times())


def written(event: Event) -> Component:
    (found,) = read(calendar([event], method="PUBLISH", made_at=NOW).encode()).events
    return found


@given(words, words)
def test_text_is_read_as_it_was_written(title: str, place: str) -> None:
    event = written(Event("1", title, date(2014, 3, 3), place=place))
    for text, name in ((title, "SUMMARY"), (place, "LOCATION")):
        lines = ["".join(set_free(line)) for line in text.splitlines()]
        assert event.text(name) == "\n".join(lines)


def set_free(line: str) -> list[str]:
    return [letter for letter in line if letter not in UNREADABLE]


@given(words)
def test_no_line_is_too_long_and_no_letter_is_cut(text: str) -> None:
    line = "".join(set_free(text))
    pieces = folded(line).split("\r\n")
    assert all(len(piece.encode()) <= LONGEST_LINE for piece in pieces)
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line


@given(days)
def test_a_day_is_a_day_and_ends_before_the_next(day: date) -> None:
    event = written(Event("1", "Review", day))
    assert event.when("DTSTART") == day
    assert event.when("DTEND") == day + timedelta(days=1)


def test_29_february_is_one_day() -> None:
    event = written(Event("1", "Review", date(2016, 2, 29)))
    assert (event.when("DTSTART"), event.when("DTEND")) == (date(2016, 2, 29), date(2016, 3, 1))


@given(instants, st.integers(1, 600))
def test_instants_are_read_as_the_same_instants(starts: datetime, minutes: int) -> None:
    starts = starts.replace(microsecond=0)
    event = written(Event("1", "Meeting", starts, ends=starts + timedelta(minutes=minutes)))
    assert event.when("DTSTART") == starts
    assert event.when("DTEND") == starts + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("day", "at", "said"),
    [
        # Winter, summer, near midnight, the hour that comes twice (its first).
        (date(2014, 3, 3), time(14), "20140303T140000Z"),
        (date(2014, 7, 1), time(14), "20140701T130000Z"),
        (date(2014, 7, 1), time(0, 15), "20140630T231500Z"),
        (date(2014, 3, 30), time(2, 30), "20140330T013000Z"),
        (date(2014, 10, 26), time(1, 30), "20141026T003000Z"),
        (date(2014, 10, 26), time(2, 30), "20141026T023000Z"),
    ],
)
def test_london_times_are_their_instants(day: date, at: time, said: str) -> None:
    event = Event("1", "Meeting", london_instant(day, at))
    assert written(event).properties["DTSTART"] == ({}, said)
    assert event.day == day


def test_a_calendar_without_events_is_one_all_the_same() -> None:
    found = read(calendar([], method="PUBLISH", made_at=clock.now(), name="Mine").encode())
    assert found.events == []
    assert found.text("X-WR-CALNAME") == "Mine"


def test_a_name_with_quotation_marks_stays_in_its_own() -> None:
    event = written(Event("1", "Meeting", date(2014, 3, 3), organiser='The "Moors"; CCG:\n1'))
    parameters, value = event.properties["ORGANIZER"]
    assert parameters == {"CN": "The 'Moors'; CCG: 1"}
    assert value.startswith("mailto:")
