"""What was owed on a day, as a page or a paper of that day names it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from agreements.models import Agreement
from commitments.models import Commitment
from commitments.owed import words
from commitments.owed.services.locking import with_parties
from house.answers import MOST_OPEN, OpenThing, OpenThings
from house.asked_together import Asking
from house.tracked import recorded, rows_of
from parties.acting import Acting


def asking_owed_at(agreement: Agreement, end: datetime, acting: Acting) -> Asking[list[Commitment]]:
    """Those that ran before an instant, as they were recorded then; the agreement has the parties
    of that time at hand."""
    of_it, ran = Agreement.objects.visible_to(acting), Q(state=Commitment.State.RUNNING)
    of_it = of_it.filter(pk=agreement.pk)
    [rows] = yield [recorded(Commitment, end, related=["person"], where=ran, agreement__in=of_it)]
    found: list[Commitment] = rows_of(rows, ["person"])
    for each in found:
        with_parties(each, agreement)
    return sorted(found, key=lambda each: each.number)


def opened(agreement: Agreement, found: Sequence[Commitment]) -> OpenThings:
    """As a paper or the page of a day names them."""
    named = tuple(
        OpenThing(str(each.number), each.what, f"{words.whose(each)}; {words.often(each)}",
                  each.due_on, words.page_of(each))
        for each in found[:MOST_OPEN]
    )  # fmt: skip
    return OpenThings("commitment", "commitments", named, len(found), words.list_of(agreement))
