"""The parties that meet in a series, with the organisations that hold them.

A page reads them once with its series (`meetings.queries.seen`); a service reads them anew.
"""

from __future__ import annotations

from agreements.core.parties import with_organisations
from agreements.models import Agreement, Party
from meetings.models import Series
from parties.models import Organisation


def agreements_of(series: Series) -> list[Agreement]:
    """The agreements that it serves, in order of reference, as their rows are locked."""
    found = Agreement.objects.filter(series__series=series).select_related("in_force_version")
    return list(found.order_by("reference"))


def parties_in(series: Series) -> list[Party]:
    """Every side of its agreements, in order (three queries; none where a page has read them)."""
    if _are_at_hand(series):
        rows = sorted(series.serves.all(), key=lambda row: row.agreement.reference)
        return [party for row in rows for party in row.agreement.parties.all()]
    found = Party.objects.filter(agreement__series__series=series).select_related("agreement")
    with_names = found.prefetch_related(with_organisations())
    return list(with_names.order_by("agreement__reference", "position"))


def organisations_in(series: Series) -> list[Organisation]:
    """Who meets there, each once."""
    return list({p.organisation.pk: p.organisation for p in parties_in(series)}.values())


def other_organisations(series: Series, organisation_id: int | None) -> list[Organisation]:
    return [each for each in organisations_in(series) if each.pk != organisation_id]


def convener_of(series: Series) -> Party | None:
    """The one party that calls the meetings, if there is one."""
    return next((p for p in parties_in(series) if p.pk == series.convener_id), None)


def _are_at_hand(series: Series) -> bool:
    read = getattr(series, "_prefetched_objects_cache", {})
    return "serves" in read and all(
        "parties" in getattr(row.agreement, "_prefetched_objects_cache", {})
        for row in series.serves.all()
    )
