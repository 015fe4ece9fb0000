"""Fills in the form of a page as somebody would who has to: every field, with what comes first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby

from house import clock
from tests.cast import PASSWORD
from tests.nhsuk.markup import Element, Markup

Body = dict[str, list[str]]
CONTROLS = ("input", "textarea", "select", "option")


def filled_in(page: str, otherwise: Mapping[str, str]) -> Body:
    """What a browser would send: {name: values}. `otherwise` says what goes into which field.

    The main button has no name: with others one asks for something before the form is sent.
    """
    controls = [
        each for each in Markup(page).all(*CONTROLS) if {"main", "form"} <= set(each.inside)
    ]
    return _body(controls) | {name: [value] for name, value in otherwise.items()}


@dataclass
class Form:
    """One form of a page, filled in: how and where to it is sent; "" is the page itself."""

    method: str
    action: str
    body: Body = field(default_factory=dict)
    files: list[str] = field(default_factory=list)  # the names of those in which a file is chosen


def forms_on(page: str) -> list[Form]:
    """Every form of a page that has anything to be typed, chosen or pressed."""
    found: list[tuple[Form, list[Element]]] = []
    for each in Markup(page).all("form", *CONTROLS, "button"):
        if each.tag == "form":
            form = Form((each.get("method") or "get").lower(), each.get("action") or "")
            found.append((form, []))
        elif "form" in each.inside:
            found[-1][1].append(each)
    for form, controls in found:
        form.body = _body(controls)
        form.files = [each["name"] for each in controls if each.get("type") == "file"]
    return [form for form, _ in found]


def _body(controls: list[Element]) -> Body:
    named = [each for each in _with_options_named(controls) if each.get("name")]
    return {
        name: _values(name, list(group))
        for name, group in groupby(sorted(named, key=_name), key=_name)
    }


def _name(control: Element) -> str:
    return control["name"]


def _with_options_named(controls: list[Element]) -> list[Element]:
    """An option goes by the name of the select that it stands in."""
    select = ""
    for each in controls:
        if each.tag == "select":
            select = each["name"]
        elif each.tag == "option":
            each.attributes["name"] = select
    return [each for each in controls if each.tag != "select"]


def _values(name: str, controls: list[Element]) -> list[str]:
    kind = controls[0].get("type") or controls[0].tag
    if kind in {"option", "radio", "checkbox"}:
        chosen = [each for each in controls if {"selected", "checked"} & each.attributes.keys()]
        offered = [each for each in controls if each.get("value")]
        picked = [each for each in chosen if each.get("value")] or offered[:1]
        return [each["value"] for each in picked]
    return [each.get("value") or each.text.strip() or _typed(name, kind) for each in controls]


def _typed(name: str, kind: str) -> str:
    today = clock.today()
    box = name.rpartition("-")[2]
    if box in {"day", "month", "year"}:
        return str(getattr(today, box))
    if box == "time":
        return "9:00 am"
    by_kind = {"email": "una@moors.example", "password": PASSWORD, "file": "", "hidden": ""}
    return by_kind.get(kind, "Something")
