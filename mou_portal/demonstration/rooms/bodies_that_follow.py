"""A board in the place of a CCG: agreed by both, carried out; one party says that it is right."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from agreements.models import Agreement, SuccessionMove
from agreements.register.services import register_signed
from agreements.succession.services.beginning import begin_due
from agreements.succession.services.deciding import say_of_succession
from agreements.succession.services.recording import agree, confirm, prepare
from house import clock
from jobs.sweep import work_due
from mou_portal.demonstration.acts import AMARA, BRYN, area_team_and, bilateral, by, days_ago
from mou_portal.demonstration.paper import paper_of
from mou_portal.demonstration.people import (
    AREA,
    AREA_TEAM,
    Somebody,
    acting_as,
    add_organisation,
    add_person,
    organisation_called,
    person_called,
)
from parties.models import Area, Organisation, Role, Succession, User

TITLE: Final = "Quality of general practice in Oxenholt"
OLD, BOARD = "Oxenholt CCG", "Dales and Moors Board"
# Who was there, and who is there now.
VERITY, ULLA, WILF = "Verity Stott", "Ulla Fairburn", "Wilf Amadi"
ORDER: Final = "the Dales and Moors (Transfer) Order"
AGREED: Final = ("The CCG and the Area Team look at the quality of general practice together.",)


def load() -> None:
    """Unless one is on record already; passwords are what they are now for everybody."""
    _people()
    if Succession.objects.exists():
        return
    with days_ago(200):
        agreement = _registered()
    with days_ago(40):
        ulla = acting_as(ULLA)
        found = prepare(
            by=ulla, old=organisation_called(OLD), new=organisation_called(BOARD),
            on=clock.today() + timedelta(days=10), instrument=ORDER,
        )  # fmt: skip
        confirm(by=ulla, succession=found)
    with days_ago(36):
        agree(by=acting_as(VERITY), succession=found)
    with days_ago(30):
        # As the sweep and the workers do by themselves.
        begin_due()
        work_due()
    with days_ago(28), by(AMARA) as amara:
        move = SuccessionMove.objects.get(agreement=agreement)
        say_of_succession(by=amara, move=move, agrees=True)


def _people() -> None:
    area = Area.objects.get(name=AREA)
    add_organisation(OLD, Organisation.Kind.CCG, "90X", area)
    add_organisation(BOARD, Organisation.Kind.ICB, "QND", area)
    encoded = User.objects.get(person=person_called(AMARA)).password
    both = (Role.MANAGER, Role.ADMINISTRATOR)
    for each in (
        Somebody(VERITY, OLD, "Accountable Officer", both),
        Somebody(ULLA, BOARD, "Director of Governance", both),
        Somebody(WILF, BOARD, "Chief Executive", (Role.SIGNATORY,)),
    ):
        add_person(each, encoded)


def _registered() -> Agreement:
    """Signed on paper a year before the board came."""
    signed_on: date = clock.today() - timedelta(days=160)
    signed = [
        Somebody(BRYN, AREA_TEAM, "Area Team Director"),
        Somebody(VERITY, OLD, "Accountable Officer"),
    ]
    paper = paper_of(signed, TITLE, name="MoU, Oxenholt.pdf", signed_on=signed_on, agreed=AGREED)
    contacts = {
        "area_team": {"mou_manager": {"person": person_called(AMARA).pk}},
        "ccg": {"mou_manager": {"person": person_called(VERITY).pk}},
    }
    with by(VERITY) as verity:
        return register_signed(
            by=verity, template_version=bilateral(), title=TITLE,
            organisations=area_team_and(organisation_called(OLD)), file=paper,
            signed_on=signed_on, review_on=clock.today() + timedelta(days=500),
            contacts=contacts,
        )  # fmt: skip
