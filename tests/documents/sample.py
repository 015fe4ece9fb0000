"""An agreement as it is printed, which shows every class of the print style."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from django.template import engines
from jinja2 import ChoiceLoader, FileSystemLoader, Template

from documents.markdown import to_html

PARTIES = ["NHS Exampleton Clinical Commissioning Group", "NHS England, Exampleshire Area Team"]
BODY = """The parties work together on the commissioning of **primary medical care**.

1. Each party names a *key contact* and tells the other of a change within 10 working days.
2. A party that wants to announce something about the other tells it first:
   - 5 working days before a press release;
   - on the same day when the matter is urgent.

| Matter | Answer within |
|---|---|
| A question of fact | 5 working days |
| A request for comments, https://policy.example/comments | 10 working days |

What one party tells the other in confidence stays in confidence. The whole policy is at
https://policy.example/confidence.
"""
HEADINGS = [
    "Purpose",
    "Principles of working together",
    "Announcements and press releases",
    "When we disagree",
    "Review, variation and ending",
]
CONTACTS = [
    {
        "role": "MoU manager",
        "name": "Dr Adaeze Okonkwo-Llŷr",
        "post": "Chief Officer",
        "email": "adaeze@exampleton.example",
        "telephone": "01632 960 001",
    },
    {
        "role": "Director",
        "name": "James Whitfield",
        "post": "Director of Commissioning",
        "email": "james@england.example",
        "telephone": "01632 960 002",
    },
]
DOCUMENT = {
    "title": "Memorandum of understanding",
    "version": "Version 1.0, signed 3 September 2013",
    "reference": "MOU-0142",
    "status": "",
    "made_at": "2013-09-03T08:00:00Z",
}


def agreement_page(clauses: dict[str, str] | None = None, **changes: str) -> str:
    """The HTML of the sample, or of other clauses; `changes` go into what the frame shows."""
    texts = clauses or dict.fromkeys(HEADINGS, BODY)
    return _template().render(
        document=DOCUMENT | changes,
        parties=PARTIES,
        contacts=CONTACTS,
        clauses=[{"heading": head, "body": to_html(body)} for head, body in texts.items()],
    )


@cache
def _template() -> Template:
    portal: Any = engines["jinja2"]
    here = FileSystemLoader(Path(__file__).parent)
    environment = portal.env.overlay(loader=ChoiceLoader([portal.env.loader, here]))
    return environment.get_template("sample.jinja")
