"""What stands in the way of a disposal, what would go, and what is left of one that was done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from agreements.core.left_open import left_open
from agreements.models import Agreement, Change, Disposal
from agreements.retention.queries import has_ended, held, until_of
from agreements.retention.rules import decide_from
from house import clock
from house.goes import Goes, GoesFile, Number, counted
from house.rooms import rooms
from nhsuk.dates import day
from nhsuk.words import plural


def in_the_way(agreement: Agreement) -> Iterator[str]:
    """Why it cannot be disposed of now, as sentences; none where it can."""
    if not has_ended(agreement):
        yield "Only an MoU that was in force and has ended is disposed of."
        return
    until = until_of(agreement)
    if until and decide_from(until) > clock.today():
        yield f"It is kept until {day(until)}."
    if held([agreement.pk])[agreement.pk]:
        yield "A hold stands."
    if number := left_open([agreement.pk])[agreement.pk]:
        yield f"{plural(number, 'thing is', 'things are')} still open under it. Decide on each."


def everything() -> tuple[list[Goes], list[GoesFile]]:
    """What goes, as the rooms say it: words and rows, and files."""
    found = [each for room in rooms() for each in room.goes()]
    words = [each for each in found if isinstance(each, Goes)]
    return words, [each for each in found if isinstance(each, GoesFile)]


def count_words(agreement: Agreement) -> list[Number]:
    """What people call it, and how many rows have words that go (one query)."""
    words, _ = everything()
    return counted(words, agreement.pk, Agreement.objects.filter(pk=agreement.pk))


def waiting_disposal(agreement: Agreement) -> Change | None:
    """The one that waits for answers, or is agreed and waits for its day (one query)."""
    rows = Change.objects.filter(agreement=agreement, kind=Change.Kind.DISPOSAL)
    return rows.filter(state__in=Change.ALIVE).first()


def lately_disposed() -> list[str]:
    """The references of those that were disposed of in the last seven days."""
    since = clock.now() - timedelta(days=7)
    done = Disposal.objects.filter(done_at__gte=since).order_by("done_at", "pk")
    return list(done.values_list("agreement__reference", flat=True))


def disposal_of(agreement: Agreement) -> Disposal:
    """Of an agreement that was disposed of, with who decided it (two queries)."""
    rows = Disposal.objects.select_related("change__opened_by__person", "change__opened_for")
    return rows.prefetch_related("change__answers__organisation").get(agreement=agreement)
