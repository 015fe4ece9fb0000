"""A bank holiday that was added later moved the date of an open request: it is said, and told."""

from __future__ import annotations

from datetime import date

from deadlines.models import Deadline
from nhsuk.dates import day
from parties.acting import Acting
from parties.models import User
from performance.models import Request
from performance.services.clocks import ACKNOWLEDGE, DECIDE, OF_CLOCKS, keep_clocks
from performance.services.telling import note, tell


def follow_deadline(deadline: Deadline, before: date, because: str) -> None:
    """Takes note that this date moved, in the transaction that moved it, and tells of the nearest.
    What is closed stays as it was counted: its steps hold that."""
    if deadline.kind not in OF_CLOCKS or deadline.due_on is None:
        return
    request = Request.objects.select_related("agreement").get(pk=int(deadline.subject))
    keep_clocks(request)
    portal = Acting(User.objects.system())
    what = {ACKNOWLEDGE: "The acknowledgement", DECIDE: "The decision"}
    happening = note(
        portal, request, "request_moved", before=day(before), now=day(deadline.due_on),
        because=because, what=what.get(deadline.kind, "The answer"),
    )  # fmt: skip
    if deadline.due_on == request.due_on:
        tell(happening, request, portal)
