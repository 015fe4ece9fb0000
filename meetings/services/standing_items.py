"""What stands on every agenda of a series."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from agreements.core.parties import version_of_terms
from meetings.models import AgendaItem, Series
from meetings.queries.sides import agreements_of

Kind = AgendaItem.Kind
OF_ACTIONS = "Actions from earlier meetings"
SINCE = "What has changed since the last meeting"


def standing_items(series: Series) -> list[dict[str, Any]]:
    """Open actions, the sources that the terms name (A18), news, and what the series keeps."""
    return [
        {"kind": Kind.ACTIONS, "heading": OF_ACTIONS},
        *_sources(series),
        {"kind": Kind.SINCE, "heading": SINCE},
        *({"kind": Kind.STANDING, "heading": heading} for heading in series.standing),
    ]


def _sources(series: Series) -> Iterator[dict[str, Any]]:
    """Those of the terms of each agreement, once each; only the wider meeting has them."""
    if not series.is_wider:
        return
    seen: set[str] = set()
    for agreement in agreements_of(series):
        for source in version_of_terms(agreement).typed_terms.meetings.sources:
            if source.key not in seen:
                seen.add(source.key)
                yield {"kind": Kind.SOURCE, "topic": source.key, "heading": source.heading}
