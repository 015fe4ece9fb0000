"""One function from a bound field to what the design system's macro takes.

User text goes in as `text`, never as `html`: the macros print `html` unescaped.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.forms import BoundField

from nhsuk.widgets import BOXES, DateInput, TypedDate
from nhsuk.wording import in_own_words

Parameters = dict[str, Any]

# What a form may say about its input and the page passes on. `maxlength` is not among them: it
# would cut what somebody pastes, without a word.
_PASSED_ON = ("accept", "multiple", "readonly", "disabled", "list")
_WIDTHS = (2, 3, 4, 5, 10, 20, 30)


def field_parameters(bound: BoundField) -> tuple[str, Parameters]:
    """The macro's name and its parameters. Raises TypeError for a widget that has no macro."""
    for widget, macro, special in _MACROS:
        if isinstance(bound.field.widget, widget):
            return macro, _common(bound) | special(bound)
    raise TypeError(f"{type(bound.field.widget).__name__} has no component in the design system.")


def first_input_id(bound: BoundField) -> str:
    """The id that an error's link leads to: for a date the first box that is wrong."""
    if isinstance(bound.field.widget, DateInput):
        return f"{bound.auto_id}-{(boxes_in_error(bound) or BOXES)[0]}"
    return str(bound.auto_id)


def boxes_in_error(bound: BoundField) -> list[str]:
    """The boxes of a date that its errors are about; all of them when the error does not say."""
    errors = bound.form.errors.as_data().get(bound.name, [])
    named = {box for error in errors for box in (error.params or {}).get("boxes", BOXES)}
    return [box for box in BOXES if box in named]


def error_sentences(bound: BoundField) -> list[str]:
    errors = bound.form.errors.as_data().get(bound.name, [])
    return [text for error in errors for text in in_own_words(error, bound.field, bound.label)]


def label_text(bound: BoundField) -> str:
    """The label, with "(optional)" where the form marks what may stay empty."""
    optional = not bound.field.required and getattr(bound.form, "mark_optional", True)
    # A box that may stay unticked is plain from its statement.
    if optional and not isinstance(bound.field.widget, forms.CheckboxInput):
        return f"{bound.label} (optional)"
    return str(bound.label)


def _common(bound: BoundField) -> Parameters:
    common: Parameters = {"name": bound.html_name, "id": bound.auto_id}
    common["label"] = {"text": label_text(bound), "classes": _label_classes(bound, "label")}
    common["attributes"] = _attributes(bound)
    if bound.help_text:
        common["hint"] = {"text": str(bound.help_text)}
    sentences = error_sentences(bound)
    if sentences:
        common["errorMessage"] = {"text": ". ".join(sentences)}
    return common


def _label_classes(bound: BoundField, part: str) -> str:
    size = getattr(bound.form, "label_size", "s")
    prefix = "nhsuk-label" if part == "label" else "nhsuk-fieldset__legend"
    return f"{prefix}--{size}" if size else ""


def _attributes(bound: BoundField) -> Parameters:
    attributes = bound.field.widget.attrs
    passed = {
        name: value
        for name, value in attributes.items()
        if name in _PASSED_ON or name.startswith(("data-", "aria-"))
    }
    if bound.field.disabled:
        passed["disabled"] = True
    return {
        name: {"value": value, "optional": True} if value is True else str(value)
        for name, value in passed.items()
        if value is not False and name != "aria-describedby"
    }


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _shown(bound: BoundField) -> str:
    """The value as the widget writes it: what was typed, or the initial value formatted."""
    return _text(bound.field.widget.format_value(bound.value()))


def _input(bound: BoundField) -> Parameters:
    widget = bound.field.widget
    special: Parameters = {"value": _shown(bound), "type": widget.input_type}
    for name in ("autocomplete", "inputmode", "autocapitalize"):
        if widget.attrs.get(name):
            special[name] = widget.attrs[name]
    if "spellcheck" in widget.attrs:
        special["spellcheck"] = str(widget.attrs["spellcheck"]).lower() == "true"
    size = widget.attrs.get("size")
    if size:
        special["width"] = next((width for width in _WIDTHS if width >= int(size)), 30)
    return special


def _number(bound: BoundField) -> Parameters:
    # type="number" changes by the mouse wheel and drops what is not a number.
    whole = not isinstance(bound.field, forms.FloatField | forms.DecimalField)
    special = _input(bound) | {"type": "text", "inputmode": "numeric" if whole else "decimal"}
    special.setdefault("width", 5)
    if getattr(bound.field, "suffix", ""):
        special["suffix"] = {"text": bound.field.suffix}  # type: ignore[attr-defined]
    return special


