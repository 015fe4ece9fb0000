from __future__ import annotations

from typing import Any

import pytest
from django import forms as django_forms
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from house.refusals import Refused
from nhsuk import forms
from nhsuk.words import and_list, ask, capital, or_list, plural
from tests.nhsuk.sample import SampleForm


@pytest.mark.parametrize(
    ("label", "sentence"),
    [
        ("Title", "Enter a title"),
        ("E-mail address", "Enter an e-mail address"),
        ("Hour", "Enter an hour"),
        ("User name", "Enter a user name"),
        ("MoU", "Enter an MoU"),
        ("NHS number", "Enter an NHS number"),
        ("Date of review", "Enter the date of review"),
        ("Title of the agreement", "Enter the title of the agreement"),
        ("Parties", "Enter parties"),
        ("Your name", "Enter your name"),
        ("How decisions are made", "Enter how decisions are made"),
        ("Accountable Officer", "Enter an Accountable Officer"),
        ("Governing Body meeting", "Enter a Governing Body meeting"),
        ("Who signs first?", "Enter an answer to: Who signs first?"),
    ],
)
def test_a_label_becomes_a_sentence(label: str, sentence: str) -> None:
    assert ask("Enter", label) == sentence


@given(st.text(max_size=40))
def test_any_label_gives_some_sentence(label: str) -> None:
    assert ask("Enter", label).startswith("Enter")


def test_counts_have_their_noun() -> None:
    assert plural(1, "clause") == "1 clause"
    assert plural(1204, "clause") == "1,204 clauses"
    assert plural(2, "party", "parties") == "2 parties"


def test_names_in_a_row_and_a_first_letter() -> None:
    assert and_list(["A", "B", "C"]) == "A, B and C"
    assert or_list(["A", "B"]) == "A or B"
    assert (or_list(["A"]), or_list([])) == ("A", "")
    assert (capital("the MoU"), capital("")) == ("The MoU", "")


def test_what_is_missing_is_asked_for() -> None:
    errors = SampleForm({}).errors
    assert errors["title"] == ["Enter a title"]
    assert errors["kind"] == ["Choose how decisions are made"]
    assert errors["copy"] == ["Choose a signed copy"]
    assert str(errors["agree"][0]).startswith("Tick the box: I am authorised to sign for NHS")


def test_too_long_says_how_long_it_may_be_and_is() -> None:
    form = SampleForm({"title": "x" * 201, "body": "y" * 20_001, "lead": "0", "email": "ann"})
    assert form.errors["title"] == ["Title must be 200 characters or fewer. It has 201 now"]
    assert "20,000 characters or fewer. It has 20001 now" in form.errors["body"][0]
    assert form.errors["lead"] == ["Lead time must be 1 or more"]
    assert str(form.errors["email"][0]).endswith("like name@example.com")


def test_a_form_may_say_it_better() -> None:
    class Better(forms.Form):
        first = forms.LineField(label="First", error_messages={"required": "Say who signs first"})

    assert Better({}).errors["first"] == ["Say who signs first"]


def test_a_field_added_late_is_worded_too() -> None:
    class Late(forms.Form):
        def __init__(self, *args: Any) -> None:
            super().__init__(*args)
            self.fields["reason"] = forms.LineField()

    assert Late({}).errors["reason"] == ["Enter a reason"]


def test_a_percent_sign_in_a_label_does_no_harm() -> None:
    class Share(forms.Form):
        share = forms.WholeNumberField(label="Share in %", max_value=100)
        note = forms.LineField(label="100%s", max_length=2)

    errors = Share({"share": "101", "note": "long"}).errors
    assert errors["share"] == ["Share in % must be 100 or fewer"]
    assert errors["note"] == ["100%s must be 2 characters or fewer. It has 4 now"]


def test_text_is_tidied() -> None:
    form = SampleForm({"title": "  The\x00 MoU\u202e \n of  both ", "body": "a \r\n\x07b\n"})
    form.full_clean()
    assert form.cleaned_data["title"] == "The MoU of both"
    assert form.cleaned_data["body"] == "a\nb"


def test_a_refusal_stands_at_its_field_or_above_the_form() -> None:
    form = SampleForm({})
    form.add_refusal(Refused("This title is taken. Choose another.", field="title"))
    form.add_refusal(Refused("This version is signed.", field="of_another_form"))
    assert "This title is taken. Choose another." in form.errors["title"]
    assert form.non_field_errors() == ["This version is signed."]
    assert "This version is signed." in form.summary()


def test_the_summary_lists_formsets_too() -> None:
    formset = django_forms.formset_factory(SampleForm, extra=2)
    management = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-title": "One"}
    html = forms.summary(formset(management), SampleForm({}))
    assert 'href="#id_form-0-password"' in html
    assert 'href="#id_title"' in html


def test_the_form_renderer_of_the_admin_stays_as_it_was() -> None:
    assert settings.FORM_RENDERER == "django.forms.renderers.DjangoTemplates"
