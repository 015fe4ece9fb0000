"""One agreement in each state, each brought there by the people who would do it."""

from __future__ import annotations

from datetime import timedelta

from agreements.associated.said import Said
from agreements.associated.services import add_document
from agreements.drafting.services.editing import edit_clause, edit_terms
from agreements.library import library
from agreements.models import Agreement, ClauseText
from agreements.register.services import register_signed
from agreements.signing.services.signing import say_not_ready
from agreements.templates.services.keeping import take_from_library
from agreements.terms import LeadTimes, Meetings, MeetingSeries, ReviewTerm, Terms
from agreements.versions.services.versions import recall, send_for_approval, stop_preparing
from house import clock
from mou_portal.demonstration.acts import (
    AMARA,
    BRYN,
    TITLE,
    approve,
    area_team_and,
    ask,
    ask_and_sign,
    bilateral,
    by,
    days_ago,
    drafted,
    frozen,
)
from mou_portal.demonstration.paper import signed_paper
from mou_portal.demonstration.people import AREA_TEAM, organisation_called, person_called
from parties.acting import Acting

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
        with by(AMARA) as amara:
            _how_concerns_are_taken_up(amara, agreement)
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


def _how_concerns_are_taken_up(amara: Acting, agreement: Agreement) -> None:
    """A document of the Area Team that the text is read with."""
    said = Said(
        "How concerns are taken up", label="1.0", dated_on=clock.today() - timedelta(days=30),
        link="https://area-team.example/concerns-1.pdf",
    )  # fmt: skip
    add_document(by=amara, agreement=agreement, said=said, kind="policy")


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
            organisations=area_team_and(ccg),
            file=signed_paper(
                TITLE, AREA_TEAM, "Elmsworth CCG", signed_on=signed_on, agreed=AGREED
            ),
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
