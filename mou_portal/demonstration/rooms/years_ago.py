"""An MoU of 2012 between ten parties, registered years later: what stands open of it today.

One federation has closed since; one has nobody here and answers by links.
"""

from __future__ import annotations

from datetime import date

from agreements.contacts.services.answering import answer_by_link
from agreements.core.by_link import ANSWERS_COPY, acts, opened_by
from agreements.models import Agreement, ContactProposal, KeyContact, TemplateVersion
from agreements.register.services import register_signed, say_of_copy
from mail.links.sending import link_to
from mou_portal.demonstration.acts import by, days_ago
from mou_portal.demonstration.neighbours import CHAIRS, FEDERATIONS
from mou_portal.demonstration.paper import paper_of
from mou_portal.demonstration.people import (
    AREA,
    Somebody,
    add_organisation,
    organisation_called,
    person_called,
)
from nhsuk.dates import day
from parties.models import Area, Organisation

GRETA, HAMISH, ALDERMOOR = "Greta Holm", "Hamish Boyle", "Aldermoor CCG"
TITLE = "Federations as commissioners, 2012 to 2013"
SIGNED, EFFECT, END, REVIEW = (
    date(2012, 8, 8), date(2012, 7, 1), date(2013, 3, 31), date(2012, 12, 31),
)  # fmt: skip
# Nobody of it is here: whoever spoke for it then has an address alone.
UNHEARD, SPEAKER, ADDRESS = "Wheatear Federation", "Petra Lund", "office@wheatear.example"
CLOSED, CLOSED_ON = "Whinchat Federation", date(2016, 9, 30)
AGREED = (
    "Each Federation writes a plan for its practices, and the CCG helps with it.",
    "The CCG keeps a budget for the plans and says by when it decides.",
    "All look at this together for the first time in December 2012.",
    "It has effect from 1 July 2012 until 31 March 2013.",
)


def load() -> None:
    """Unless it is registered already, or its template is not there."""
    source = TemplateVersion.objects.filter(template__key="ccg-and-federations", state="published")
    if Agreement.objects.filter(title=TITLE).exists() or not source.exists():
        return
    with days_ago(34):
        agreement = _registered(source.get(template__organisation=organisation_called(ALDERMOOR)))
    with days_ago(31):
        answer_by_link(proposal=ContactProposal.objects.get(party__agreement=agreement), yes=True)
    with days_ago(30):
        _confirms_by_link(agreement)
    with days_ago(27), by(CHAIRS[0]) as alma:
        say_of_copy(by=alma, copy=agreement.registered_copy, agrees=True)
    with days_ago(12), by(CHAIRS[2]) as clara:
        say_of_copy(
            by=clara, copy=agreement.registered_copy, agrees=False,
            because="For us the Chair of that time signed, a week later than the others.",
        )  # fmt: skip


def _registered(source: TemplateVersion) -> Agreement:
    """By Aldermoor CCG, with seven federations that are here, one that is not, one that closed."""
    federations = [*(organisation_called(name) for name in list(FEDERATIONS)[:7]), *_others()]
    sides = {f"federation-{number}": each for number, each in enumerate(federations, start=1)}
    signed = [_signs(HAMISH, ALDERMOOR, "Accountable Officer"),
              *(_signs(chair, name) for chair, name in zip(CHAIRS, FEDERATIONS, strict=True)),
              _signs(SPEAKER, UNHEARD), _signs("Quill Abara", CLOSED)]  # fmt: skip
    names = {ALDERMOOR, *(each.name for each in federations)}
    signed = [each for each in signed if each.organisation in names]
    paper = paper_of(
        signed, TITLE, name="MoU with federations, 2012.pdf", signed_on=SIGNED, agreed=AGREED
    )
    speaker = {"name": SPEAKER, "email": ADDRESS, "job_title": "Chair of the Federation"}
    with by(GRETA) as greta:
        return register_signed(
            by=greta,
            template_version=source,
            title=TITLE,
            organisations={"ccg": organisation_called(ALDERMOOR)} | sides,
            file=paper,
            signed_on=SIGNED,
            effective_on=EFFECT,
            review_on=REVIEW,
            end_on=END,
            who_signed="\n".join(f"{s.organisation}; {s.name}; {s.title}" for s in signed),
            who_approved=f"{ALDERMOOR}; Governing Body; {day(date(2012, 8, 1))}; item 9.2",
            # The report is due when the MoU is over: a finding.
            other_days="First plans; 28 September 2012\nReport on the year; 30 April 2013",
            contacts={
                "ccg": {"mou_manager": {"person": person_called(GRETA).pk}},
                "federation-8": {"mou_manager": {"person": speaker}},
            },
        )


def _signs(name: str, organisation: str, title: str = "Chair of the Federation") -> Somebody:
    return Somebody(name, organisation, title)


def _others() -> list[Organisation]:
    area = Area.objects.get(name=AREA)
    made = [add_organisation(each, Organisation.Kind.FEDERATION, None, area)
            for each in (UNHEARD, CLOSED)]  # fmt: skip
    made[1].closed_on = CLOSED_ON
    made[1].save()
    return made


def _confirms_by_link(agreement: Agreement) -> None:
    """By the link of the e-mail that she got when she said that she speaks for it."""
    contact = KeyContact.objects.get(party__agreement=agreement, person__name=SPEAKER)
    of, subject = contact.party.organisation.pk, f":{contact.party_id}:{contact.person_id}"
    link = link_to(ANSWERS_COPY, subject, ADDRESS, organisation_id=of)
    if asked := opened_by(link):
        with acts(asked) as petra:
            say_of_copy(by=petra, copy=agreement.registered_copy, agrees=True)
