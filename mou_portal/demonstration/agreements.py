"""One agreement in each state, each brought there by the people who would do it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from agreements.contacts.services.naming import name_contacts
from agreements.drafting.services.editing import edit_clause, edit_terms, fill_blanks
from agreements.drafting.services.making import answer, begin, create
from agreements.library import library
from agreements.models import Agreement, ClauseText, SignatureRequest, TemplateVersion, Version
from agreements.register.services import register_signed
from agreements.signing.services.asking import open_for_signature
from agreements.signing.services.signing import say_not_ready, sign
from agreements.templates.services.keeping import take_from_library
from agreements.terms import LeadTimes, Meetings, MeetingSeries, ReviewTerm, Terms
from agreements.versions.services.approving import record_approval
from agreements.versions.services.versions import freeze, recall, send_for_approval, stop_preparing
from house import clock
from house.actor import acting_as as in_the_name_of
from mou_portal.demonstration.paper import signed_paper
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
# What stood in the MoU that was signed on paper.
AGREED = (
    "We improve the quality of general practice in our area together.",
    "Each of us names who speaks for it, and keeps these names up to date.",
    "We meet twice in each year and look at what we have learned.",
    "Each of us sees the other's press releases a day before they go out.",
    "We look at this MoU again after a year. It binds nobody in law.",
)


def load_agreements() -> None:
    """Makes the agreements, unless there are some already."""
    if Agreement.objects.exists():
        return
    with days_ago(420) as _, by(AMARA) as amara:
        take_from_library(by=amara, source=library()["area-team-and-ccg"])
    in_force()
    being_drafted()
    out_for_approval()
    out_for_signature()
    registered()
    stopped()


def in_force() -> None:
    """With Aldermoor CCG: approved by both, signed by both, sealed."""
    with days_ago(340):
        agreement = drafted("Aldermoor CCG", manager="Greta Holm", lead="Jonah Adeyemi")
        version = frozen(agreement, "First version, from the template.")
    with days_ago(335), by("Greta Holm") as greta:
        draft = recall(
            by=greta, version=version, because="The heads-up should also name the practices."
        )
        text = draft.texts.filter(bindings__icontains="heads_up").first() or draft.texts.first()
        _reword(greta, text, " It names the practices that it goes to.")
    with days_ago(330):
        version = frozen(agreement, "The heads-up names the practices.")
    with days_ago(329), by(AMARA) as amara:
        send_for_approval(by=amara, version=version)
    approve(AMARA, version, 320, "ATD/14")
    approve("Greta Holm", version, 310, "GB 7.2")
    with days_ago(306):
        ask_and_sign(version, AMARA, BRYN)
    with days_ago(304):
        ask_and_sign(version, "Greta Holm", "Hamish Boyle")


def being_drafted() -> None:
    """With Brackenfield CCG: a draft on terms of its own, after version 0.1 was recalled."""
    with days_ago(40):
        agreement = drafted("Brackenfield CCG", manager="Mirela Popa")
        version = frozen(agreement, "First version, from the template.")
    with days_ago(31), by("Mirela Popa") as mirela:
        draft = recall(
            by=mirela,
            version=version,
            because="We want four meetings a year, and more time to read drafts.",
        )
        edit_terms(by=mirela, version=draft, terms=_on_other_terms(draft.typed_terms))


def out_for_approval() -> None:
    """With Calderbrook CCG: the Area Team has approved, the Governing Body has not yet."""
    with days_ago(30):
        agreement = drafted("Calderbrook CCG", manager="Oona Keane")
        version = frozen(agreement, "First version, from the template.")
    with days_ago(28), by(AMARA) as amara:
        send_for_approval(by=amara, version=version)
    approve(AMARA, version, 14, "ATD/31")


def out_for_signature() -> None:
    """With Denewick CCG: signed by the Area Team; the CCG's signatory is not ready."""
    with days_ago(60):
        agreement = drafted("Denewick CCG", manager="Quentin Moss")
        version = frozen(agreement, "First version, from the template.")
    with days_ago(58), by(AMARA) as amara:
        send_for_approval(by=amara, version=version)
    approve(AMARA, version, 45, "ATD/27")
    with days_ago(20):
        ask_and_sign(version, AMARA, BRYN)
    with days_ago(12):
        request = ask(version, "Quentin Moss", "Rosa Ibarra", because="The Chair agreed by e-mail.")
    with days_ago(6), by("Rosa Ibarra") as rosa:
        say_not_ready(by=rosa, request=request, because="I am waiting for our finance lead's view.")


