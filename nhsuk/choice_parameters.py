"""Parameters of what is chosen: radios, checkboxes, a single checkbox, a select."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BoundField

from nhsuk.bound_fields import Parameters, fieldset, label_text


def select(bound: BoundField) -> Parameters:
    return {"items": _items(bound)}


def group(bound: BoundField) -> Parameters:
    """Several radios or checkboxes under one legend."""
    return _nameless(bound) | {
        "fieldset": fieldset(bound),
        "items": _items(bound),
        "classes": _look(bound.field.widget),
    }


def checkbox(bound: BoundField) -> Parameters:
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
    return [_item(option, chosen, hints) for option in options]


def _item(option: dict[str, Any], chosen: set[str], hints: dict[str, str]) -> Parameters:
    value = "" if option["value"] is None else str(option["value"])
    item: Parameters = {"value": value, "text": str(option["label"])}
    item["selected"] = item["checked"] = value in chosen
    if value in hints:
        item["hint"] = {"text": hints[value]}
    return item
