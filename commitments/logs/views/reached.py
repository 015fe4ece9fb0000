"""How pages get at an entry of a log, through the wall, and lead back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from agreements.core.reached import not_disposed, steps
from agreements.models import Agreement
from commitments.logs import queries
from commitments.logs.words import list_of, page_of
from commitments.models import LogEntry
from house.refusals import NotYours
from parties.acting import acting_of
from web.way import About, Steps


def entry_seen(request: HttpRequest, key: UUID) -> LogEntry:
    """The entry with this key, of one's own agreement or passed on to one. Raises Http404 for one
    that is not theirs to see."""
    found = get_object_or_404(queries.seen_by(acting_of(request)), key=key)
    not_disposed(found.agreement)
    return found


def entry_of(request: HttpRequest, key: UUID) -> LogEntry:
    """The same to act on. Raises NotYours for who only reads what was passed on to them."""
    found: Any = entry_seen(request, key)
    if not found.is_own:
        raise NotYours("Your organisation is not a party to the agreement that this comes from.")
    return found


def way_to_list(agreement: Agreement) -> Steps:
    return [*steps(agreement), ("Logs", list_of(agreement))]


def way_home() -> Steps:
    return [("Home", reverse("home"))]


def about(entry: LogEntry) -> About:
    page = page_of(entry)
    return {
        "caption": f"{entry.called}: {entry.what}",
        "way": [*way_to_list(entry.agreement), (entry.called, page)],
        "to": page,
    }