def registered() -> None:
    """With Elmsworth CCG: a signed MoU from before the portal, its approval sought afterwards."""
    ccg = organisation_called("Elmsworth CCG")
    signed_on = clock.today() - timedelta(days=300)
    template = bilateral()
    with days_ago(5), by("Soren Bakke") as soren:
        register_signed(
            by=soren,
            template_version=template,
            title=TITLE,
            organisations=_sides(ccg),
            file=signed_paper(TITLE, "Elmsworth CCG", signed_on=signed_on, agreed=AGREED),
            signed_on=signed_on,
            review_on=signed_on + timedelta(days=365),
            approval_sought_on=signed_on + timedelta(days=30),
            contacts={
                "ccg": {"mou_manager": {"person": person_called("Soren Bakke").pk}},
                # The Area Team has not said yet whether that is right.
                "area_team": {"mou_manager": {"person": person_called(AMARA).pk}},
            },
        )


def stopped() -> None:
    """With Calderbrook CCG: a draft that nobody will sign."""
    with days_ago(200):
        agreement = drafted("Calderbrook CCG", manager="Oona Keane", title="Sharing of premises")
    with days_ago(180), by("Oona Keane") as oona:
        stop_preparing(by=oona, agreement=agreement, because="The premises were sold.")


def bilateral() -> TemplateVersion:
    """The template of the Area Team that all these were made from."""
    return TemplateVersion.objects.get(template__key="area-team-and-ccg", seq=1)


# --- What they do -----------------------------------------------------------------------------


def drafted(
    ccg_name: str, *, manager: str, lead: str | None = None, title: str = TITLE
) -> Agreement:
    ccg, contacts = organisation_called(ccg_name), _contacts(manager, lead)
    with by(AMARA) as amara:
        set_up = begin(by=amara, template_version=bilateral())
        answer(
            set_up=set_up,
            title=title,
            parties={slot: organisation.pk for slot, organisation in _sides(ccg).items()},
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


def _sides(ccg: Organisation) -> dict[str, Organisation]:
    return {"area_team": organisation_called(AREA_TEAM), "ccg": ccg}


def frozen(agreement: Agreement, summary: str) -> Version:
    with by(AMARA) as amara:
        return freeze(by=amara, version=agreement.versions.get(state="draft"), summary=summary)


def _on_other_terms(terms: Terms) -> Terms:
    """96 and 48 hours, four meetings, a review after six months; no level between two others."""
    more = {
        "lead_times": LeadTimes(publication_hours=96, press_release_hours=48),
        "meetings": Meetings(series=tuple(map(_quarterly, terms.meetings.series))),
        "review": ReviewTerm(after_months=6, offsets_days=(90, 45)),
        "levels": tuple(level for level in terms.levels if level.key != "those_responsible"),
    }
    return terms.model_copy(update=more)


def _quarterly(series: MeetingSeries) -> MeetingSeries:
    return series.model_copy(update={"cadence": "quarterly"})


def _reword(who: Acting, text: ClauseText | None, more: str) -> None:
    if text:
        edit_clause(by=who, clause=text, edit_no=text.edit_no, body=text.body + more)


def approve(manager: str, version: Version, ago: int, reference: str) -> None:
    with days_ago(ago), by(manager) as who:
        record_approval(
            by=who,
            version=version,
            decision="approved",
            decided_on=clock.today(),
            minute_reference=reference,
        )


def ask(version: Version, manager: str, signatory: str, because: str = "") -> SignatureRequest:
    with by(manager) as who:
        side = next(
            p for p in version.agreement.parties.all() if p.organisation == who.organisation
        )
        slot = version.typed_terms.signatories_of(side.slot)[0].key
        version.refresh_from_db()
        return open_for_signature(
            by=who, version=version, slot=slot, person=person_called(signatory), because=because
        )


def ask_and_sign(version: Version, manager: str, signatory: str) -> None:
    request = ask(version, manager, signatory)
    with by(signatory) as who:
        sign(by=who, request=request, sha256=version.sha256, typed_name=signatory)


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
