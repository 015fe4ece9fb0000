"""Logs in words: kinds, states, what a clause can be bound to, and where each is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse

from agreements.core.reached import subpage_url
from agreements.models import Agreement
from commitments.models import LogEntry
from nhsuk.components import Tag
from nhsuk.dates import day

Kind = LogEntry.Kind
PAGE_KEY: Final = "logs"
# What a clause is bound to -> the kind of entry that shows that it is kept.
BINDINGS: Final[Mapping[str, str]] = {
    "learning_log": Kind.LEARNING,
    "engagement_log": Kind.ENGAGEMENT,
    "risks": Kind.RISK,
}
RECORD: Final[Mapping[str, str]] = {
    Kind.LEARNING: "Record what was learned",
    Kind.ENGAGEMENT: "Record whom you asked",
    Kind.RISK: "Record a risk",
}
WHAT: Final[Mapping[str, str]] = {
    Kind.LEARNING: "What was learned",
    Kind.ENGAGEMENT: "What it was about",
    Kind.RISK: "What the risk is about",
}
MORE: Final[Mapping[str, str]] = {
    Kind.LEARNING: "More about it",
    Kind.ENGAGEMENT: "What was said",
    Kind.RISK: "More about it",
}
WHEN: Final[Mapping[str, str]] = {
    Kind.LEARNING: "Date",
    Kind.ENGAGEMENT: "Date",
    Kind.RISK: "Found on",
}


def page_of(entry: LogEntry) -> str:
    return reverse("commitments:log_entry", args=[entry.key])


def list_of(agreement: Agreement, **wanted: str) -> str:
    """The logs of an agreement; `wanted` is what the list is narrowed by."""
    return subpage_url(agreement.reference, PAGE_KEY) + (f"?{urlencode(wanted)}" if wanted else "")


def form_of(agreement: Agreement, kind: str) -> str:
    """Where an entry of this kind is recorded."""
    return reverse("commitments:log_new", args=[agreement.reference, kind])


def state_tag(entry: LogEntry, is_late: bool = False) -> Tag:
    if is_late:
        return Tag("Review late", "red")
    colours: dict[str, Tag] = {
        LogEntry.State.OPEN: Tag("Open" if entry.is_risk else "On the log", "blue"),
        LogEntry.State.CLOSED: Tag("Closed", "green"),
        LogEntry.State.IN_ERROR: Tag("Entered in error", "grey"),
    }
    return colours[entry.state]


def under(entry: LogEntry) -> str:
    """The quieter line of a row: "Engagement 4, patients of two practices"."""
    return ", ".join(filter(None, [entry.called, entry.groups]))


def recorded(entry: LogEntry) -> str:
    return f"{entry.recorded_by}, {entry.recorded_for}, {day(entry.recorded_at)}"
