"""Which organisations somebody may mean who adds one: the same ODS code, or a name like it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Final

from django.db.models import Q

from house.refusals import Refused
from parties.models import Organisation, OrganisationName

MOST_ASKED: Final = 5
# Names of which this part of the letters is the same are asked about.
LIKE: Final = 0.86
# What many names share says nothing of which one it is; long forms and short ones are the same.
_SHORT: Final = {
    "clinical commissioning group": "ccg",
    "integrated care board": "icb",
    "local medical committee": "lmc",
    "&": " and ",
}
_EMPTY: Final = frozenset({"the", "nhs"})


class AlikeFound(Refused):
    """There is one that may be meant. Whoever typed it says which, or that it is another."""

    def __init__(self, found: Sequence[Organisation]) -> None:
        super().__init__("Say whether you mean one that is here already.", field="which")
        self.found = found


def alike(name: str, ods_code: str) -> list[Organisation]:
    """Those with the code first, then those with a name like it, whenever they had it."""
    named = list(OrganisationName.objects.values_list("organisation", "name"))
    plain = {pk_name: _plain(pk_name[1]) for pk_name in named}
    close = get_close_matches(_plain(name), set(plain.values()), n=MOST_ASKED, cutoff=LIKE)
    ranks = {pk: close.index(text) for (pk, _), text in plain.items() if text in close}
    same = Q(ods_code=ods_code) if ods_code else Q(pk=None)
    found = Organisation.objects.named().filter(Q(pk__in=ranks) | same)
    ordered = sorted(found, key=lambda each: (each.ods_code != ods_code, ranks.get(each.pk, 0)))
    return ordered[:MOST_ASKED]


def _plain(name: str) -> str:
    """The name without case, marks and words that many names share."""
    text = name.casefold()
    for long, short in _SHORT.items():
        text = text.replace(long, short)
    words = re.findall(r"\w+", text.replace("'", "").replace("\u2019", ""))
    return " ".join(word for word in words if word not in _EMPTY)
