"""The pages on which a key contact without an account raises an issue, or answers one."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse

from agreements.core.by_link import NO_LONGER, acts, opened_by
from agreements.core.telling import told_parties
from escalations.forms import WantedForm
from escalations.models import Disagreement, Step
from escalations.party_forms import OpenForm
from escalations.presenters.between import what_others_see
from escalations.rules.between import chosen, other_parties
from escalations.rules.levels import present
from escalations.services.noting import say_wanted
from escalations.services.opening import open_disagreement
from house.text import shortened
from mail.models import SentLink
from nhsuk.components import Link
from nhsuk.dates import day
from nhsuk.words import capital
from web.link_forms import link_form
from web.links import gone, path_of

LONGEST_SHOWN = 2_000
# Below the same link, as the room of requests has it.
ASK = "Ask for information or help, or send a query"


def raise_issue(request: HttpRequest, link: SentLink) -> HttpResponse:
    """How the MoU stands, and a form to say what is wrong."""
    by = opened_by(link)
    if by is None:
        return gone(request, sentence=NO_LONGER)
    agreement, version = by.agreement, by.agreement.in_force_version
    takes = bool(agreement.takes_acts and version and version.typed_terms.levels)
    word = version.typed_terms.disagreement_word if version else "disagreement"
    others = other_parties(agreement, by.acting)
    form = OpenForm(request.POST or None, others=others) if takes else None
    opened: list[Disagreement] = []

    def act(subject: str, wanted: str, between: Sequence[str] = ()) -> None:
        named = chosen(others, between)
        with acts(by) as acting:
            made = open_disagreement(
                by=acting, agreement=agreement, subject=subject, wanted=wanted, between=named
            )
        opened.append(made)

    return link_form(
        request,
        form,
        act,
        done=lambda: f"The {word} is open.\n{told_parties(opened[0].parties, by.acting)}",
        title=f"Raise an issue about {by.mou}",
        caption=by.title,
        facts=[
            ("For", by.party.name),
            ("In force since", day(agreement.start_on) or "Not in force yet"),
            ("Date of review", day(agreement.review_on) or "None is set"),
        ],
        button="Raise the issue",
        links=[Link(ASK, path_of(request, "ask"))] if agreement.takes_acts else (),
        lead=_lead(word, len(others))
        if takes
        else "No issue can be raised here now. Write to another party.",
    )


def _lead(word: str, others: int) -> str:
    begins = f"It begins as a {word} at the first level of the MoU."
    return f"{begins} {what_others_see(word) if others > 1 else 'Both parties read it.'}"


def answer_issue(request: HttpRequest, link: SentLink) -> HttpResponse:
    """What each side wants so far, and a form to say what one's own side wants."""
    by = opened_by(link)
    if by is None:
        return gone(request, sentence=NO_LONGER)
    rows = Disagreement.objects.visible_to(by.acting).select_related("agreement", "version")
    found = rows.filter(pk=by.about).first()
    if found is None:
        return gone(request)
    form = WantedForm(request.POST or None) if found.is_open else None

    def act(text: str) -> None:
        with acts(by) as acting:
            say_wanted(by=acting, disagreement=found, text=text)

    said = found.steps.filter(kind=Step.Kind.WANTED).select_related("party").order_by("at", "pk")
    return link_form(
        request,
        form,
        act,
        done=lambda: f"What you want is on record.\n{told_parties(found.parties, by.acting)}",
        title=f"{capital(found.name)}: {found.subject}",
        caption=by.title,
        facts=[
            ("Level", present(found).label),
            *(
                (f"{step.party.name} wants", shortened(step.text, LONGEST_SHOWN))
                for step in said[:20]
            ),
        ],
        button="Say what we want",
        lead="" if found.is_open else "It is closed: nothing more is asked of you.",
    )
