"""What a draft lacks besides its words: documents that it is read with, fitting seats."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.urls import reverse

from agreements.core.associated import Missing, missing, promised
from agreements.core.seats import against_levels
from agreements.models import Agreement
from agreements.terms import Terms
from nhsuk.components import Link


class Gap(NamedTuple):
    """Something that is missing, and where one puts it right."""

    sentence: str
    link: Link | None = None


def documents_and_seats(agreement: Agreement, terms: Terms, own: int | None) -> Iterator[Gap]:
    """`own` is the reader's organisation: what it may bring has the way to do so."""
    for each in missing(agreement, terms):
        yield Gap(each.sentence, _way_to_add(agreement, each, own))
    yield from (Gap(said) for said in promised(agreement))
    yield from (Gap(said) for said in against_levels(agreement, terms))


def _way_to_add(agreement: Agreement, lacking: Missing, own: int | None) -> Link | None:
    if lacking.parties and own not in {each.organisation.pk for each in lacking.parties}:
        return None
    page = reverse("agreements:document_add", args=[agreement.reference])
    expected = lacking.expected
    return Link("Add it", f"{page}?for={expected.key}", f"to the list: {expected.label}")
