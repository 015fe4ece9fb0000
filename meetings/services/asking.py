"""What each other party is asked about a record: whether it is right. It waits on Home."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from agreements.core.due import key_of
from agreements.models import Agreement
from deadlines.models import Deadline
from deadlines.queries import had_deadline
from deadlines.services.setting import (
    For,
    cancel_deadlines,
    meet_deadline,
    set_deadline,
    set_together,
)
from meetings.models import Meeting
from meetings.queries.sides import agreements_at, agreements_with, who_confirm
from meetings.services.locking import lock_meeting
from parties.models import Organisation, Succession
from parties.who import RECORDERS

TO_CONFIRM = "record_to_confirm"


def last_words(meeting: Meeting) -> dict[int, bool]:
    """Organisation id -> its last word on the record as it stands now."""
    said = meeting.answers.filter(at__gte=meeting.recorded_at)
    return dict(said.order_by("at", "pk").values_list("organisation", "agrees"))


def keep_questions(meeting: Meeting) -> None:
    """Asks each other party that has not said its word on the record, and nobody else any longer.

    Call it with the meeting locked, whenever its record is made, corrected, answered or taken back.
    """
    words = last_words(meeting)
    asked = {str(each.pk): each for each in _asked(meeting, words)}
    still = Deadline.objects.still_open().filter(kind=TO_CONFIRM, subject_key=key_of(meeting))
    closed = set(still.values_list("occurrence", flat=True)) - asked.keys()
    answered = {each for each in closed if words.get(int(each))}
    with set_together():
        for each in answered:
            meet_deadline(kind=TO_CONFIRM, subject_key=key_of(meeting), occurrence=each)
        cancel_deadlines([(TO_CONFIRM, key_of(meeting), each) for each in closed - answered])
        _ask(meeting, asked)


def keep_asking(succession: Succession, agreement: Agreement) -> None:
    """The successor is not asked about a record that is its own by now."""
    about = Deadline.objects.still_open().about(agreement.reference).filter(kind=TO_CONFIRM)
    for subject, occurrence in list(about.values_list("subject_key", "occurrence")):
        meeting = Meeting.objects.get(pk=int(subject.partition(":")[2]))
        others = who_confirm(agreements_at(meeting), meeting.recorded_for_id)
        asked = {succession.old_id: succession.new_id}.get(int(occurrence), int(occurrence))
        if asked not in {each.pk for each in others}:
            cancel_deadlines([(TO_CONFIRM, subject, occurrence)])


def make_up_for_questions() -> Iterator[str]:
    """Asks about records from before this was a deadline, as after an upgrade. Gives the
    references of their agreements; a second run finds nothing to do."""
    awaited = Meeting.objects.filter(
        state=Meeting.State.HELD, standing=Meeting.Standing.AWAITED
    ).filter(~had_deadline(TO_CONFIRM, "meeting"))
    for meeting in awaited.select_related("series").defer("notes"):
        with transaction.atomic():
            keep_questions(lock_meeting(meeting))
        yield from (agreement.reference for agreement in agreements_at(meeting))


def _asked(meeting: Meeting, words: dict[int, bool]) -> list[Organisation]:
    """Under each agreement until one has said its word: while one there says that the record is
    not right, it is for whoever wrote it to put right."""
    if not meeting.is_held:
        return []
    return who_confirm(agreements_at(meeting), meeting.recorded_for_id, words)


def _ask(meeting: Meeting, asked: dict[str, Organisation]) -> None:
    agreements = agreements_at(meeting)
    for occurrence, organisation in asked.items():
        own = agreements_with(agreements, organisation.pk)
        set_deadline(
            kind=TO_CONFIRM,
            subject_key=key_of(meeting),
            occurrence=occurrence,
            since=meeting.recorded_at,
            holders=[For(organisation, role=role) for role in RECORDERS.roles],
            references=[agreement.reference for agreement in own],
        )
