"""Whether the parties of an MoU past its last day still work to it, and on which day they are asked
again (record 0060)."""

from __future__ import annotations

from agreements.core.state_in_words import past_end
from agreements.models import Agreement, Change
from house import clock
from nhsuk.dates import day


def newest_asked_again(agreement: Agreement) -> Change | None:
    """The last word that the parties are still working to it (one query)."""
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


def end_as_it_stands(agreement: Agreement, again: Change | None) -> tuple[str, bool]:
    """What is said of an MoU past its end, and whether the parties have to say something now: not
    before the day for which the last word, `again`, said that they still work to it (B06)."""
    if again is None or again.end_before != agreement.last_day:
        return past_end(agreement.last_day), True
    if again.on is None or again.on <= clock.today():
        return past_end(agreement.last_day), True
    recorded = f"{again.opened_for} recorded that the parties still work to it"
    passed = f"Its end, {day(agreement.last_day)}, has passed."
    return f"{passed} {recorded}. They are asked again on {day(again.on)}.", False
