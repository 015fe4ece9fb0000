"""What a bound field says of itself: its label, its errors, and the input they lead to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BoundField

from nhsuk.pick_field import PickBox, several_in
from nhsuk.widgets import BOXES, DateInput
from nhsuk.words import in_own_words

Parameters = dict[str, Any]


def first_input_id(bound: BoundField) -> str:
    """The id that an error's link leads to: for a date the first box that is wrong,
    for a name that can mean several the first of them."""
    if isinstance(bound.field.widget, DateInput):
        return f"{bound.auto_id}-{(boxes_in_error(bound) or BOXES)[0]}"
    if isinstance(bound.field.widget, PickBox) and several_in(bound):
        return f"{bound.auto_id}-pick"
    return bound.auto_id


def boxes_in_error(bound: BoundField) -> list[str]:
    """The boxes of a date that its errors are about; all of them when the error does not say."""
    errors = bound.form.errors.as_data().get(bound.name, [])
    named = {box for error in errors for box in (error.params or {}).get("boxes", BOXES)}
    return [box for box in BOXES if box in named]


def error_sentences(bound: BoundField) -> list[str]:
    errors = bound.form.errors.as_data().get(bound.name, [])
    return [text for error in errors for text in in_own_words(error, bound.field, str(bound.label))]


def label(bound: BoundField) -> Parameters:
    return {"text": label_text(bound), "classes": _classes(bound, "nhsuk-label")}


def fieldset(bound: BoundField) -> Parameters:
    """The fieldset of several inputs, with the field's label as its legend."""
    classes = _classes(bound, "nhsuk-fieldset__legend")
    return {"legend": {"text": label_text(bound), "classes": classes}}


def label_text(bound: BoundField) -> str:
    """The label, with "(optional)" where the form marks what may stay empty."""
    optional = not bound.field.required and getattr(bound.form, "mark_optional", True)
    # A box that may stay unticked is plain from its statement.
    if optional and not isinstance(bound.field.widget, forms.CheckboxInput):
        return f"{bound.label} (optional)"
    return str(bound.label)


def _classes(bound: BoundField, element: str) -> str:
    size = getattr(bound.form, "label_size", "s")
    return f"{element}--{size}" if size else ""
