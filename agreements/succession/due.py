"""What the successor is asked of each MoU that it took over: keep, vary or end it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from agreements.core.due import key_of
from agreements.models import SuccessionMove
from deadlines.kinds import without_reminders
from deadlines.lines import Line
from deadlines.models import Deadline
from deadlines.services.setting import For, meet_deadline, set_deadline
from parties.models import Role
from parties.who import MANAGERS

WHAT_BECOMES: Final = "succession_to_decide"


def ask_what_becomes_of(move: SuccessionMove) -> None:
    """Of an agreement that has not ended; one that is being prepared goes on as it is."""
    if not move.agreement.takes_acts or move.choice:
        return
    set_deadline(
        kind=WHAT_BECOMES,
        subject_key=key_of(move),
        holders=[For(move.succession.new, role=Role.MANAGER)],
        references=[move.agreement.reference],
    )


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


KIND: Final = without_reminders(
    WHAT_BECOMES, "What becomes of an MoU that you took over", _lines,
    "Say what becomes of MoUs that you took over",
)  # fmt: skip
