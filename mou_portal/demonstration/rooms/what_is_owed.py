"""What is owed under two MoUs: kept with what shows it, late, asked about and not answered yet."""

from __future__ import annotations

from datetime import date, timedelta

from agreements.models import Agreement
from commitments.models import Commitment, Occurrence
from commitments.owed.said import Lead, When
from commitments.owed.services.occurrences import SaidOf, answer_standing, record_occurrence
from commitments.owed.services.recording import change_commitment, record_commitment
from house import clock
from house.clock import months_after
from mou_portal.demonstration.acts import AMARA, by, days_ago
from mou_portal.demonstration.people import person_called

GRETA, CARYS = "Greta Holm", "Carys Lindqvist"
MINUTES = "In the notes of the last wider meeting, item 4."
# Clause -> what the Area Team and the CCG said of it; empty words: nothing to report.
BY_THE_TEAM = {
    "enhanced-services": "Both schemes were worked out together. " + MINUTES,
    "judging-risk": "The quarterly risk summary went to both quality leads.",
    "monitoring-and-action": "Two contract reviews were held, with a follow-up for each.",
}
BY_THE_CCG = {
    "enhanced-services": "The local scheme for wound care was shown before it was commissioned.",
    "commissioning-intentions": "https://aldermoor-ccg.example/intentions, sent on publication.",
    "local-professional-networks": "Our clinical lead came to three of four network meetings.",
    "service-developments": "The monthly bulletin goes to the team's primary care leads.",
}


def load() -> None:
    """Under the agreement with Aldermoor CCG, unless something is recorded already."""
    agreement = Agreement.objects.filter(state="in_force", origin="drafted").first()
    if agreement is None or Occurrence.objects.exists():
        return
    dated(agreement)
    answered(agreement, AMARA, BY_THE_TEAM, "area_team", 24)
    answered(agreement, GRETA, BY_THE_CCG, "ccg", 21)
    not_confirmed(agreement)


def dated(agreement: Agreement) -> None:
    """What is collected was said in time; the offer to learning sessions is late by now; the plan
    for the workforce is due."""
    today = clock.today()
    said_by(agreement, "routine-collections", today - timedelta(days=20), CARYS)
    said_by(agreement, "protected-learning-time", today - timedelta(days=6), CARYS)
    said_by(agreement, "workforce-plan", today + timedelta(days=30), "")
    collected = owed(agreement, "routine-collections")
    with days_ago(25), by(CARYS) as carys:
        said = SaidOf(
            "done", clock.today(), link="https://area-team.example/what-we-collect",
            shown_by="The list of what practices return under their core contracts.",
        )  # fmt: skip
        first = collected.counts_from
        record_occurrence(by=carys, commitment=collected, first=first, number=1, said=said)


def said_by(agreement: Agreement, clause: str, on: date, lead: str) -> None:
    """The parties agreed on a day, and who takes it forward."""
    commitment = owed(agreement, clause)
    with days_ago(40), by(AMARA) as amara:
        change_commitment(
            by=amara, commitment=commitment, edit_no=commitment.edit_no,
            lead=Lead(person_called(lead) if lead else None), when=When("once", due_on=on),
        )  # fmt: skip


def answered(agreement: Agreement, who: str, said: dict[str, str], slot: str, before: int) -> None:
    answers = {
        owed(agreement, clause, slot).pk: SaidOf("done", clock.today() - timedelta(before),
                                                 shown_by=words)
        if words else SaidOf("nothing")
        for clause, words in said.items()
    }  # fmt: skip
    with days_ago(before), by(who) as acting:
        answer_standing(by=acting, agreement=agreement, answers=answers)


def not_confirmed(agreement: Agreement) -> None:
    """The CCG recorded something that the Area Team has not confirmed yet."""
    with days_ago(5), by(GRETA) as greta:
        record_commitment(
            by=greta, agreement=agreement, what="Send the CCG the payments by practice",
            owed_by=agreement.parties.get(slot="area_team"),
            when=When("quarterly", by_financial_year=True), clause_key="routine-collections",
            details=f"The first is for the quarter from {months_after(clock.today(), 1):%B}.",
        )  # fmt: skip


def owed(agreement: Agreement, clause: str, slot: str = "area_team") -> Commitment:
    rows = Commitment.objects.select_related("agreement").filter(agreement=agreement)
    return rows.get(clause_key=clause, owed_by__slot=slot, standing="text")
