"""An agreement with two levels, by its terms alone: negotiate, then the strategic lead."""

from __future__ import annotations

import pytest

from escalations.models import Disagreement
from house import clock
from nhsuk.forms import date_boxes
from tests.cast import Cast
from tests.conftest import Mailbox
from tests.disagreements import hold, in_force, with_levels
from tests.escalations.desk import Desk, words_of

pytestmark = pytest.mark.django_db

PRACTICE_SIDE, CCG_SIDE = "area_team", "ccg"
LEVELS = [
    ("Negotiation", {PRACTICE_SIDE: "MoU manager", CCG_SIDE: "MoU manager"}),
    ("Strategic lead, who may ask the LMC", {PRACTICE_SIDE: "Partner", CCG_SIDE: "Strategic lead"}),
]


def opened_dispute(cast: Cast) -> Disagreement:
    """On the page, by the MoU manager, under terms that call it a dispute."""
    hold(cast.colleague, cast.area_team, "Partner")
    hold(cast.other_colleague, cast.ccg, "Strategic lead")
    agreement = in_force(cast, with_levels(cast, LEVELS, word="dispute"))
    desk = Desk(cast.manager)
    url = f"/escalations/{agreement.reference}/open/"
    desk.client.post(url, {"subject": "Payment dates", "wanted": "Earlier ones."})
    return Disagreement.objects.get()


@pytest.mark.duty("E12")
def test_negotiated_and_then_taken_to_the_strategic_lead(cast: Cast, mailbox: Mailbox) -> None:
    dispute = opened_dispute(cast)
    manager, lead = Desk(cast.manager), Desk(cast.other_colleague)
    read = manager.reads(dispute)
    assert "Negotiation Now at this level" in read
    assert "Eastmoor CCG: Oscar Othersby, Strategic lead" in read
    manager.sends(dispute, "next-level/", target="level_2", because="Neither of us may pay.")

    asked = lead.sends(
        dispute, "advice/", adviser="Moors Local Medical Committee",
        text="What do other practices get?", **date_boxes("on", clock.today()),
    )  # fmt: skip
    assert "That Moors Local Medical Committee was asked is recorded." in asked
    assert "Not answered yet What do other practices get?" in manager.reads(dispute)
    step = dispute.steps.get(kind="advice_asked")
    answered = {"text": "Monthly payment.", **date_boxes("on", clock.today())}
    manager.sends(dispute, f"advice/{step.pk}/answer/", **answered)
    assert "Answered on " in (read := lead.reads(dispute))
    assert "Monthly payment." in read

    lead.sends(dispute, "propose/", text="Payment each month.")
    proposal = dispute.steps.get(kind="proposal")
    Desk(cast.colleague).sends(dispute, f"proposals/{proposal.pk}/accept/")
    assert "What was agreed: Payment each month." in manager.reads(dispute)
    subjects = [str(mail.subject) for mail in mailbox.all if "ispute" in mail.subject]
    assert "Dispute 1 settled on" in " ".join(subjects)


def test_it_is_called_what_the_terms_call_it(cast: Cast) -> None:
    dispute = opened_dispute(cast)
    desk = Desk(cast.other_manager)
    at = f"/agreements/{dispute.agreement.reference}/"
    page = words_of(desk.client.get(f"{at}disagreements/"))
    assert "Open a dispute Disputes Dispute 1: Payment dates" in page
    history = words_of(desk.client.get(f"{at}history/"))
    assert "Maud Manager opened dispute 1: “Payment dates”." in history
    for page in (desk.reads(dispute), desk.reads(dispute, "wanted/")):
        assert "isagreement" not in page
