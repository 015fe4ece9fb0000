from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsuk import forms
from nhsuk.fields import written
from tests.nhsuk.markup import Markup


class Form(forms.Form):
    at = forms.TimeField(label="Time of release")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9:00 am", time(9)),
        ("9am", time(9)),
        ("9.30 p.m.", time(21, 30)),
        ("14:30", time(14, 30)),
        ("0930", time(9, 30)),
        ("12 am", time(0)),
        (" 12:05  PM ", time(12, 5)),
        ("Noon", time(12)),
    ],
)
def test_times_as_people_write_them(typed: str, meant: time) -> None:
    form = Form({"at": typed})
    assert form.is_valid()
    assert form.cleaned_data["at"] == meant


@given(st.times(timezones=st.none()).map(lambda at: at.replace(second=0, microsecond=0)))
def test_what_is_shown_is_read_as_the_same(at: time) -> None:
    assert forms.TimeField(label="Time").clean(written(at)) == at


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Enter the time of release"),
        ("9", "Enter the time like 9:00 am or 14:30"),
        ("14:30 pm", "Enter the time like 9:00 am or 14:30"),
        ("\u0669:\u0660\u0660", "Enter the time like 9:00 am or 14:30"),
        ("25:00", "Enter a time between 0:00 and 23:59"),
    ],
)
def test_what_is_no_time_says_how_to_write_one(typed: str, sentence: str) -> None:
    form = Form({"at": typed})
    assert form.errors["at"] == [sentence]
    assert Markup(form.fields_html()).one("input", name="at")["value"] == typed


def test_the_box_holds_the_time_as_pages_write_it() -> None:
    page = Markup(Form(initial={"at": time(14, 5)}).fields_html())
    assert page.one("input", name="at")["value"] == "2:05 pm"
