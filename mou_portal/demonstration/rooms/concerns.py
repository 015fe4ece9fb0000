"""Two practice concerns under the MoU with Aldermoor CCG: one shared with the CCG, one not."""

from __future__ import annotations

from datetime import timedelta

from agreements.models import Agreement
from escalations.concerns.services.actions import add_action, close_action
from escalations.concerns.services.deciding import keep_concern, share_concern
from escalations.concerns.services.noting import close_concern, note_more, reopen_concern
from escalations.concerns.services.opening import open_concern
from escalations.concerns.services.reading import name_reader
from escalations.models import PracticeConcern
from house import clock
from mou_portal.demonstration.acts import AMARA, by, days_ago
from mou_portal.demonstration.neighbours import PRACTICE
from mou_portal.demonstration.people import organisation_called, person_called

GRETA, CARYS, ISLA = "Greta Holm", "Carys Lindqvist", "Isla Fernandes"


def load() -> None:
    """Makes both, unless there are some already."""
    agreement = Agreement.objects.filter(
        parties__spells__organisation__names__name="Aldermoor CCG",
        state=Agreement.State.IN_FORCE,
    ).first()
    if agreement and not PracticeConcern.objects.exists():
        shared(agreement)
        not_shared(agreement)


def shared(agreement: Agreement) -> None:
    """Services of the CCG are at risk, so its manager reads it and names a colleague."""
    with days_ago(24), by(AMARA) as amara:
        concern = open_concern(
            by=amara, agreement=agreement, practice=organisation_called(PRACTICE), source="cqc",
            severity="high", at_risk=[p for p in agreement.sides if p.slot == "ccg"], has_gap=True,
            commissioner_name="The council's public health team",
            known="An inspection found that vaccines were stored too warm for eleven days. The "
            "practice offers health checks and vaccinations that others commission.",
        )  # fmt: skip
        name_reader(by=amara, concern=concern, person=person_called(CARYS))
    others = [party for party in agreement.sides if party.pk != concern.party_id]
    with days_ago(23), by(AMARA) as amara:
        share_concern(
            by=amara, concern=concern, parties=others,
            because="The CCG commissions vaccinations there, and has to call its patients again.",
        )  # fmt: skip
        add_action(
            by=amara, concern=concern, what="The practice buys a refrigerator with an alarm",
            due_on=clock.today() + timedelta(days=30), sees_to_it=amara.who,
        )  # fmt: skip
    with days_ago(21), by(GRETA) as greta:
        name_reader(by=greta, concern=concern, person=person_called(ISLA))
        note_more(
            by=greta, concern=concern,
            text="Sixty patients had a vaccine in those days. We write to them this week.",
        )  # fmt: skip
    with days_ago(18), by(GRETA) as greta:
        informed = concern.actions.select_related("concern__agreement").get(kind="informed")
        close_action(
            by=greta, action=informed, as_what="done", done_on=clock.today(),
            evidence="The senior partner rang us and wrote on the same day.",
        )  # fmt: skip


def not_shared(agreement: Agreement) -> None:
    """A complaint that is looked into first, and again after it was closed."""
    with days_ago(9), by(AMARA) as amara:
        concern = open_concern(
            by=amara, agreement=agreement, practice_name="A branch surgery in the north of the "
            "area", source="complaint", severity="moderate",
            known="A relative complains that nobody answers the telephone in the morning.",
        )  # fmt: skip
    with days_ago(8), by(AMARA) as amara:
        keep_concern(
            by=amara, concern=concern,
            because="It is one complaint, and the practice has ten working days to answer it.",
        )  # fmt: skip
    with days_ago(4), by(AMARA) as amara:
        close_concern(
            by=amara, concern=concern,
            outcome="The practice answered: a second line is open from eight o'clock.",
        )  # fmt: skip
    with days_ago(2), by(AMARA) as amara:
        reopen_concern(
            by=amara, concern=concern, because="Two more relatives complain of the same."
        )
