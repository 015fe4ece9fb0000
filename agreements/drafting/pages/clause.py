"""A clause's page: what it holds now, how it will look, and what somebody else made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict
from markupsafe import Markup

from agreements.drafting.pages.compare import label_changes
from agreements.drafting.rules.blanks import show_missing
from agreements.drafting.rules.compare import compare_words
from agreements.models import ClauseText
from documents.markdown import to_html
from house.text import tidy_line, tidy_text
from nhsuk.components import Words


@dataclass(frozen=True)
class Preview:
    heading: str
    body: Markup


def preview_of(typed: QueryDict, labels: Mapping[str, str]) -> Preview:
    """How the text that somebody typed will look."""
    heading, body = tidy_line(typed.get("heading", "")), tidy_text(typed.get("body", ""))
    return Preview(show_missing(heading, labels), to_html(show_missing(body[:20_000], labels)))


@dataclass(frozen=True)
class Conflict:
    """Two texts of one clause: what somebody else saved, and what is in the box."""

    theirs: ClauseText
    who: str
    heading: list[Words]
    body: list[Words]
    facts: list[str]


def conflict_of(
    theirs: ClauseText, who: str, mine: Mapping[str, object], sides: Mapping[str, str]
) -> Conflict:
    """What differs, from their text to mine."""
    typed = ClauseText(**mine)
    typed.bindings = theirs.bindings
    return Conflict(
        theirs=theirs,
        who=who or "the other person",
        heading=compare_words(theirs.heading, typed.heading),
        body=compare_words(theirs.body, typed.body),
        facts=label_changes(theirs, typed, sides),
    )
