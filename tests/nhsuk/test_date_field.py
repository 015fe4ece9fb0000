from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhsuk import forms
from nhsuk.dates import MONTHS
from tests.nhsuk.markup import Markup


class Reviewed(forms.Form):
    on = forms.DateField(label="Date of review")


def typed(day: str, month: str, year: str) -> Reviewed:
    return Reviewed({"on-day": day, "on-month": month, "on-year": year})


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_every_date_in_range_is_read_as_it_is_written(day: date) -> None:
    form = Reviewed(forms.date_boxes("on", day))
    assert form.is_valid()
    assert form.cleaned_data == {"on": day}
    assert not Reviewed(forms.date_boxes("on", day), initial={"on": day}).has_changed()


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.integers(3, 9))
def test_the_month_may_be_a_word(day: date, letters: int) -> None:
    form = typed(str(day.day), MONTHS[day.month - 1][:letters].upper(), str(day.year))
    assert form.is_valid()
    assert form.cleaned_data == {"on": day}


@settings(deadline=None)  # the first example compiles the templates
@given(st.text(max_size=6), st.text(max_size=6), st.text(max_size=6))
def test_anything_else_is_refused_with_a_sentence(day: str, month: str, year: str) -> None:
    form = typed(day, month, year)
    if not form.is_valid():
        assert form.errors["on"]
        assert form.fields_html()


@pytest.mark.parametrize(
    ("day", "month", "year", "sentence", "box"),
    [
        ("", "", "", "Enter the date of review", "day"),
        ("3", "", "2014", "The date of review needs a month", "month"),
        ("", "9", "", "The date of review needs a day and a year", "day"),
        ("third", "9", "2014", "Enter the day as a number", "day"),
        ("3", "Sect", "2014", "Enter the month as a number", "month"),
        ("3", "13", "2014", "Enter a month between 1 and 12", "month"),
        ("3", "9", "14", "Enter the year with 4 digits, for example 2014", "year"),
        ("3", "9", "٢٠١٤", "Enter the year as a number", "year"),
        ("30", "2", "2014", "This date does not exist: 30 February 2014", "day"),
        ("3", "9", "1889", "Enter a date between 1 January 1990 and 31 December 2099", "day"),
    ],
)
def test_what_is_wrong_is_said_at_the_right_box(
    day: str, month: str, year: str, sentence: str, box: str
) -> None:
    form = typed(day, month, year)
    assert form.errors["on"] == [sentence]
    page = Markup(form.summary() + form.fields_html())
    assert page.all("a")[0]["href"] == f"#id_on-{box}"
    assert "nhsuk-input--error" in page.with_id(f"id_on-{box}")["class"]


def test_only_the_wrong_boxes_are_marked() -> None:
    page = Markup(typed("3", "13", "2014").fields_html())
    marked = [each["name"] for each in page.all("input") if "--error" in each["class"]]
    assert marked == ["on-month"]


def test_an_optional_date_may_stay_empty() -> None:
    class Planned(forms.Form):
        on = forms.DateField(label="Date", required=False)

    assert Planned({}).is_valid()
    assert Planned({"on-day": "", "on-month": " ", "on-year": ""}).is_valid()
    assert not Planned({"on-day": "3"}).is_valid()
