"""The disagreements under agreements, as their pages show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from agreements.models import Agreement
from escalations.models import Disagreement
from house.once import once_a_page
from parties.acting import Acting


def disagreements_under(
    agreements: Iterable[Agreement], acting: Acting
) -> Mapping[int, Sequence[Disagreement]]:
    """Agreement id -> what the reader may see under it, the newest first (one query a page)."""
    return _under(frozenset(agreement.pk for agreement in agreements), acting)


@once_a_page
def _under(ids: frozenset[int], acting: Acting) -> Mapping[int, Sequence[Disagreement]]:
    found: dict[int, list[Disagreement]] = defaultdict(list)
    visible = Disagreement.objects.visible_to(acting).filter(agreement__in=ids)
    for each in visible.select_related("agreement", "version").order_by("-number"):
        found[each.agreement_id].append(each)
    return found
