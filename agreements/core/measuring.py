"""What rooms share where they count, for a report, how an agreement was kept (B15)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from agreements.models import Agreement, Party
from house.clock import london_day


def ran_in(agreement: Agreement, since: date, until: date) -> bool:
    """Whether it was in force on one of these London days, both included.

    One that was stopped before it came into force never was, nor was a registration withdrawn.
    """
    begun = agreement.runs_from
    if agreement.in_force_version_id is None or begun is None or begun > until:
        return False
    if not agreement.is_over:
        return True
    return agreement.noticed_end_on is not None and agreement.noticed_end_on >= since


def ran_on(agreement: Agreement, day: date) -> bool:
    """Whether it was in force at the end of this London day."""
    return ran_in(agreement, day, day)


def fell_in(when: date | datetime | None, since: date, until: date) -> bool:
    """Whether a day, or the London day of an instant, is one of these."""
    day = london_day(when) if isinstance(when, datetime) else when
    return day is not None and since <= day <= until


def key_of_holder(agreement: Agreement, organisation_id: int | None) -> str:
    """The key of the party that this organisation is, or whose place was taken; else empty. The
    parties have to be at hand."""
    return next((p.key for p in agreement.sides if organisation_id in p.held_by), "")


def there_on(parties: Iterable[Party], day: date) -> list[Party]:
    """Those that had not left by this day."""
    return [party for party in parties if party.left_on is None or party.left_on >= day]
