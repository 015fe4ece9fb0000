"""Dates of meetings as people type and paste them."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from house.refusals import Refused
from nhsuk.dates import MONTHS, day, day_short
from parties.services.lists import WrongRows
from parties.services.meeting_dates import MeetingLine, as_data, from_data, read_file, read_typed
from tests.agreements.reviewed import on

NOW = date(2014, 6, 2)
CALENDAR = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:1
DTSTART;TZID=Europe/London:20140806T233000
BEGIN:VALARM
DTSTART:20140101
END:VALARM
END:VEVENT
BEGIN:VEVENT
DTSTART:20140901T233000Z
SUMMARY:Late in summer time
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20141001
RRULE:FREQ=MONTHLY;BYDAY=1WE;COUNT=3
EXDATE;VALUE=DATE:20141105
END:VEVENT
BEGIN:VEVENT
STATUS:CANCELLED
DTSTART;VALUE=DATE:20150101
END:VEVENT
END:VCALENDAR
"""


def file(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


@pytest.mark.parametrize(
    "typed",
    ["6 August 2014", "Wednesday 6th August, 2014", "6 Aug 14", "6-Aug-2014", "06/08/2014",
     "6.8.14", "2014-08-06", "August 6, 2014", "Meeting 4: the 6th of August 2014, town hall"],
)  # fmt: skip
def test_a_day_in_the_forms_that_people_use(typed: str) -> None:
    with on(NOW):
        assert read_typed(typed) == [MeetingLine(date(2014, 8, 6), None)]


def test_of_two_dates_on_a_line_the_earlier_is_for_the_papers() -> None:
    with on(NOW):
        found = read_typed(
            "Dates of our Board\n\n6 August 2014, papers 9 July 2014\n3/9/2014\t6/8/2014"
        )
    assert found == [
        MeetingLine(date(2014, 8, 6), date(2014, 7, 9)),
        MeetingLine(date(2014, 9, 3), date(2014, 8, 6)),
    ]
    assert from_data(as_data(found)) == found


def test_each_line_that_cannot_be_understood_is_named() -> None:
    with on(NOW), pytest.raises(WrongRows) as refused:
        read_typed("6 August\n31/2/2015\n6 August 2041\n1/7/2014 2/7/2014 3/7/2014")
    assert refused.value.sentences == [
        "Line 1: “6 August” has no date with its year, such as 6 August 2014.",
        "Line 2: 31/2/2015 is no day of the calendar.",
        "Line 3: 6 August 2041 is more than 5 years away. Check the year.",
        "Line 4: “1/7/2014 2/7/2014 3/7/2014” has more than two dates. Give each meeting a line.",
    ]


@given(st.dates(date(2010, 1, 1), date(2018, 12, 31)))
def test_a_day_as_the_portal_writes_it_is_read_as_that_day(given_day: date) -> None:
    month = MONTHS[given_day.month - 1]
    american = f"{month} {given_day.day}, {given_day.year}"
    with on(NOW):
        for text in (day(given_day), day_short(given_day), given_day.isoformat(), american):
            assert read_typed(text) == [MeetingLine(given_day, None)]


def test_rows_of_a_workbook_with_and_without_headings() -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["Meeting", "Papers"])
    sheet.append([date(2014, 8, 6), date(2014, 7, 9)])
    sheet.append(["3 September 2014", None])
    saved = BytesIO()
    book.save(saved)
    with on(NOW):
        found = read_file(file("dates.xlsx", saved.getvalue()))
    assert found == [
        MeetingLine(date(2014, 8, 6), date(2014, 7, 9)),
        MeetingLine(date(2014, 9, 3), None),
    ]


def test_the_days_of_a_calendar_with_what_repeats_without_what_was_called_off() -> None:
    with on(NOW):
        found = read_file(file("board.ics", CALENDAR.replace("\n", "\r\n").encode()))
    assert [each.on for each in found] == [
        date(2014, 8, 6), date(2014, 9, 2), date(2014, 10, 1), date(2014, 12, 3),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.ics", b"Hello", "This file is no calendar"),
        ("a.ics", b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:2014\nEND:VEVENT", "cannot be read"),
        ("a.ics", b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20140101\nRRULE:FREQ=HOURLY\nEND:VEVENT",
         "cannot be read"),
        ("a.pdf", b"%PDF-1.4", "no calendar (.ics), Excel"),
    ],
)  # fmt: skip
def test_what_is_no_calendar_gets_a_sentence(name: str, data: bytes, said: str) -> None:
    with on(NOW), pytest.raises(Refused) as refused:
        read_file(file(name, data))
    assert said in refused.value.sentence
