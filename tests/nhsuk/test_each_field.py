"""Each kind of field: a label or legend, a hint, an error, and ids that lead to one another."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms as django_forms
from django.core.files.uploadedfile import SimpleUploadedFile

from nhsuk import forms
from tests.nhsuk.markup import Markup
from tests.nhsuk.sample import SampleForm

NAMES = list(SampleForm.base_fields)


def shown(form: django_forms.BaseForm) -> Markup:
    return Markup(forms.fields_html(form))


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_required_field_has_an_error_that_leads_to_its_input(name: str) -> None:
    form = SampleForm({})
    page = Markup(form.summary() + form.fields_html())
    sentences = [str(sentence) for sentence in form.errors.get(name, [])]
    for sentence in sentences:
        link = next(each for each in page.all("a") if sentence in each.text)
        target = page.with_id(link["href"].removeprefix("#"))
        assert target.tag in {"input", "select", "textarea"}
        assert target["name"].startswith(name)
    assert bool(sentences) == SampleForm.base_fields[name].required


@pytest.mark.parametrize("data", [None, {}, {"kind": "joint", "parties": ["1", "2"]}])
def test_no_id_repeats_and_every_reference_is_there(data: dict[str, object] | None) -> None:
    page = shown(SampleForm(data))
    assert len(page.ids) == len(set(page.ids))
    for element in page.elements:
        for id_ in (element.get("aria-describedby") or "").split():
            assert id_ in page.ids
    for label in page.all("label"):
        assert label["for"] in page.ids


def test_every_input_has_a_label() -> None:
    page = shown(SampleForm())
    labelled = {label["for"] for label in page.all("label")}
    inputs = page.all("input", "select", "textarea")
    assert {each["id"] for each in inputs} <= labelled


def test_hint_and_error_describe_the_input() -> None:
    page = shown(SampleForm({}))
    assert page.one("input", name="title")["aria-describedby"] == "id_title-hint id_title-error"
    assert "As both parties call it." in page.with_id("id_title-hint").text
    assert page.with_id("id_title-error").text.split() == ["Error:", "Enter", "a", "title"]


def test_a_group_says_its_error_at_the_fieldset() -> None:
    page = shown(SampleForm({}))
    assert (
        page.one("fieldset", aria_describedby="id_parties-error").text.count("Choose parties") == 1
    )


def test_what_is_typed_comes_back() -> None:
    typed = {"title": "x" * 300, "lead": "soon", "body": " two\nlines ", "kind": "delegated"}
    typed |= {"signed_on-day": "31", "signed_on-month": "Sept", "signed_on-year": "13"}
    page = shown(SampleForm(typed | {"parties": ["2"], "agree": "on"}))
    assert page.one("input", name="title")["value"] == "x" * 300
    assert page.one("input", name="lead")["value"] == "soon"
    assert page.one("textarea", name="body").text == " two\nlines "
    assert page.one("input", name="signed_on-month")["value"] == "Sept"
    ticked = [each["value"] for each in page.all("input") if "checked" in each.attributes]
    assert ticked == ["delegated", "2", "on"]


def test_initial_values_are_shown() -> None:
    form = SampleForm(initial={"signed_on": date(2013, 9, 3), "route": "body", "lead": 5})
    page = shown(form)
    assert [
        page.one("input", name=f"signed_on-{box}")["value"] for box in ("day", "month", "year")
    ] == [
        "3",
        "9",
        "2013",
    ]
    assert "selected" in page.one("option", value="body").attributes
    assert page.one("input", name="lead")["value"] == "5"


def test_a_password_is_never_sent_back() -> None:
    assert (
        "value"
        not in shown(SampleForm({"password": "secret"})).one("input", name="password").attributes
    )


def test_a_number_is_typed_not_stepped() -> None:
    lead = shown(SampleForm()).one("input", name="lead")
    assert (lead["type"], lead["inputmode"], lead.get("min")) == ("text", "numeric", None)


def test_nothing_cuts_what_is_pasted() -> None:
    assert not [each for each in shown(SampleForm()).elements if each.get("maxlength")]


def test_optional_fields_say_so_but_not_in_filters() -> None:
    class Filter(forms.FilterForm):
        q = forms.LineField(label="Words")

    assert "E-mail address (optional)" in shown(SampleForm()).one("label", for_="id_email").text
    assert shown(Filter()).one("label").text.strip() == "Words"
    assert Filter({}).is_valid()


def test_a_file_that_was_not_kept_is_asked_for_again() -> None:
    form = SampleForm({}, {"copy": SimpleUploadedFile("mou.pdf", b"%PDF")})
    assert "choose it again" in shown(form).with_id("id_copy-hint").text


def test_a_form_of_another_package_is_drawn_and_worded_too() -> None:
    class Foreign(django_forms.Form):
        name = django_forms.CharField(label="Name", max_length=3)
        when = django_forms.ChoiceField(label="Day", choices=[("", "-"), ("1", "Monday")])

    form = Foreign({"name": "", "when": "9"})
    page = shown(form)
    assert "Enter a name" in page.with_id("id_name-error").text
    assert "Choose a day from the list" in page.with_id("id_when-error").text
    assert "nhsuk-input" in page.one("input", name="name")["class"]


@pytest.mark.parametrize("name", NAMES)
def test_a_disabled_field_takes_no_input(name: str) -> None:
    form = SampleForm()
    form.fields[name].disabled = True
    page = Markup(form[name].as_field_group())
    assert all("disabled" in each.attributes for each in page.all("input", "select", "textarea"))


def test_a_hidden_field_has_no_label() -> None:
    class Hidden(forms.Form):
        version = django_forms.IntegerField(widget=django_forms.HiddenInput)

    page = shown(Hidden(initial={"version": 3}))
    assert page.one("input", name="version")["value"] == "3"
    assert not page.all("label")
