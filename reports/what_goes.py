"""What goes of reports with the MoU that they are about. One of several agreements is the record
of the organisation that made it: it says how often they were kept, and stays."""

from __future__ import annotations

from typing import Final

from django.db.models import Q

from house.goes import Goes
from reports.models import Figures, Remark, Report


def _of(agreement: int) -> Q:
    return Q(agreement=agreement)


def _of_report(agreement: int) -> Q:
    return Q(report__agreement=agreement)


WHAT: Final = "Reports on performance: figures, where to improve, remarks"
GOES: Final = (
    Goes(WHAT, Report, ("because", "improvements"), of=_of),
    Goes(WHAT, Figures, ("content",), of=_of_report),
    Goes(WHAT, Remark, ("text",), of=_of_report),
)
