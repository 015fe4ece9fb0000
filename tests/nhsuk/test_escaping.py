"""What people type never becomes markup, wherever it stands."""

from __future__ import annotations

from datetime import date

import pytest
from django.template import engines

from nhsuk import components as c
from nhsuk import forms

SCRIPT = "<script>alert(1)</script>\"'><img src=x>"
HARMLESS = "&lt;script&gt;"


def form_with_script() -> forms.Form:
    class Hostile(forms.Form):
        line = forms.LineField(label=SCRIPT, help_text=SCRIPT, max_length=5)
        text = forms.TextField(label=SCRIPT, help_text=SCRIPT, max_length=5)
        radio = forms.RadioField(
            label=SCRIPT, choices=[(SCRIPT, SCRIPT)], widget=forms.Radios(hints={SCRIPT: SCRIPT})
        )
        select = forms.SelectField(label=SCRIPT, choices=[(SCRIPT, SCRIPT)])
        boxes = forms.ChecklistField(label=SCRIPT, choices=[(SCRIPT, SCRIPT)])
        day = forms.DateField(label=SCRIPT, help_text=SCRIPT)
        file = forms.UploadField(label=SCRIPT, help_text=SCRIPT)
        tick = forms.CheckboxField(label=SCRIPT)

    boxes = dict.fromkeys(("day-day", "day-month", "day-year", "line", "text"), SCRIPT)
    return Hostile(boxes | {"select": SCRIPT, "boxes": [SCRIPT]})


@pytest.mark.parametrize("name", list(form_with_script().fields))
def test_a_field(name: str) -> None:
    html = form_with_script()[name].as_field_group()
    assert HARMLESS in html
    assert "<script" not in html
    assert "<img" not in html


def test_the_summary() -> None:
    form = form_with_script()
    form.add_error(None, SCRIPT)
    assert HARMLESS in form.summary()
    assert "<script" not in form.summary()


@pytest.mark.parametrize(
    ("file", "call"),
    [
        ("tag", "tag(c.Tag(x))"),
        ("links", "link(c.Link(x, x, x))"),
        ("links", "breadcrumbs([(x, x)])"),
        ("table", "in_table(x, [x, c.Column(x, sort_href=x)], true, caller=x.lower)"),
        ("table", "under(x)"),
        ("lists", "fact(x, [c.Link(x, x, x)], caller=x.lower)"),
        ("lists", "each_line([x, x])"),
        ("lists", "task_list([c.Task(x, x, x, x)])"),
        ("lists", "timeline([c.TimelineEntry(day, x, x, x, c.Link(x, x))])"),
        ("lists", "empty(x)"),
        ("rail", "rail([c.RailStep(x, x, c.Tag(x), x, x, [c.OnStep(x, x, x, c.Tag(x))], x)])"),
        ("rail", "rail([c.RailStep(x, people=[c.OnStep(x, '', x, none, c.Link(x, x, x))])])"),
        ("notes", "inset(x)"),
        ("notes", "warning(x, x)"),
        ("notes", "card(x, text=x)"),
        ("buttons", "buttons([c.Button(x, x, hidden_text=x)])"),
        ("document", "changes([c.Words('inserted', x), c.Words('deleted', x)])"),
    ],
)
def test_a_component(file: str, call: str) -> None:
    macro = call.partition("(")[0]
    source = f'{{% from "components/{file}.jinja" import {macro} %}}{{{{ {call} }}}}'
    html = (
        engines.all()[0].from_string(source).render({"c": c, "x": SCRIPT, "day": date(2013, 9, 3)})
    )
    assert HARMLESS in html
    assert "<script" not in html
    assert "<img" not in html
