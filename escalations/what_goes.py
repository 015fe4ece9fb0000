"""What goes of disagreements and practice concerns with an MoU that is disposed of: that there was
one, its levels, who decided what about it and how it ended stay."""

from __future__ import annotations

from typing import Final

from django.db.models import Q

from escalations.models import ConcernAction, ConcernStep, Disagreement, PracticeConcern, Step
from house.goes import Goes


def _of_concern(agreement: int) -> Q:
    return Q(concern__agreement=agreement)


# Never shown: few may know that there are any (record 0078).
CONCERNS: Final = "Confidential records"
WHAT: Final = "Disagreements: subject, and what was said at each step"
GOES: Final = (
    Goes(WHAT, Disagreement, ("subject",)),
    Goes(WHAT, Step, ("text", "people", "adviser")),
    Goes(CONCERNS, PracticeConcern, ("practice_name", "known"), quiet=True),
    Goes(CONCERNS, ConcernStep, ("text", "about"), of=_of_concern, quiet=True),
    Goes(CONCERNS, ConcernAction, ("what", "evidence"), of=_of_concern, quiet=True),
)
