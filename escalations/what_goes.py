"""What goes of disagreements with an MoU that is disposed of: that there was one, its levels and
how it ended stay."""

from __future__ import annotations

from typing import Final

from escalations.models import Disagreement, Step
from house.goes import Goes

WHAT: Final = "Disagreements: subject, and what was said at each step"
GOES: Final = (
    Goes(WHAT, Disagreement, ("subject",)),
    Goes(WHAT, Step, ("text", "people", "adviser")),
)
