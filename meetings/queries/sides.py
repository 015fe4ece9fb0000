"""The parties that meet in a series, with the organisations that hold them."""

from __future__ import annotations

from agreements.models import Agreement, Party
from agreements.rules.parties import with_organisations
from meetings.models import Series
from parties.models import Organisation


def agreements_of(series: Series) -> list[Agreement]:
    """The agreements that it serves, in order of reference, as their rows are locked."""
    found = Agreement.objects.filter(series__series=series).select_related("in_force_version")
    return list(found.order_by("reference"))


def parties_in(series: Series) -> list[Party]:
    """Every side of its agreements, in order (three queries)."""
    found = Party.objects.filter(agreement__series__series=series)
    return list(
        found.select_related("agreement")
        .prefetch_related(with_organisations())
        .order_by("agreement__reference", "position")
    )


def organisations_in(series: Series) -> list[Organisation]:
    """Who meets there, each once."""
    return list({p.organisation.pk: p.organisation for p in parties_in(series)}.values())


def other_organisations(series: Series, organisation_id: int | None) -> list[Organisation]:
    return [each for each in organisations_in(series) if each.pk != organisation_id]
