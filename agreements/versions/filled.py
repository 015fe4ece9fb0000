"""Nobody approves or signs a text in which somebody could still write something."""

from __future__ import annotations

from collections.abc import Sequence

from agreements.core.parties import parties_of
from agreements.core.texts import blank_labels, texts_of
from agreements.drafting.blanks import in_few_words, marks_in, open_in
from agreements.models import ClauseText, Version
from house.refusals import Refused


def open_blanks(version: Version, texts: Sequence[ClauseText] | None = None) -> str:
    """What is not filled in, in a sentence or a few; empty where nothing is open.

    `texts` are the version's clauses, where they are at hand.
    """
    texts = texts_of(version) if texts is None else texts
    if not any(marks_in(text.heading, text.body) for text in texts):
        return ""
    labels = blank_labels(version.agreement, parties_of(version.agreement))
    return in_few_words([each.sentence for each in open_in(texts, labels)])


def check_filled(version: Version, texts: Sequence[ClauseText] | None = None) -> None:
    """Raises Refused for a version that was numbered with a blank, when the portal let it be."""
    if still_open := open_blanks(version, texts):
        raise Refused(
            f"{still_open} Nobody approves or signs a text like that. Recall version "
            f"{version.label}, fill the blanks in, and number the text again."
        )
