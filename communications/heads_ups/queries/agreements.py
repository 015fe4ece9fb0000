"""The agreements of heads-ups: which ask for one, and the committees of their areas."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from agreements.models import Agreement, ClauseText, TemplateVersion
from communications.heads_ups.rules import COMMITTEE, COMMITTEE_BLANKS, HEADS_UP
from communications.models import CommitteeServes, LocalCommittee
from communications.queries.agreements import offered
from parties.acting import Acting
from parties.models import Organisation
from parties.offers import Organisations


def offered_here(acting: Acting, reference: str = "") -> dict[str, Any]:
    """What the form offers: those of the acting organisation that are in force, first those whose
    text asks for a heads-up."""
    offer = offered(acting, reference=reference)
    chosen = [int(pk) for pk, _ in offer["agreements"]]
    asking = asks_for(HEADS_UP, chosen)
    offer["agreements"] = sorted(offer["agreements"], key=lambda each: int(each[0]) not in asking)
    return offer


def asks_for(binding: str, agreements: Collection[int]) -> set[int]:
    """Of these those whose text in force has a clause that is bound to this (one query)."""
    return {pk for pk, bindings in _bindings(agreements) if binding in bindings}


def _bindings(agreements: Collection[int]) -> list[tuple[int, list[str]]]:
    """Agreement id -> what its clauses of heads-ups are bound to (one query)."""
    rows = ClauseText.objects.filter(
        version__in_force_for__in=agreements, bindings__icontains=HEADS_UP
    )
    return list(rows.order_by().values_list("version__in_force_for", "bindings"))


def wanting_committee(agreements: Iterable[Agreement]) -> list[Agreement]:
    """Those whose text promises the heads-up to a local medical committee as well (two queries).

    Older texts have no clause that is bound to that, but name the committee in a blank.
    """
    found = list(agreements)
    bound = _bindings([each.pk for each in found])
    wanted = {pk for pk, bindings in bound if COMMITTEE in bindings}
    older = {pk for pk, bindings in bound if HEADS_UP in bindings} - wanted
    made_from = {each.template_version_id for each in found if each.pk in older}
    versions = TemplateVersion.objects.in_bulk(made_from) if made_from else {}
    naming = {pk for pk, version in versions.items() if _names_committee(version)}
    return [
        each
        for each in found
        if each.pk in wanted or (each.pk in older and each.template_version_id in naming)
    ]


def _names_committee(version: TemplateVersion) -> bool:
    return any(blank.key in COMMITTEE_BLANKS for blank in version.typed_blanks)


def committees_for(
    organisation_id: int, agreements: Collection[int]
) -> dict[int, list[LocalCommittee]]:
    """Agreement id -> the committees that the organisation keeps for it (one query)."""
    found: dict[int, list[LocalCommittee]] = {pk: [] for pk in agreements}
    rows = CommitteeServes.objects.filter(
        committee__organisation=organisation_id, committee__ended_at=None, agreement__in=agreements
    )
    for row in rows.select_related("committee").order_by("committee__name", "pk"):
        found[row.agreement_id].append(row.committee)
    return found


def without_committee(acting: Acting, agreements: Sequence[Agreement]) -> list[Agreement]:
    """Those that promise the heads-up to a committee, and have none on the organisation's list."""
    wanted = wanting_committee(agreements)
    kept = committees_for(acting.organisation_id or 0, [each.pk for each in wanted])
    return [each for each in wanted if not kept[each.pk]]


def practices() -> Organisations:
    """Whom feedback can be given to, by every name that they had."""
    return Organisations(Organisation.objects.filter(kind=Organisation.Kind.PRACTICE))


def on_list(acting: Acting) -> list[LocalCommittee]:
    """The committees that the organisation keeps, each with its agreements (two queries)."""
    rows = LocalCommittee.objects.visible_to(acting).current()
    return list(rows.prefetch_related("serves__agreement").order_by("name", "pk"))
