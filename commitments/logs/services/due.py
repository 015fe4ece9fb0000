"""When a risk is looked at again: whoever recorded it is reminded, for as long as it is open."""

from __future__ import annotations

from typing import Final

from agreements.core.due import key_of
from agreements.core.parties import there_today
from agreements.core.sides import now_called
from agreements.core.texts import clause_bound_to
from agreements.models import Party
from commitments.models import LogEntry
from deadlines.services.setting import For, cancel_deadline, meet_deadline, set_deadline
from parties.models import Role

KIND: Final = "risk_review"
BINDING: Final = "risks"
# A month ahead, on the day, and twice while it is late; then the pages alone say so.
SCHEDULE: Final = ("days:-30", "days:0", "days:+14", "days:+42")


def keep_due(entry: LogEntry) -> None:
    """Sets, moves or cancels the review of a risk. Its agreement is locked."""
    agreement, holders = entry.agreement, recorders_of(entry)
    wanted = entry.is_open and entry.review_on and agreement.has_duties and holders
    if not wanted:
        cancel_deadline(kind=KIND, subject_key=key_of(entry), occurrence=_turn(entry))
        return
    clause = clause_bound_to(agreement, BINDING)
    set_deadline(
        kind=KIND,
        subject_key=key_of(entry),
        occurrence=_turn(entry),
        due_on=entry.review_on,
        schedule=SCHEDULE,
        holders=[For(party.organisation, role=Role.MANAGER) for party in holders],
        references=[agreement.reference],
        clause_key=clause.key if clause else "",
        working="The date of review that is entered with the risk.",
    )


def meet_due(entry: LogEntry) -> None:
    """It was looked at. Call it before the review is written, which begins the next turn."""
    meet_deadline(kind=KIND, subject_key=key_of(entry), occurrence=_turn(entry))


def recorders_of(entry: LogEntry) -> list[Party]:
    """The sides that whoever recorded it holds, or whoever took its place; none once it left."""
    now = now_called(entry.agreement, entry.recorded_for_id)
    return [party for party in there_today(entry.agreement) if party.organisation.pk in now]


def _turn(entry: LogEntry) -> str:
    """Each review that was held begins another turn."""
    return str(entry.reviews.count() + 1)
