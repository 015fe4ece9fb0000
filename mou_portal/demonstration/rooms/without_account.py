"""An MoU with a practice that has nobody here: its practice manager is asked to sign by a link."""

from __future__ import annotations

from agreements.contacts.services.naming import name_contacts
from agreements.drafting.services.making import answer, begin, create
from agreements.library import LibraryClause, LibraryTemplate
from agreements.models import Agreement, Party, Template, Version
from agreements.signing.services.asking import open_for_signature
from agreements.signing.services.asking_by_link import ask_by_link
from agreements.signing.services.signing import sign
from agreements.templates.services.keeping import take_from_library
from agreements.terms import ApprovalRoute, ContactRole, ReviewTerm, Signatory, Slot, Terms
from agreements.versions.services.versions import freeze
from mou_portal.demonstration.acts import AMARA, BRYN, by, days_ago
from mou_portal.demonstration.people import AREA_TEAM, organisation_called, person_called
from parties.models import Organisation, OrganisationName
from parties.models.addresses import CheckedAddress
from parties.services.addresses import Typed, enter_addresses, look_through

PRACTICE, CODE = "Fellside Surgery", "Y90001"
MANAGER, ADDRESS = "Wilma Oakes", "surgery@fellside-surgery.example"
SIDES = (("area_team", "the Area Team", "area_team"), ("practice", "the Practice", "practice"))
CLAUSES = (
    ("purpose", "section", "Purpose", ""),
    ("why", "statement", "Why we agree this",
     "The Area Team helps the Practice to see patients sooner, and the Practice says how it goes."),
    ("who", "principle", "Who speaks for us",
     "Each of us names one lead, and tells the other of changes."),
    ("together", "section", "What we do", ""),
    ("visits", "duty", "Visits", "The Area Team visits the Practice twice, at times that suit it."),
    ("look", "duty", "A look back", "After six months we look at this together."),
)  # fmt: skip


def load() -> None:
    """Unless the practice is asked already."""
    if CheckedAddress.objects.exists() or not Template.objects.exists():
        return
    practice = _practice()
    with days_ago(9):
        version = _sent(practice)
    address = _checked(practice)
    with days_ago(4), by(AMARA) as amara:
        asked = open_for_signature(
            by=amara, version=version, slot="area_team_signs", person=person_called(BRYN)
        )
    with days_ago(3), by(BRYN) as bryn:
        sign(by=bryn, request=asked, sha256=version.sha256, typed_name=BRYN)
    with days_ago(2), by(AMARA) as amara:
        ask_by_link(
            by=amara, version=Version.objects.get(pk=version.pk), slot="practice_signs",
            party=Party.objects.get(agreement=version.agreement, slot="practice"), address=address,
        )  # fmt: skip


def _practice() -> Organisation:
    made = Organisation.objects.create(kind=Organisation.Kind.PRACTICE, ods_code=CODE)
    OrganisationName.objects.create(
        organisation=made, name=PRACTICE, address="2 Fell Lane\nAldermoor\nND1 2XX"
    )
    return Organisation.objects.named().get(pk=made.pk)


def _sent(practice: Organisation) -> Version:
    sides = {"area_team": organisation_called(AREA_TEAM), "practice": practice}
    with by(AMARA) as amara:
        template = take_from_library(by=amara, source=_template())
        set_up = begin(by=amara, template_version=template.versions.get())
        answer(
            set_up=set_up, title="Seeing patients sooner",
            parties={slot: organisation.pk for slot, organisation in sides.items()}, contacts={},
        )  # fmt: skip
        agreement: Agreement = create(by=amara, set_up=set_up)
        held = {"mou_manager": {"person": person_called(AMARA).pk}}
        name_contacts(by=amara, agreement=agreement, contacts={"area_team": held})
        draft = agreement.versions.get()
        return freeze(by=amara, version=draft, summary="As we talked about it.")


def _checked(practice: Organisation) -> CheckedAddress:
    """Amara Okafor enters it, Carys Lindqvist looks through it; another one waits."""
    typed = Typed(practice, MANAGER, ADDRESS, "Practice manager")
    with days_ago(6), by(AMARA) as amara:
        [address] = enter_addresses(by=amara, typed=[typed])
    with days_ago(5), by("Carys Lindqvist") as carys:
        look_through(by=carys, shown=[address.pk])
    with days_ago(1), by(AMARA) as amara:
        partner = Typed(practice, "Xavier Lund", "x.lund@fellside-surgery.example", "Partner")
        enter_addresses(by=amara, typed=[partner])
    return CheckedAddress.objects.get(pk=address.pk)


def _template() -> LibraryTemplate:
    slots = tuple(Slot(key=key, label=label, organisation_kinds=(k,)) for key, label, k in SIDES)
    terms = Terms(
        review=ReviewTerm(after_months=6, offsets_days=(30, 14)),
        contact_roles=(
            ContactRole(key="mou_manager", label="MoU manager", slots=("area_team",)),
            ContactRole(key="lead", label="Practice lead", slots=("practice",)),
        ),
        approval_routes=tuple(ApprovalRoute(slot=slot.key, route="none") for slot in slots),
        signatories=(
            Signatory(slot="area_team", key="area_team_signs", label="Area Team Director"),
            Signatory(slot="practice", key="practice_signs", label="Practice manager or partner"),
        ),
    )
    return LibraryTemplate(
        key="area-team-and-practice",
        name="Area Team and one practice",
        description="Short, with no approval; the practice needs no account.",
        kind="mou",
        slots=slots,
        terms=terms,
        clauses=tuple(
            LibraryClause(key=key, kind=kind, heading=heading, body=body)
            for key, kind, heading, body in CLAUSES
        ),
    )
