"""Actions that no meeting agreed: one late, one done, one that its owner has not confirmed."""

from __future__ import annotations

from datetime import timedelta

from agreements.models import Agreement, Party
from commitments.models import Action
from commitments.services.changing import close_action, note_progress
from commitments.services.recording import record_action
from house import clock
from mou_portal.demonstration.acts import AMARA, by, days_ago
from mou_portal.demonstration.people import person_called

GRETA = "Greta Holm"


def load() -> None:
    """Under the agreement with Aldermoor CCG, unless there are some already."""
    agreement = Agreement.objects.filter(state="in_force", origin="drafted").first()
    if agreement is None or Action.objects.exists():
        return
    team, ccg = agreement.parties.get(slot="area_team"), agreement.parties.get(slot="ccg")
    late(team)
    done(ccg)
    not_confirmed(ccg)


def late(team: Party) -> None:
    with days_ago(45), by(AMARA) as amara:
        action = record_action(
            by=amara, agreement=team.agreement, what="Send the CCG the list of contract reviews",
            owner=team, person=person_called("Carys Lindqvist"),
            due_on=clock.today() + timedelta(days=40),
        )  # fmt: skip
    with days_ago(9), by("Carys Lindqvist") as carys:
        note_progress(by=carys, action=action, text="The list is ready but for two practices.")


def done(ccg: Party) -> None:
    with days_ago(60), by(GRETA) as greta:
        action = record_action(
            by=greta, agreement=ccg.agreement, what="Name a practice nurse for the training group",
            owner=ccg, person=person_called("Isla Fernandes"),
            due_on=clock.today() + timedelta(days=30),
        )  # fmt: skip
    with days_ago(38), by("Isla Fernandes") as isla:
        close_action(by=isla, action=action, as_what="done", because="Named, and told the group.")


def not_confirmed(ccg: Party) -> None:
    with days_ago(3), by(AMARA) as amara:
        record_action(
            by=amara, agreement=ccg.agreement, what="Say which practices want a visit this year",
            owner=ccg, due_on=clock.today() + timedelta(days=25),
            details="One line for each practice is enough.",
        )  # fmt: skip
