"""What follows from a text alone waits for nobody who has not confirmed the text
(`DeadlineKind.by_text`, `Room.not_confirmed`)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db.models import Exists, OuterRef

from deadlines.kinds import Recipient, kinds
from deadlines.models import Holder, Reminder
from house.rooms import rooms

# Reference and organisation that has not confirmed the text.
Unconfirmed = set[tuple[str, int]]


def kinds_by_text() -> frozenset[str]:
    return frozenset(key for key, kind in kinds().items() if kind.by_text)


def unconfirmed_of(asked: Iterable[tuple[str, Collection[str]]]) -> Unconfirmed:
    """Who has not confirmed a text from which one of these deadlines follows, each by its kind and
    the agreements that it is about (a query of each room that knows)."""
    by_text = kinds_by_text()
    about = sorted({each for kind, references in asked if kind in by_text for each in references})
    return {each for room in rooms() for each in room.not_confirmed(about)} if about else set()


def is_silent(
    organisation_id: int | None, references: Collection[str], unconfirmed: Unconfirmed
) -> bool:
    """Whether the organisation has confirmed none of the agreements that something is about."""
    return bool(references) and all((each, organisation_id) in unconfirmed for each in references)


def some_silent() -> Exists:
    """For a query of reminders: whether the deadline does not wait for everybody it is for.

    Of an open deadline only those are closed for whom its text is not confirmed.
    """
    return Exists(Holder.objects.filter(deadline=OuterRef("deadline"), is_open=False))


def heard(found: Mapping[Reminder, Sequence[Recipient]]) -> dict[Reminder, Sequence[Recipient]]:
    """Whom to tell, without the organisations for which the deadline does not wait.

    The reminders were read with `some_silent`; where it is true for none, nothing is asked.
    """
    some = [each.deadline_id for each in found if getattr(each, "some_silent", False)]
    rows = Holder.objects.filter(deadline__in=some) if some else Holder.objects.none()
    waits: dict[tuple[int, int], bool] = {}
    for deadline, organisation, is_open in rows.values_list("deadline", "organisation", "is_open"):
        waits[deadline, organisation] = waits.get((deadline, organisation), False) or is_open
    return {
        reminder: [
            each
            for each in told
            if waits.get((reminder.deadline_id, each.organisation_id or 0), True)
        ]
        for reminder, told in found.items()
    }
