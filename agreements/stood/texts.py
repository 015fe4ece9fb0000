"""Clauses and terms of a version as they stood at the end of a day, for every text's presenter."""

from __future__ import annotations

from datetime import date, datetime

from agreements.core.texts import blank_labels, texts_of
from agreements.drafting.pages.document import ClauseOnPage, document
from agreements.drafting.wording import worded, words_of
from agreements.models import ClauseText, Version
from agreements.terms import Terms
from house.tracked import as_recorded


def clauses_on(version: Version, end: datetime) -> list[ClauseOnPage]:
    """`version` is as it was recorded by then. A numbered text never changes; of a draft the words
    are those that its history has (two queries)."""
    texts = _draft_texts(version, end) if version.is_draft else texts_of(version)
    labels = blank_labels(version.agreement, version.agreement.sides)
    return document(worded(texts, words_of(version)), labels)


def with_end(terms: Terms, last: date | None) -> Terms:
    """The terms with the last day as it was, whatever the text said when it was signed."""
    period = terms.period.model_copy(update={"ends_on": last} if last else {})
    return terms.model_copy(update={"period": period})


def _draft_texts(version: Version, end: datetime) -> list[ClauseText]:
    """As edited by then. What a former portal wrote without history is read as it is."""
    found = as_recorded(ClauseText, end, related=["clause"], version=version.pk)
    return sorted(found, key=lambda text: (text.position, text.pk)) or texts_of(version)
