"""A bank holiday that was added later moved the date of an open request: it is said, and told."""

from __future__ import annotations

from datetime import date

from deadlines.models import Deadline
from nhsuk.dates import day
from parties.acting import Acting
from parties.models import User
from performance.models import Request
from performance.services.clocks import OF_CLOCKS, keep_clocks
from performance.services.telling import note, tell


def follow_deadline(deadline: Deadline, before: date, because: str) -> None:
    """Takes note that this date moved, in the transaction that moved it. What is closed stays as
    it was counted: its steps hold that."""
    if deadline.kind not in OF_CLOCKS or deadline.due_on is None:
        return
    request = Request.objects.select_related("agreement").get(pk=int(deadline.subject))
    keep_clocks(request)
    portal = Acting(User.objects.system())
    happening = note(
        portal, request, "request_moved", before=day(before), now=day(deadline.due_on),
        because=because,
    )  # fmt: skip
    tell(happening, request, portal)
