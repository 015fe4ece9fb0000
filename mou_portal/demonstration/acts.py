"""What the demonstration's people do with an agreement, each on a day of their own.

What shows something of a room begins with these.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from agreements.contacts.services.naming import name_contacts
from agreements.drafting.services.editing import fill_blanks
from agreements.drafting.services.making import answer, begin, create
from agreements.models import Agreement, SignatureRequest, TemplateVersion, Version
from agreements.signing.services.asking import NOTHING, open_for_signature
from agreements.signing.services.signing import sign
from agreements.signing.wanted import Wanted
from agreements.versions.services.approving import record_approval
from agreements.versions.services.versions import freeze
from house import clock
from house.actor import acting_as as in_the_name_of
from mou_portal.demonstration.people import (
    AREA,
    AREA_TEAM,
    LMC,
    acting_as,
    organisation_called,
    person_called,
)
from parties.acting import Acting
from parties.models import Organisation

TITLE = "Improving quality in general practice"
AMARA, BRYN = "Amara Okafor", "Bryn Pritchard"


@contextmanager
def by(name: str) -> Iterator[Acting]:
    """That person acts in the block; history names them."""
    who = acting_as(name)
    with in_the_name_of(who.user):
        yield who


@contextmanager
def days_ago(days: int) -> Iterator[None]:
    """The portal's clock stands at ten in the morning, so many days ago."""
    day: date = clock.today() - timedelta(days=days)
    with clock.at(datetime.combine(day, time(10), clock.LONDON)):
        yield


def bilateral() -> TemplateVersion:
    """The template of the Area Team that all these were made from."""
    return TemplateVersion.objects.get(template__key="area-team-and-ccg", seq=1)


def drafted(
    ccg_name: str, *, manager: str, lead: str | None = None, title: str = TITLE
) -> Agreement:
    ccg, contacts = organisation_called(ccg_name), _contacts(manager, lead)
    with by(AMARA) as amara:
        set_up = begin(by=amara, template_version=bilateral())
        answer(
            set_up=set_up,
            title=title,
            parties={slot: organisation.pk for slot, organisation in area_team_and(ccg).items()},
            contacts={"area_team": contacts["area_team"]},
        )
        agreement = create(by=amara, set_up=set_up)
        draft = agreement.versions.get()
        fill_blanks(by=amara, version=draft, values={"lmc": LMC, "area": AREA})
    with by(manager) as who:
        name_contacts(by=who, agreement=agreement, contacts={"ccg": contacts["ccg"]})
    return agreement


def _contacts(manager: str, lead: str | None) -> dict[str, dict[str, dict[str, int]]]:
    named = {
        "area_team": {
            "mou_manager": AMARA,
            "responsible_officer": "Dmitri Novak",
            "quality_lead": "Esme Hartley",
            "primary_liaison": "Carys Lindqvist",
        },
        "ccg": {"mou_manager": manager, "primary_liaison": manager}
        | ({"lead_clinician": lead} if lead else {}),
    }
    return {
        slot: {role: {"person": person_called(name).pk} for role, name in roles.items()}
        for slot, roles in named.items()
    }


def area_team_and(ccg: Organisation) -> dict[str, Organisation]:
    return {"area_team": organisation_called(AREA_TEAM), "ccg": ccg}


def frozen(agreement: Agreement, summary: str) -> Version:
    with by(AMARA) as amara:
        return freeze(by=amara, version=agreement.versions.get(state="draft"), summary=summary)


def approve(manager: str, version: Version, ago: int, reference: str) -> None:
    with days_ago(ago), by(manager) as who:
        record_approval(
            by=who,
            version=version,
            decision="approved",
            decided_on=clock.today(),
            minute_reference=reference,
        )


def ask(
    version: Version, manager: str, signatory: str, because: str = "", wanted: Wanted = NOTHING
) -> SignatureRequest:
    with by(manager) as who:
        side = next(
            p for p in version.agreement.parties.all() if p.organisation == who.organisation
        )
        slot = version.typed_terms.signatories_of(side.slot)[0].key
        version.refresh_from_db()
        return open_for_signature(
            by=who, version=version, slot=slot, person=person_called(signatory), because=because,
            wanted=wanted,
        )  # fmt: skip


def ask_and_sign(version: Version, manager: str, signatory: str) -> None:
    request = ask(version, manager, signatory)
    with by(signatory) as who:
        sign(by=who, request=request, sha256=version.sha256, typed_name=signatory)
