"""What goes of actions with an MoU that is disposed of."""

from __future__ import annotations

from typing import Final

from commitments.models import Action, ProgressNote
from house.goes import Goes

GOES: Final = (
    Goes("Actions: what, details, how they were closed", Action,
         ("what", "details", "closing_note")),
    Goes("Notes on the progress of actions", ProgressNote, ("text",)),
)  # fmt: skip
