"""What goes of requests with an MoU that is disposed of: the days, and how each stood to them,
stay."""

from __future__ import annotations

from typing import Final

from house.goes import Goes
from performance.models import Request, RequestStep

WHAT: Final = "Requests: subject, details, who outside asked, what was answered"
GOES: Final = (
    Goes(WHAT, Request, ("subject", "details", "asker")),
    Goes(WHAT, RequestStep, ("text", "choice")),
)
