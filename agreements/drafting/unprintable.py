"""Letters of a draft that no font of the PDF has, named before the text gets its number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.urls import reverse

from agreements.core.texts import numbers
from agreements.drafting.blanks import MOST_NAMED
from agreements.models import Agreement, ClauseText, Party
from documents.letters import missing_in
from nhsuk.components import Link
from nhsuk.words import and_list, plural

Found = tuple[str, Link | None]


def unprintable_in(
    agreement: Agreement, parties: Sequence[Party], texts: Sequence[ClauseText]
) -> list[Found]:
    """A sentence for the title, each party's name and each clause that has such letters.

    With it stands a link to the clause. At most as many as a list names one by one.
    """
    return list(_found_in(agreement, parties, texts))[:MOST_NAMED]


def _found_in(
    agreement: Agreement, parties: Sequence[Party], texts: Sequence[ClauseText]
) -> Iterator[Found]:
    for called, name in [("The title", agreement.title), *((p.label, p.name) for p in parties)]:
        yield from ((said, None) for said in _said(called, name))
    for text, number in zip(texts, numbers(text.kind for text in texts), strict=True):
        page = reverse("agreements:clause", args=[agreement.reference, text.key])
        for said in _said(f"Clause {number}", f"{text.heading}\n{text.body}"):
            yield said, Link("Edit", page, f"clause {number}")


def _said(called: str, text: str) -> Iterator[str]:
    letters = missing_in(text)
    if not letters:
        return
    named = [f"“{each}” (U+{ord(each):04X})" for each in letters[:MOST_NAMED]]
    more = len(letters[MOST_NAMED:])
    shown = and_list([*named, *([plural(more, "other")] if more else [])])
    yield (
        f"{called} has {shown}. No font of the PDF has that: it prints as "
        "\N{REPLACEMENT CHARACTER}. Write it otherwise."
    )
