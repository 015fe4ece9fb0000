"""Entries of a log: recorded, changed by whoever recorded them, closed, and taken back."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db import transaction

from agreements.core.parties import side_of
from agreements.core.telling import tell_managers
from agreements.models import Agreement, Happening
from commitments.logs.rights import require_change
from commitments.logs.said import Said
from commitments.logs.services.due import keep_due
from commitments.logs.services.locking import (
    locked,
    locked_with,
    note,
    require_open,
    require_there,
)
from commitments.logs.services.references import Reference, write_reference
from commitments.logs.services.sharing import say_in_error
from commitments.models import LOG_LIFECYCLE, LogEntry
from commitments.rules import require_recorder
from house import clock
from house.keys import key_of_form
from house.lifecycle import lock, move_locked
from house.refusals import ChangedMeanwhile, NotNow, Refused
from parties.acting import Acting

Kind = LogEntry.Kind
NEWS: Final = "log_news"


def record_entry(
    *,
    by: Acting,
    agreement: Agreement,
    kind: str,
    said: Said,
    reference: Reference | None = None,
    key: UUID | None = None,
) -> LogEntry:
    """Writes an entry into the log of an agreement in force; of a risk the others are told (C08).

    `reference` is that of one's own register. `key` is the number of the form: the same form sent
    twice makes one entry. Raises Refused for a date that cannot be, NotYours for who may only read.
    """
    require_recorder(by, agreement)
    with transaction.atomic():
        current = lock(agreement)
        if not current.takes_acts:
            raise Refused("A log is kept for agreements that are in force.")
        if key and (known := LogEntry.objects.filter(key=key, agreement=current).first()):
            return known
        said.check(current, kind)
        made = LogEntry.objects.create(
            agreement=current, number=_next_number(current), kind=kind, recorded_by=by.who,
            recorded_for=by.on_behalf_of, recorded_at=clock.now(), **said.fields(kind),
            **key_of_form(LogEntry, key),
        )  # fmt: skip
        happening = note(by, made, "log_recorded")
        if reference and made.is_risk:
            write_reference(made, side_of(current, by), reference)
        _tell(happening, made, by)
    return made


def change_entry(*, by: Acting, entry: LogEntry, said: Said, edit_no: int) -> bool:
    """Puts an entry right; how it was before stays readable. Returns whether anything changed.

    Raises ChangedMeanwhile when a colleague changed it since it was read as number `edit_no`.
    """
    require_change(by, entry)
    with transaction.atomic():
        current = locked(entry)
        require_open(current)
        said.check(current.agreement, current.kind, was=current.review_on)
        wanted = said.fields(current.kind)
        if all(getattr(current, name) == value for name, value in wanted.items()):
            return False
        if current.edit_no != edit_no:
            raise ChangedMeanwhile("entry", current.edit_no)
        for name, value in wanted.items():
            setattr(current, name, value)
        current.edit_no += 1
        current.save()
        _tell(note(by, current, "log_changed"), current, by)
    return True


def close_risk(*, by: Acting, entry: LogEntry, because: str) -> None:
    """It is no risk any more; what was recorded stays, and the others are told why."""
    require_change(by, entry)
    with transaction.atomic():
        current = locked(entry)
        if not current.is_risk:
            raise Refused("Only a risk is closed.")
        _end(by, current, "close", because)
        _tell(note(by, current, "log_closed", because=because), current, by)


def entry_in_error(*, by: Acting, entry: LogEntry, because: str) -> None:
    """It never should have been there: it leaves every count and stays readable with the reason.

    Whoever it was passed on to learns of it as well.
    """
    require_change(by, entry)
    with transaction.atomic():
        known = _passed_on_to(entry)
        current, others = locked_with(entry, known)
        require_there(current)
        if not known.issuperset(_passed_on_to(current)):
            raise NotNow("Somebody is passing this entry on just now. Try again.")
        _end(by, current, "enter_in_error", because)
        _tell(note(by, current, "log_in_error", because=because), current, by)
        say_in_error(by, current, others)


def _end(by: Acting, current: LogEntry, how: str, because: str) -> None:
    move_locked(
        current, how, lifecycle=LOG_LIFECYCLE, because=because, closed_by=by.who,
        closed_at=clock.now(),
    )  # fmt: skip
    keep_due(current)


def _passed_on_to(entry: LogEntry) -> set[int]:
    return set(entry.shares.filter(ended_at=None).values_list("agreement", flat=True))


def _next_number(agreement: Agreement) -> int:
    """The first that no entry of the agreement has. Its row is locked."""
    newest = LogEntry.objects.filter(agreement=agreement).order_by("-number")
    return (newest.values_list("number", flat=True).first() or 0) + 1


def _tell(happening: Happening, entry: LogEntry, by: Acting) -> None:
    """Of a risk the other parties' MoU managers; of what was learned or said the timeline tells."""
    if entry.is_risk:
        keep_due(entry)
        tell_managers(of=happening, kind=NEWS, by=by, others_only=True)
