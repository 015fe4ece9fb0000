"""What was typed about a concern is asked about where it looks like somebody's name or NHS number.

A performer's name is never stored. What it finds it asks about once, and it refuses nothing.
"""

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

NO_NAMES: Final = "Do not name a performer, a member of staff or a patient."
# So many are looked up and asked about.
MOST: Final = 12


def odd_in(text: str, *, exempt: str = "") -> list[str]:
    """Sentences to ask about what was typed; `exempt` is what the practice is called there."""
    found = [name for name in names_in(text) if name.casefold() not in exempt.casefold()]
    names, numbers = _unknown(found[:MOST]), nhs_numbers_in(text)[:MOST]
    odd = []
    if names:
        verb = "looks" if len(names) == 1 else "look"
        odd.append(f"{_quoted(names)} {verb} like somebody's name. No performer is named here.")
    if numbers:
        odd.append(f"{_quoted(numbers)} can be an NHS number. No patient is named here.")
    return odd


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


def _quoted(found: Collection[str]) -> str:
    return and_list(f"“{each}”" for each in found)
