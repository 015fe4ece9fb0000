"""What looks like somebody's name or an NHS number in what was typed: to ask about, never to
refuse. What organisations and areas are called here is nobody's name."""

from __future__ import annotations

from collections.abc import Collection
from functools import reduce
from operator import or_
from typing import Final

from django.db.models import Q

from house.nhs_numbers import nhs_numbers_in
from house.person_names import names_in
from nhsuk.words import and_list
from parties.models import Area, OrganisationName

# So many are looked up and asked about.
MOST: Final = 12


def names_typed(text: str, *, exempt: str = "") -> list[str]:
    """What looks like a name; `exempt` has what is none there."""
    found = [name for name in names_in(text) if name.casefold() not in exempt.casefold()]
    return _unknown(found[:MOST])


def numbers_typed(text: str) -> list[str]:
    """What can be an NHS number, by its check digit."""
    return nhs_numbers_in(text)[:MOST]


def quoted(found: Collection[str]) -> str:
    return and_list(f"“{each}”" for each in found)


def _unknown(names: Collection[str]) -> list[str]:
    """Those that are no part of what a registered organisation or an area is called (two queries;
    none where nothing looks like a name)."""
    if not names:
        return []
    called = reduce(or_, (Q(name__icontains=name) for name in names))
    known = [
        name.casefold()
        for model in (OrganisationName, Area)
        for name in model._default_manager.filter(called).values_list("name", flat=True)[:200]
    ]
    return [name for name in names if not any(name.casefold() in each for each in known)]
