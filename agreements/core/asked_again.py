"""Whether the parties of an MoU past its last day still work to it, and on which day they are asked
again (record 0060)."""

from __future__ import annotations

from agreements.models import Agreement, Change


def newest_asked_again(agreement: Agreement) -> Change | None:
    """The last word that the parties are still working to it."""
    rows = Change.objects.filter(agreement=agreement, kind=Change.Kind.STILL_WORKING)
    return rows.exclude(state=Change.State.WITHDRAWN).order_by("pk").last()


def is_over_by_notice(agreement: Agreement) -> bool:
    """Whether a notice ended it, and nobody has said yet what became of it or that the parties
    still work to it: until then nobody is reminded of what its text asks for (one query, where its
    last day by a notice has passed)."""
    if agreement.state != Agreement.State.PAST_ITS_END or not agreement.end_is_noticed:
        return False
    again = newest_asked_again(agreement)
    return again is None or again.end_before != agreement.last_day
