"""What waits on Home about a succession: for the old organisation whether it is so, for the new one
what becomes of each MoU."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.db.models import QuerySet
from django.urls import reverse

from agreements.core.by_link import for_contacts
from agreements.core.due import key_of
from agreements.models import SuccessionMove
from deadlines.kinds import without_reminders
from deadlines.lines import Line
from deadlines.models import Deadline
from deadlines.services.setting import For, cancel_deadline, meet_deadline, set_deadline
from nhsuk.dates import day
from parties.models import Role, Succession
from parties.who import MANAGERS

WHAT_BECOMES: Final = "succession_to_decide"
ANSWERS_SUCCESSION: Final = for_contacts(
    "answers_succession",
    "Successor of a party",
    "say whether a succession is right",
)
WHETHER_SO: Final = "succession_to_agree"


def ask_what_becomes_of(move: SuccessionMove) -> None:
    """Of an agreement that has not ended; one that is being prepared goes on as it is. Who took it
    over before is not asked any more: whoever took their place is asked instead, once for all
    sides."""
    for each in asked_by(move):
        cancel_deadline(kind=WHAT_BECOMES, subject_key=key_of(each))
    if not move.agreement.takes_acts or move.choice:
        return
    set_deadline(
        kind=WHAT_BECOMES,
        subject_key=key_of(move),
        holders=[For(move.succession.new, role=Role.MANAGER)],
        references=[move.agreement.reference],
    )


def asked_by(move: SuccessionMove) -> QuerySet[SuccessionMove]:
    """The other moves of the agreement of which this one asks by now: of who took its place, or of
    its other side."""
    holders = [move.succession.old_id, move.succession.new_id]
    rows = SuccessionMove.objects.filter(agreement=move.agreement, moved_at__isnull=False)
    return rows.filter(choice="", succession__new__in=holders).exclude(pk=move.pk)


def decided(move: SuccessionMove) -> None:
    meet_deadline(kind=WHAT_BECOMES, subject_key=key_of(move))


def _lines(deadlines: Sequence[Deadline]) -> list[Line]:
    return [
        Line(
            "Say whether you keep, vary or end",
            f"succession/{deadline.subject}/choose/",
            "Say which",
            may=MANAGERS.roles,
        )
        for deadline in deadlines
    ]


def ask_whether_so(succession: Succession) -> None:
    """The administrators of the old one; it is about no agreement that anybody else could see."""
    set_deadline(
        kind=WHETHER_SO,
        subject_key=key_of(succession),
        holders=[For(succession.old, role=Role.ADMINISTRATOR)],
    )


def no_longer_asked(succession: Succession, *, is_so: bool) -> None:
    close = meet_deadline if is_so else cancel_deadline
    close(kind=WHETHER_SO, subject_key=key_of(succession))


def _whether_so(deadlines: Sequence[Deadline]) -> list[Line]:
    """To whoever reads: everybody of the organisation may look at it."""
    rows = Succession.objects.select_related("new")
    found = rows.in_bulk([int(deadline.subject) for deadline in deadlines])
    return [
        Line(
            f"Say whether {found[pk].new} takes your place",
            reverse("successions:one", args=[found[pk].key]),
            "Look and answer",
            naming="nobody",
            about=f"From {day(found[pk].on)}, by {found[pk].instrument}",
        )
        for pk in (int(deadline.subject) for deadline in deadlines)
    ]


KINDS: Final = [
    without_reminders(
        WHAT_BECOMES, "What becomes of an MoU that you took over", _lines,
        "Say what becomes of MoUs that you took over",
    ),
    without_reminders(
        WHETHER_SO, "Whether another takes your place", _whether_so,
        "Say whether others take your place",
    ),
]  # fmt: skip
