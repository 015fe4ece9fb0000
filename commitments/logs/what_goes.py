"""What goes of logs with an MoU that is disposed of. What was passed on goes from there too."""

from __future__ import annotations

from typing import Final

from commitments.models import LogEntry, RiskReference, RiskReview
from house.goes import Goes

WHAT: Final = "Logs: what was learned, who was asked, risks and their references"
GOES: Final = (
    Goes(WHAT, LogEntry, ("what", "text", "groups", "mechanism", "because")),
    Goes(WHAT, RiskReference, ("reference", "link")),
    Goes(WHAT, RiskReview, ("note",)),
)
