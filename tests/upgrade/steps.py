"""The steps that the acts of a kept release are made of, with the demonstration's people."""

from __future__ import annotations

from datetime import date, time, timedelta

from agreements.models import (
    Agreement,
    PaperSignature,
    SignatureRequest,
    Version,
)
from agreements.signing.services.paper import record_paper
from agreements.versions.services.approving import record_approval
from agreements.versions.services.versions import send_for_approval
from communications.models import Announcement
from communications.services.planning import plan
from house import clock
from mou_portal.demonstration.acts import AMARA, by, drafted, frozen
from mou_portal.demonstration.people import person_called
from tests.pdf import a_pdf_that_says

ALDERMOOR, BRACKENFIELD, CALDERBROOK = "Aldermoor CCG", "Brackenfield CCG", "Calderbrook CCG"
DENEWICK, ELMSWORTH = "Denewick CCG", "Elmsworth CCG"
CARYS, GRETA, ISLA, LOWRI = "Carys Lindqvist", "Greta Holm", "Isla Fernandes", "Lowri Vaughan"
MIRELA, OONA, QUENTIN, SOREN = "Mirela Popa", "Oona Keane", "Quentin Moss", "Soren Bakke"
NIALL, PAVEL, ROSA = "Niall Sweeney", "Pavel Sedlak", "Rosa Ibarra"


def approved(ccg: str, manager: str, title: str) -> Version:
    """A version that both parties have approved today."""
    version = frozen(drafted(ccg, manager=manager, title=title), "First version.")
    with by(AMARA) as amara:
        send_for_approval(by=amara, version=version)
    for name in (AMARA, manager):
        with by(name) as who:
            record_approval(
                by=who, version=version, decision="approved", decided_on=clock.today(),
                minute_reference="9.4",
            )  # fmt: skip
    return version


def sent_for_approval() -> None:
    """The Area Team has not decided yet; the CCG left the last words to its signatory."""
    version = frozen(drafted(CALDERBROOK, manager=OONA, title="Care at night"), "To approve.")
    with by(AMARA) as amara:
        send_for_approval(by=amara, version=version)
    with by(OONA) as oona:
        record_approval(
            by=oona, version=version, decision="delegated", decided_on=clock.today(),
            delegated_to=person_called(PAVEL),
        )  # fmt: skip


def planned(title: str, on: date) -> Announcement:
    with by(CARYS) as carys:
        return plan(
            by=carys, kind="press_release", title=title, agreements=[in_force(ALDERMOOR)],
            planned_for=clock.london_instant(on, time(9)),
        )  # fmt: skip


def on_paper(request: SignatureRequest, manager: str, signatory: str) -> PaperSignature:
    with by(manager) as who:
        return record_paper(
            by=who, request=request, scan=a_pdf_that_says(f"Signed by {signatory}"),
            signed_by=signatory, signed_on=clock.today(),
        )  # fmt: skip


def in_force(ccg: str) -> Agreement:
    """The MoU of the demonstration that was drafted with this CCG."""
    return Agreement.objects.get(
        origin="drafted", state="in_force", parties__spells__organisation__names__name=ccg
    )


def in_days(days: int) -> date:
    return clock.today() + timedelta(days=days)
