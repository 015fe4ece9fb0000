"""Records of shared data: recorded, changed, reviewed, ended, and the others' word on them (A05).

The party that recorded one keeps it. Another party says whether it is right, and writes nothing
of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Final

from django.db.models import Max

from agreements.core.confirming import is_news, require_as_shown, require_other_side
from agreements.core.parties import require_role, side_of, sides_of
from agreements.data_sharing.due import set_review
from agreements.data_sharing.queries import with_parties, words_on
from agreements.data_sharing.rights import may_end
from agreements.data_sharing.said import Said, check, check_next, check_reviewed, said_in, write
from agreements.data_sharing.telling import follow
from agreements.models import Agreement, DataSharing, DataSharingEntry, DataSharingWord
from deadlines.services.setting import set_together
from house import clock
from house.lifecycle import lock
from house.once import one_job
from house.refusals import ChangedMeanwhile, NotYours, Refused
from nhsuk.dates import day
from parties.acting import Acting
from parties.who import DRAFTERS

# So many records one agreement has.
MOST: Final = 300
ENDED: Final = "Somebody said meanwhile that this record has ended. It stays as it was."


def record_sharing(*, by: Acting, agreement: Agreement, said: Said) -> DataSharing:
    """One party records data that is shared; the other parties that it names are told."""
    with _changing(by, agreement) as current:
        check(said)
        last = current.data_sharing.aggregate(last=Max("number"))["last"] or 0
        if last >= MOST:
            raise Refused(f"This agreement has {MOST} records of shared data. No more fit here.")
        record = DataSharing.objects.create(
            agreement=current, number=last + 1, kept_by=sides_of(current, by)[0]
        )
        entry = write(record, said, by, seq=1, content_no=1)
        set_review(record, entry)
        follow(by, entry, "data_sharing_recorded")
    return record


def change_sharing(
    *, by: Acting, record: DataSharing, edit_no: int, said: Said, because: str,
    reviewed_on: date | None = None,
) -> None:  # fmt: skip
    """Says something else of it from now on; what it said stays readable.

    Raises ChangedMeanwhile when somebody else wrote since the form was made from `edit_no`.
    """
    with _writing(by, record, edit_no) as (current, newest):
        former = said_in(newest)
        check(said, former)
        if said == former:
            raise Refused("Nothing is different. To say that you looked, record a review.")
        if reviewed_on:
            check_reviewed(said, reviewed_on, newest.reviewed_on)
        current.edit_no += 1
        current.save(update_fields=["edit_no"])
        entry = write(
            current, said, by, seq=current.edit_no, content_no=current.edit_no,
            reviewed_on=reviewed_on or newest.reviewed_on, because=because,
        )  # fmt: skip
        set_review(current, entry, was_met=reviewed_on is not None)
        follow(by, entry, "data_sharing_changed", because=because)


def review_sharing(
    *, by: Acting, record: DataSharing, edit_no: int, reviewed_on: date,
    review_on: date | None = None, note: str = "",
) -> None:  # fmt: skip
    """Somebody looked, and it holds as it is; what others said of it holds on."""
    with _writing(by, record, edit_no) as (current, newest):
        said = replace(said_in(newest), review_on=review_on)
        check_reviewed(said, reviewed_on, newest.reviewed_on)
        check_next(review_on)
        current.edit_no += 1
        current.save(update_fields=["edit_no"])
        entry = write(
            current, said, by, seq=current.edit_no, content_no=newest.content_no,
            reviewed_on=reviewed_on, because=note,
        )  # fmt: skip
        set_review(current, entry, was_met=True)
        follow(by, entry, "data_sharing_reviewed", on=reviewed_on.isoformat())


def end_sharing(
    *, by: Acting, record: DataSharing, because: str, ended_on: date | None = None
) -> None:
    """The data is no longer shared since a day; without a day the record was an error. It stays
    readable either way."""
    require_role(by, DRAFTERS)
    with one_job(), set_together():
        agreement = lock(record.agreement)
        current, newest = _locked(agreement, record)
        if not may_end(by, current):
            raise NotYours(f"{current.kept_by.name} recorded this, and alone says that it ended.")
        if ended_on:
            _check_end(newest, ended_on)
        current.ended_at, current.ended_by = clock.now(), by.who
        current.ended_for, current.ended_because = by.on_behalf_of, because
        current.ended_on, current.is_error = ended_on, ended_on is None
        current.save()
        set_review(current, newest)
        verb = "data_sharing_ended" if ended_on else "data_sharing_in_error"
        follow(by, newest, verb, because=because, on=ended_on.isoformat() if ended_on else "")


def say_of_sharing(
    *, by: Acting, record: DataSharing, edit_no: int | None, agrees: bool, because: str = ""
) -> None:
    """Another side's word on what the record says now. A second press says nothing new."""
    agreement = record.agreement
    require_role(by, DRAFTERS)
    side_of(agreement, by)
    with one_job():
        current, newest = _locked(lock(agreement), record)
        require_other_side(by, current.agreement, newest.added_for_id)
        said = words_on(newest)
        # A review changes nothing that somebody could have been shown otherwise.
        shown = edit_no if edit_no is None or edit_no < newest.content_no else current.edit_no
        require_as_shown(shown, current.edit_no)
        if not is_news(by, said, agrees=agrees, because=because):
            return
        DataSharingWord.objects.create(
            entry=newest, organisation=by.on_behalf_of, agrees=agrees, user=by.who,
            reason="" if agrees else because, by_link=by.by_link, at=clock.now(),
        )  # fmt: skip
        verb = "data_sharing_confirmed" if agrees else "data_sharing_disputed"
        follow(by, newest, verb, because="" if agrees else because)


@contextmanager
def _changing(by: Acting, agreement: Agreement) -> Iterator[Agreement]:
    """The transaction, with the agreement locked, in which a party of it records something."""
    require_role(by, DRAFTERS)
    with one_job(), set_together():
        current = lock(agreement)
        side_of(current, by)
        if not current.takes_acts:
            raise Refused("Shared data is recorded for agreements that are in force.")
        yield current


@contextmanager
def _writing(
    by: Acting, record: DataSharing, edit_no: int
) -> Iterator[tuple[DataSharing, DataSharingEntry]]:
    """The same for a record that is there, with what it says now."""
    with _changing(by, record.agreement) as agreement:
        current, newest = _locked(agreement, record)
        if current.kept_by not in sides_of(agreement, by):
            raise NotYours(f"{current.kept_by.name} recorded this, and alone changes it.")
        if current.edit_no != edit_no:
            raise ChangedMeanwhile("record", current.edit_no)
        yield current, newest


def _locked(agreement: Agreement, record: DataSharing) -> tuple[DataSharing, DataSharingEntry]:
    """The record with the parties as all of its agreement have them. Raises Refused for one that
    has ended."""
    current = lock(record)
    if not current.is_running:
        raise Refused(ENDED)
    return with_parties(current, agreement)


def _check_end(newest: DataSharingEntry, ended_on: date) -> None:
    why = ""
    if ended_on > clock.today():
        why = f"{day(ended_on)} is still to come. Say it when the data is no longer shared."
    elif ended_on < newest.agreed_on:
        why = f"The arrangement is dated {day(newest.agreed_on)}. It ended later."
    if why:
        raise Refused(why, field="ended_on")
