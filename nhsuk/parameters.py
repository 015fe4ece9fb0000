"""One function from a bound field to what the design system's macro takes.

User text goes in as `text`, never as `html`: the macros print `html` unescaped.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.forms import BoundField

from nhsuk.bound_fields import (
    Parameters,
    boxes_in_error,
    error_sentences,
    fieldset,
    label,
    label_text,
)
from nhsuk.pick_field import PickBox, mark_of, several_in
from nhsuk.widgets import BOXES, DateInput, TypedDate

# What a form may say about its input and the page passes on. `maxlength` is not among them: it
# would cut what somebody pastes, without a word.
_PASSED_ON = ("accept", "multiple", "readonly", "list")
_SMALL_LEGEND = "nhsuk-fieldset__legend--s"
_WIDTHS = (2, 3, 4, 5, 10, 20, 30)


def field_parameters(bound: BoundField) -> tuple[str, Parameters]:
    """The macro's name and its parameters. Raises TypeError for a widget that has no macro."""
    for widget, macro, special in _MACROS:
        if isinstance(bound.field.widget, widget):
            return macro, _common(bound) | special(bound)
    raise TypeError(f"{type(bound.field.widget).__name__} has no component in the design system.")


def _common(bound: BoundField) -> Parameters:
    common: Parameters = {"name": bound.html_name, "id": bound.auto_id}
    common |= {"label": label(bound), "attributes": _attributes(bound)}
    common["disabled"] = bound.field.disabled
    if bound.help_text:
        common["hint"] = {"text": str(bound.help_text)}
    sentences = error_sentences(bound)
    if sentences:
        common["errorMessage"] = {"text": ". ".join(sentences)}
    return common


def _attributes(bound: BoundField) -> Parameters:
    passed = {
        name: value
        for name, value in bound.field.widget.attrs.items()
        if name in _PASSED_ON or name.startswith("data-")
    }
    return {name: {"value": value, "optional": True} for name, value in passed.items()}


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _shown(bound: BoundField) -> str:
    """The value as the widget writes it: what was typed, or the initial value formatted."""
    return _text(bound.field.widget.format_value(bound.value()))


def _hidden(bound: BoundField) -> Parameters:
    return {"value": _shown(bound)}


def _input(bound: BoundField) -> Parameters:
    widget = bound.field.widget
    assert isinstance(widget, forms.widgets.Input)  # noqa: S101 - for the type checker
    special: Parameters = {"value": _shown(bound), "type": widget.input_type}
    for name in ("autocomplete", "inputmode", "autocapitalize"):
        if widget.attrs.get(name):
            special[name] = widget.attrs[name]
    if "spellcheck" in widget.attrs:
        special["spellcheck"] = str(widget.attrs["spellcheck"]).lower() == "true"
    size = int(widget.attrs.get("size", 0))
    if size:
        special["width"] = next((width for width in _WIDTHS if width >= size), 30)
    return special


def _pick(bound: BoundField) -> Parameters:
    """The box; below it those that the words can mean, or, unseen, the one that stands in it."""
    typed, chosen = bound.value()
    special: Parameters = {"typed": typed, "chosen": chosen}
    if several := several_in(bound):
        legend = {"text": f"Which “{typed}” do you mean?", "classes": _SMALL_LEGEND}
        special["several"] = {
            "name": f"{bound.html_name}-pick",
            "idPrefix": f"{bound.auto_id}-pick",
            "fieldset": {"legend": legend},
            "items": [{"value": mark_of(value, typed), "text": text} for value, text in several],
            "classes": "nhsuk-radios--small",
        }
    return special


def _number(bound: BoundField) -> Parameters:
    # type="number" changes by the mouse wheel and drops what is not a number.
    broken = isinstance(bound.field, forms.FloatField | forms.DecimalField)
    number = {"type": "text", "inputmode": "decimal" if broken else "numeric"}
    special = {"width": 5} | _input(bound) | number
    suffix = getattr(bound.field, "suffix", "")
    return special | ({"suffix": {"text": suffix}} if suffix else {})


def _password(bound: BoundField) -> Parameters:
    # The value is never sent back to the page.
    return {"autocomplete": bound.field.widget.attrs.get("autocomplete", "current-password")}


def _textarea(bound: BoundField) -> Parameters:
    attributes = bound.field.widget.attrs
    return {
        "value": _text(bound.value()),
        "rows": int(attributes.get("rows") or 5),
        "autocomplete": attributes.get("autocomplete"),
    }


def _file(bound: BoundField) -> Parameters:
    """A browser cannot send a file back: say so when only something else was wrong."""
    if not bound.form.errors or bound.html_name not in bound.form.files:
        return {}
    again = "The file was not kept, because something else needs attention: choose it again."
    return {"hint": {"text": f"{bound.help_text} {again}".strip()}}


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
    return {"fieldset": fieldset(bound), "items": items, "label": None, "attributes": None}


def _select(bound: BoundField) -> Parameters:
    return {"items": _items(bound)}


def _group(bound: BoundField) -> Parameters:
    """Several radios or checkboxes under one legend."""
    return _nameless(bound) | {
        "fieldset": fieldset(bound),
        "items": _items(bound),
        "classes": _look(bound.field.widget),
    }


def _checkbox(bound: BoundField) -> Parameters:
    """One statement to tick."""
    item = {"value": "on", "text": label_text(bound), "checked": bool(bound.value())}
    return _nameless(bound) | {"items": [item]}


def _nameless(bound: BoundField) -> Parameters:
    # With `id` the macros of radios and checkboxes repeat ids, so they get `idPrefix` alone.
    return {"id": None, "idPrefix": bound.auto_id, "label": None, "attributes": None}


def _look(widget: forms.Widget) -> str:
    kind = "radios" if widget.input_type == "radio" else "checkboxes"  # type: ignore[attr-defined]
    wanted = [look for look in ("small", "inline") if getattr(widget, look, False)]
    return " ".join(f"nhsuk-{kind}--{look}" for look in wanted)


def _items(bound: BoundField) -> list[Parameters]:
    """Every choice, those of option groups too; chosen as in what was typed or given."""
    widget = bound.field.widget
    assert isinstance(widget, forms.widgets.ChoiceWidget)  # noqa: S101 - for the type checker
    chosen = set(widget.format_value(bound.value()) or [])
    hints = getattr(widget, "hints", {})
    options = widget.options(bound.html_name, sorted(chosen))
    return [_choice(option, chosen, hints) for option in options]


def _choice(option: dict[str, Any], chosen: set[str], hints: dict[str, str]) -> Parameters:
    value = "" if option["value"] is None else str(option["value"])
    item: Parameters = {"value": value, "text": str(option["label"])}
    item["selected"] = item["checked"] = value in chosen
    if value in hints:
        item["hint"] = {"text": hints[value]}
    return item


_MACROS: list[tuple[type[forms.Widget], str, Callable[[BoundField], Parameters]]] = [
    # The order matters: checkboxes derive from radios, and nearly everything from Input.
    (forms.HiddenInput, "hidden", _hidden),
    (DateInput, "date_input", _date),
    (PickBox, "pick", _pick),
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
