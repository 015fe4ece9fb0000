"""What was done: recorded for one time or for all standing commitments, read, and judged."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from agreements.core.reached import agreement_of
from commitments.models import Commitment, Occurrence
from commitments.owed import words
from commitments.owed.forms.asking import StandingForm, TimetableForm
from commitments.owed.forms.done import DoneForm
from commitments.owed.pages.agreement import own_standing
from commitments.owed.reading import owed_under
from commitments.owed.rights import require_work_on
from commitments.owed.services.occurrences import (
    answer_standing,
    record_occurrence,
    record_standing,
)
from commitments.owed.services.timetable import keep_timetable
from commitments.owed.views.reached import (
    about,
    commitment_of,
    day_in,
    shows,
    way_to_list,
)
from commitments.owed.words import list_of
from commitments.rules import require_recorder
from nhsuk.dates import day
from nhsuk.words import plural
from parties.acting import acting_of
from web.carrying_out import posted, save_form


def record(request: HttpRequest, key: UUID, first: str, number: int) -> HttpResponse:
    """What was done of one time that it was owed."""
    commitment, acting, on = commitment_of(request, key), acting_of(request), day_in(first)
    require_work_on(acting, commitment)
    owed = owed_under([commitment.agreement], acting)[commitment.agreement_id]
    of = (each for each in owed if each.commitment.pk == commitment.pk)
    due = next((d for each in of for d in each.dues if (d.first, d.number) == (on, number)), None)
    if due is None:
        raise Http404
    title = f"{commitment.what}: record what was done, due {day(due.on)}"
    act = partial(record_occurrence, by=acting, commitment=commitment, first=on, number=number)
    return _record(request, commitment, title, act)


def report(request: HttpRequest, key: UUID) -> HttpResponse:
    """What was done for a standing commitment."""
    commitment, acting = commitment_of(request, key), acting_of(request)
    require_work_on(acting, commitment)
    act = partial(record_standing, by=acting, commitment=commitment)
    return _record(request, commitment, f"{commitment.what}: say what was done", act)


def _record(
    request: HttpRequest, commitment: Commitment, title: str, act: partial[Occurrence]
) -> HttpResponse:
    acting = acting_of(request)
    known = shows(commitment.agreement, acting)
    form = DoneForm(request.POST or None, request.FILES or None, commitment=commitment, shows=known)
    form.asks = acting

    def carry_out(**_: object) -> Occurrence:
        made = act(said=form.said())
        form.taken()
        return made

    return save_form(
        request,
        form,
        carry_out,
        done=lambda _: "It is recorded.\nAnother party may say that it is not right.",
        template="agreements/document_form.jinja",
        title=title,
        button="Record it",
        agreement=commitment.agreement,
        **about(commitment),
    )


def standing(request: HttpRequest, reference: str) -> HttpResponse:
    """All standing commitments of the reader's party at once: at the meeting and the review."""
    agreement, acting = agreement_of(request, reference), acting_of(request)
    require_recorder(acting, agreement)
    found = owed_under([agreement], acting)[agreement.pk]
    form = posted(request, StandingForm, asked=own_standing(agreement, found, acting))

    def answer(**_: object) -> list[Occurrence]:
        return answer_standing(by=acting, agreement=agreement, answers=form.answers())

    return save_form(
        request,
        form,
        answer,
        done=lambda made: (
            f"You answered for {plural(len(made), 'commitment')}.\nThe other parties "
            "read it on the page of each."
        ),
        template="commitments/owed_standing.jinja",
        to=list_of(agreement),
        title="Say what was done for standing commitments",
        caption=agreement.full_title,
        asked=form.asked,
        words=words,
        way=way_to_list(agreement),
    )


def timetable(request: HttpRequest, key: UUID) -> HttpResponse:
    """For which days it is owed by when."""
    commitment, acting = commitment_of(request, key), acting_of(request)
    require_recorder(acting, commitment.agreement)
    form = posted(request, TimetableForm)

    def act(**_: object) -> int:
        return keep_timetable(by=acting, commitment=commitment, lines=form.lines(commitment))

    return save_form(
        request,
        form,
        act,
        done=lambda many: f"The timetable is kept, with {plural(many, 'new line')}.",
        title="Bring the timetable",
        lead="What is due after today follows these lines from now on. What was due until today "
        "stays as it was. If one line is wrong, none is kept.",
        button="Keep the timetable",
        **about(commitment),
    )
