"""One agreement, typeset and sealed once for the whole run: each rendering takes over a second."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from documents.markdown import to_html
HERE = Path(__file__).parent
TEMPLATES = HERE.parent.parent / "templates"
PARTIES = ["NHS Exampleton Clinical Commissioning Group", "NHS England, Exampleshire Area Team"]
BODY = """The parties work together on the commissioning of **primary medical care**.

1. Each party names a *key contact* and tells the other of a change within 10 working days.
2. A party that wants to announce something about the other tells it first:
   - 5 working days before a press release;
   - on the same day when the matter is urgent.

| Matter | Answer within |
|---|---|
| A question of fact | 5 working days |
| A request for comments | 10 working days |

> What one party tells the other in confidence stays in confidence.
"""
HEADINGS = [
    "Purpose", "Principles of working together", "Roles and responsibilities",
    "Sharing information", "Announcements and press releases", "Meetings",
    "When we disagree", "Review, variation and ending",
]
CONTACTS = [
    {"role": "MoU manager", "name": "Dr Adaeze Okonkwo-Llŷr", "post": "Chief Officer",
     "address": "adaeze@exampleton.example, 01632 960 001"},
    {"role": "Director", "name": "James Whitfield", "post": "Director of Commissioning",
     "address": "james@england.example, 01632 960 002"},
]


def sample_page(body: str = BODY, headings: list[str] = HEADINGS, title: str = "Memorandum of understanding") -> str:
    """The HTML of an agreement that shows every class of the print style."""
    folders = FileSystemLoader([TEMPLATES, HERE])
    environment = Environment(loader=folders, autoescape=True, undefined=StrictUndefined)
    return environment.get_template("sample.jinja").render(
        document={
            "title": title, "version": "Version 1.0, signed 3 September 2013",
            "reference": "MOU-0142", "status": "", "made_at": "2013-09-03T08:00:00Z",
        },
        parties=PARTIES, contacts=CONTACTS,
        clauses=[{"heading": heading, "body": to_html(body)} for heading in headings],
    )
