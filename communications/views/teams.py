"""A team is asked about a draft before the release; it answers by a page or by a link (D18)."""

from __future__ import annotations

import uuid
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from communications.forms.teams import AskTeamForm, TeamAnswerForm
from communications.models import Announcement, Read, TeamAsked
from communications.models.teams_asked import in_asked_team
from communications.presenters.words import called
from communications.services.reading import log_read
from communications.services.teams import (
    answer_as_team,
    answer_by_link,
    ask_team,
    asked_by,
    teams_to_ask,
)
from communications.views.reached import about, for_keepers, way
from documents.markdown import to_html
from documents.storage import download
from mail.models import SentLink
from nhsuk.components import Link
from nhsuk.dates import moment
from nhsuk.words import capital
from parties.acting import acting_of
from web.carrying_out import carried_out, posted, save_form
from web.link_forms import link_form
from web.links import gone, path_of

THANKS = "Your answer is given.\nWhoever plans the release is told."
CLOSED = "Nothing more is asked about this draft: it is released, withdrawn, or replaced."


@for_keepers
def ask_one(request: HttpRequest, announcement: Announcement) -> HttpResponse:
    """Names a team whose answer is awaited."""
    return save_form(
        request,
        posted(request, AskTeamForm, teams=teams_to_ask(announcement)),
        partial(ask_team, by=acting_of(request), announcement=announcement),
        done=lambda asked: (
            f"{asked.team} is asked.\nWe are telling the team at its shared address. To release it "
            "without its consent needs a reason."
        ),
        title="Ask a team for its answer",
        lead="For example the communications team, before a public statement. It says: no "
        "objection, please change it, or we object. It is reminded in time.",
        button="Ask the team",
        **about(announcement),
    )


def answer_one(request: HttpRequest, public_id: uuid.UUID, pk: int) -> HttpResponse:
    """The draft, for whoever is in the team, and what the team says."""
    acting = acting_of(request)
    visible = TeamAsked.objects.visible_to(acting).filter(in_asked_team(acting))
    rows = visible.select_related("announcement__owner", "draft__file", "team")
    asked = get_object_or_404(rows, pk=pk, announcement__public_id=public_id)
    form = posted(request, TeamAnswerForm) if asked.is_open else None
    if form and carried_out(request, form, partial(answer_as_team, by=acting, asked=asked)):
        messages.success(request, THANKS)
        return redirect(request.path)
    if asked.is_open:
        log_read(by=acting, draft=asked.draft, how=Read.How.VIEWED)
    context = {
        "asked": asked,
        "form": form,
        "text": to_html(asked.draft.text) if asked.is_open and asked.draft.text else None,
        "title": capital(called(asked.announcement)),
        "facts": _facts(asked),
        "way": way(),
        "closed": CLOSED,
    }
    return render(request, "communications/team_answer.jinja", context)


def team_file(request: HttpRequest, public_id: uuid.UUID, pk: int) -> HttpResponse:
    """The draft as a PDF, for whoever is in the team, while its answer is awaited."""
    acting = acting_of(request)
    visible = TeamAsked.objects.visible_to(acting).filter(in_asked_team(acting))
    rows = visible.select_related("announcement", "draft__file")
    asked = get_object_or_404(rows, pk=pk, announcement__public_id=public_id)
    answer = _file(asked)
    log_read(by=acting, draft=asked.draft, how=Read.How.DOWNLOADED)
    return answer


def answer_link(request: HttpRequest, link: SentLink) -> HttpResponse:
    """The same by the link that was sent to the team's shared address."""
    asked = asked_by(link)
    if not asked.is_open and not asked.answer:
        return gone(request, link, CLOSED)
    form = posted(request, TeamAnswerForm) if asked.is_open else None
    file = [Link("The draft (PDF)", path_of(request, "pdf"))] if asked.draft.file else []
    said = [("Draft", asked.draft.text)] if asked.is_open and asked.draft.text else []
    return link_form(
        request,
        form,
        partial(answer_by_link, link=link),
        done=lambda: THANKS,
        title=asked.announcement.title,
        caption=f"Draft {asked.draft.number}, under embargo: do not pass it on",
        facts=[*_facts(asked), *said],
        button="Give the answer",
        lead="" if form else f"Your team has answered: {asked.get_answer_display()}.",
        links=file if asked.is_open else [],
    )


def link_file(request: HttpRequest, link: SentLink) -> HttpResponse:
    return _file(asked_by(link))


def _file(asked: TeamAsked) -> HttpResponse:
    if not asked.draft.file or not asked.is_open:
        raise Http404
    return download(asked.draft.file, name=f"Draft {asked.draft.number}.pdf")


def _facts(asked: TeamAsked) -> list[tuple[str, str]]:
    announcement = asked.announcement
    answer = [("Your team said", f"{asked.get_answer_display()}. {asked.words}".strip())]
    return [
        ("From", announcement.owner.name),
        ("Planned for", moment(announcement.planned_for)),
        ("Asked for", asked.team.name),
        *(answer if asked.answer else []),
    ]
