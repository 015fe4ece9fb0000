"""Whether an agreement lasts as long as its parties agreed (A25)."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from agreements.core.parties import versions_in_force
from agreements.models import Agreement, Version
from house.months import months_after
from house.room import Evidence, Keeping
from nhsuk.dates import day
from nhsuk.words import plural

KEY = "minimum_term"


def keepings(agreements: Iterable[Agreement]) -> dict[int, Keeping]:
    """Agreement id -> the answer, for those that were ever in force."""
    return {each.agreement_id: _keeping(each) for each in versions_in_force(agreements)}


def _keeping(version: Version) -> Keeping:
    agreement, months = version.agreement, version.typed_terms.minimum_months
    if not months or agreement.start_on is None:
        return Keeping("nothing_yet", "The terms ask for no shortest time in force.")
    least = months_after(agreement.start_on, months)
    if agreement.end_on and agreement.end_on < least:
        return Keeping("missed", f"It ends on {day(agreement.end_on)}, before {day(least)}.")
    since, ends = day(agreement.start_on), f"{plural(months, 'month')} end on {day(least)}"
    page = reverse("agreements:version", args=[agreement.reference, version.seq])
    evidence = Evidence(f"Version {version.label}", page)
    return Keeping("kept", f"In force since {since}; {ends}.", (evidence,))
