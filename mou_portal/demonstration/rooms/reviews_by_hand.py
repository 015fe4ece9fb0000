"""Clauses that were reviewed by hand under the MoU with Aldermoor CCG: two stand, one was an error.

Under the MoU about nursing homes one lapsed with the review that came after it (`reviews`).
"""

from __future__ import annotations

from agreements.by_hand.services import say_by_hand, take_back
from agreements.models import Agreement
from house import clock
from mou_portal.demonstration.acts import AMARA, by, days_ago

GRETA = "Greta Holm"
PLANS, OVERSIGHT, DRAFTS = "improvement-plans", "oversight", "drafts-before-approval"


def load() -> None:
    """Unless there are some already."""
    first = Agreement.objects.filter(reference="MOU-0001").first()
    if first and not first.by_hand.exists():
        both_looked(first)


def both_looked(agreement: Agreement) -> None:
    """Each party for itself; one entry belonged to another MoU."""
    with days_ago(12), by(AMARA) as amara:
        say_by_hand(
            by=amara, agreement=agreement, clauses=[PLANS, OVERSIGHT], reviewed_on=clock.today(),
            found="Two practices have a plan. Both went through the locality meeting first.",
        )  # fmt: skip
    with days_ago(10), by(GRETA) as greta:
        say_by_hand(
            by=greta, agreement=agreement, clauses=[PLANS], reviewed_on=clock.today(),
            found="We have seen both plans, and our locality lead spoke to one of the practices.",
        )  # fmt: skip
        [wrong] = say_by_hand(
            by=greta, agreement=agreement, clauses=[DRAFTS], reviewed_on=clock.today(),
            found="No draft went further than our committee.",
        )  # fmt: skip
    with days_ago(9), by(GRETA) as greta:
        take_back(by=greta, look=wrong, because="I had the drafts of another MoU in mind.")