def _password(bound: BoundField) -> Parameters:
    attributes = bound.field.widget.attrs
    return {"autocomplete": attributes.get("autocomplete", "current-password")}


def _textarea(bound: BoundField) -> Parameters:
    attributes = bound.field.widget.attrs
    rows = int(attributes.get("rows") or 5)
    return {
        "value": _text(bound.value()),
        "rows": rows,
        "autocomplete": attributes.get("autocomplete"),
    }


def _file(bound: BoundField) -> Parameters:
    if bound.form.errors and bound.html_name in bound.form.files:
        again = "The file was not kept, because something else needs attention: choose it again."
        return {"hint": {"text": f"{bound.help_text} {again}".strip()}}
    return {}


def _select(bound: BoundField) -> Parameters:
    return {"items": _items(bound)}


def _group(bound: BoundField) -> Parameters:
    """Radios and checkboxes: with `id` the macro repeats ids, so they get `idPrefix` alone."""
    widget = bound.field.widget
    return {
        "id": None,
        "idPrefix": bound.auto_id,
        "label": None,
        "fieldset": _fieldset(bound),
        "items": _items(bound),
        "classes": _choice_classes(widget),
        "attributes": None,
    }


def _choice_classes(widget: forms.Widget) -> str:
    kind = "checkboxes" if isinstance(widget, forms.CheckboxSelectMultiple) else "radios"
    wanted = [look for look in ("small", "inline") if getattr(widget, look, False)]
    return " ".join(f"nhsuk-{kind}--{look}" for look in wanted)


def _fieldset(bound: BoundField) -> Parameters:
    return {"legend": {"text": label_text(bound), "classes": _label_classes(bound, "legend")}}


def _items(bound: BoundField) -> list[Parameters]:
    """Every choice, those of option groups too; chosen as in what was typed or given."""
    widget = bound.field.widget
    assert isinstance(widget, forms.widgets.ChoiceWidget)  # noqa: S101 - for the type checker
    chosen = set(widget.format_value(bound.value()) or [])
    hints = getattr(widget, "hints", {})
    options = widget.options(bound.html_name, sorted(chosen))
    return [_item(option, chosen, hints) for option in options]


def _item(option: dict[str, Any], chosen: set[str], hints: dict[str, str]) -> Parameters:
    value = str(option["value"] if option["value"] is not None else "")
    item: Parameters = {"value": value, "text": str(option["label"])}
    item["selected"] = item["checked"] = value in chosen
    if value in hints:
        item["hint"] = {"text": hints[value]}
    return item


def _checkbox(bound: BoundField) -> Parameters:
    item = {"value": "on", "text": label_text(bound), "checked": bool(bound.value())}
    return {
        "id": None,
        "idPrefix": bound.auto_id,
        "label": None,
        "items": [item],
        "attributes": None,
    }


def _date(bound: BoundField) -> Parameters:
    wrong = boxes_in_error(bound)
    value = bound.value()
    typed = value if isinstance(value, tuple) else TypedDate.of(value) if value else ("", "", "")
    items = [
        {
            "id": f"{bound.auto_id}-{box}",
            "name": f"{bound.html_name}-{box}",
            "label": box.capitalize(),
            "value": text,
            "width": 4 if box == "year" else 2,
            "error": box in wrong,
        }
        for box, text in zip(BOXES, typed, strict=True)
    ]
    return {"fieldset": _fieldset(bound), "items": items, "label": None, "attributes": None}


_MACROS: list[tuple[type[forms.Widget], str, Callable[[BoundField], Parameters]]] = [
    # The order matters: checkboxes derive from radios, and hidden inputs from text inputs.
    (forms.HiddenInput, "hidden", lambda bound: {"value": _shown(bound)}),
    (DateInput, "date_input", _date),
    (forms.Textarea, "textarea", _textarea),
    (forms.FileInput, "file", _file),
    (forms.CheckboxInput, "checkboxes", _checkbox),
    (forms.CheckboxSelectMultiple, "checkboxes", _group),
    (forms.RadioSelect, "radios", _group),
    (forms.SelectMultiple, "checkboxes", _group),
    (forms.Select, "select", _select),
    (forms.PasswordInput, "password_input", _password),
    (forms.NumberInput, "input", _number),
    (forms.widgets.Input, "input", _input),
]
