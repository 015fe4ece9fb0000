"""Whether a clause on shared data is kept: what is shared is recorded, and reviewed in time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from agreements.data_sharing.words import SOON, list_of, page_of
from agreements.models import Agreement, DataSharingEntry
from house.answers import Evidence, Keeping
from nhsuk.dates import day
from nhsuk.words import plural

# So many records stand as evidence one by one.
MOST_NAMED = 5


def keeping_of(agreement: Agreement, found: Sequence[DataSharingEntry], today: date) -> Keeping:
    """The answer for one agreement, of what its records say now; what was an error counts for
    nothing."""
    running = [each for each in found if each.record.is_running]
    if not running:
        return Keeping("nothing_yet", _nothing(found))
    evidence = _evidence(agreement, running)
    dated = sorted(each.review_on for each in running if each.review_on)
    many = plural(len(running), "record")
    if late := [on for on in dated if on < today]:
        said = f"{plural(len(late), 'review')} of shared data late, since {day(late[0])}."
        return Keeping("missed", said, evidence)
    if wrong := sum(_is_wrong(each) for each in running):
        verb = "is" if wrong == 1 else "are"
        said = f"Another party says that {wrong} of {many} {verb} not right."
        return Keeping("due", said, evidence)
    if dated and dated[0] <= today + SOON:
        said = f"A record of shared data is to be reviewed by {day(dated[0])}."
        return Keeping("due", said, evidence)
    return Keeping("kept", f"{many} of shared data. {_reviews(running, dated)}", evidence)


def _nothing(found: Sequence[DataSharingEntry]) -> str:
    ended = sum(not each.record.is_error for each in found)
    if not ended:
        return "No data that is shared is recorded yet."
    return f"No data is shared now; {plural(ended, 'record')} ended."


def _reviews(running: Sequence[DataSharingEntry], dated: Sequence[date]) -> str:
    last = max((each.reviewed_on for each in running if each.reviewed_on), default=None)
    said = f"Last reviewed on {day(last)}." if last else "None was reviewed yet."
    if not dated:
        return f"{said} No next review is entered."
    return f"{said} The next review is on {day(dated[0])}."


def _is_wrong(entry: DataSharingEntry) -> bool:
    return bool(getattr(entry, "is_called_wrong", False))


def _evidence(agreement: Agreement, running: Sequence[DataSharingEntry]) -> tuple[Evidence, ...]:
    """The first of them by number, and the list for the rest."""
    found = []
    for each in running[:MOST_NAMED]:
        each.record.agreement = agreement
        found.append(Evidence(f"Record {each.record.number}", page_of(each.record)))
    if more := len(running) - MOST_NAMED:
        found += [Evidence(f"{more} more", list_of(agreement))] if more > 0 else []
    return tuple(found)
