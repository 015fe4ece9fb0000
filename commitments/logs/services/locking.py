"""The agreement's row is the lock of its log: entries have none of theirs (as record 0074)."""

from __future__ import annotations

from collections.abc import Iterable

from agreements.core.telling import record
from agreements.models import Agreement, Happening
from commitments.models import LogEntry
from house.lifecycle import lock
from house.refusals import Refused
from nhsuk.words import in_sentence
from parties.acting import Acting


def locked(entry: LogEntry) -> LogEntry:
    """The same row read again behind its agreement's lock."""
    return _again(entry, lock(entry.agreement))


def locked_with(entry: LogEntry, others: Iterable[int]) -> tuple[LogEntry, list[Agreement]]:
    """The same behind the locks of other agreements too, all of them by reference; and those."""
    ids = {entry.agreement_id, *others}
    rows = Agreement.objects.select_for_update(no_key=True).filter(pk__in=ids)
    found = list(rows.order_by("reference"))
    own = next(each for each in found if each.pk == entry.agreement_id)
    return _again(entry, own), [each for each in found if each.pk != own.pk]


def _again(entry: LogEntry, agreement: Agreement) -> LogEntry:
    current = LogEntry.objects.select_related("recorded_for", "document").get(pk=entry.pk)
    current.agreement = agreement
    return current


def require_there(entry: LogEntry) -> None:
    """Raises Refused for one that was entered in error."""
    if entry.is_in_error:
        raise Refused("This was entered in error, so this can no longer be done.")


def require_open(entry: LogEntry) -> None:
    require_there(entry)
    if not entry.is_open:
        raise Refused("This risk is closed, so this can no longer be done.")


def note(by: Acting, entry: LogEntry, verb: str, **facts: object) -> Happening:
    """The timeline's row and the audit's, about this entry by its number."""
    return record(
        by=by, verb=verb, agreement=entry.agreement, about=entry, called=in_sentence(entry.called),
        key=str(entry.key), **facts,
    )  # fmt: skip
