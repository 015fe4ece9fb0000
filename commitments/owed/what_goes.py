"""What goes of commitments with an MoU that is disposed of."""

from __future__ import annotations

from typing import Final

from agreements.core.goes import behind
from commitments.models import Commitment, Occurrence, OccurrenceWord
from house.goes import Goes, GoesFile

WHAT: Final = "Commitments: what, who outside owed it, what showed that it was done"
GOES: Final = (
    Goes(WHAT, Commitment, ("what", "details", "outside", "exclusions", "columns", "because")),
    Goes(WHAT, Occurrence, ("reason", "shown_by", "link", "figures", "error_because")),
    Goes(WHAT, OccurrenceWord, ("reason",)),
    GoesFile("Stored files", Occurrence, "file", *behind(Occurrence.TO_AGREEMENT)),
)
