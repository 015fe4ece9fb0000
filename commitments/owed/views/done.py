"""What was done: recorded for one time or for all standing commitments, read, and judged."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from agreements.core.confirming import ConfirmationForm, require_other_side
from agreements.core.parties import side_of
from agreements.core.reached import agreement_of
from agreements.core.telling import told_others
from commitments.models import Commitment, Occurrence
from commitments.owed import words
from commitments.owed.figures import as_workbook
from commitments.owed.forms.asking import StandingForm, TimetableForm
from commitments.owed.forms.done import DoneForm
from commitments.owed.pages.agreement import own_standing
from commitments.owed.pages.commitment import OccurrencePage
from commitments.owed.reading import owed_under
from commitments.owed.rights import require_undo, require_work_on
from commitments.owed.services.occurrences import (
    answer_standing,
    occurrence_in_error,
    record_occurrence,
    record_standing,
    say_of_occurrence,
)
from commitments.owed.services.timetable import keep_timetable
from commitments.owed.views.reached import (
    about,
    about_said,
    commitment_of,
    day_in,
    occurrence_of,
    shows,
    way_to,
    way_to_list,
)
from commitments.owed.words import list_of
from commitments.rules import require_recorder
from documents.office import TYPES
from documents.storage import attachment, download
from nhsuk.dates import day
from nhsuk.words import plural
from parties.acting import acting_of
from web.carrying_out import ReasonForm, posted, save_form


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


def said(request: HttpRequest, pk: int) -> HttpResponse:
    """What was recorded, and what shows it."""
    found = occurrence_of(request, pk)
    page = OccurrencePage(found, acting_of(request))
    context = {"page": page, "words": words, "way": way_to(found.commitment)}
    return render(request, "commitments/owed_said.jinja", context)


def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Another side says whether it is right."""
    found, acting = occurrence_of(request, pk), acting_of(request)
    agreement = found.commitment.agreement
    side_of(agreement, acting)
    require_other_side(acting, agreement, found.recorded_for_id)
    form = posted(request, ConfirmationForm, what="this record")

    def say(because: str, **_: object) -> None:
        say_of_occurrence(by=acting, said=found, agrees=form.agrees, because=because)

    return save_form(
        request,
        form,
        say,
        done=lambda _: (
            form.done if form.agrees else f"{form.done}\n{told_others(agreement, acting)}"
        ),
        title="Say whether this record is right",
        button="Send your answer",
        **about_said(found),
    )


def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """It was recorded wrongly."""
    found, acting = occurrence_of(request, pk), acting_of(request)
    require_undo(acting, found)
    return save_form(
        request,
        posted(request, ReasonForm, label="What was wrong"),
        partial(occurrence_in_error, by=acting, said=found),
        done=lambda _: "It is marked as entered in error.\nThe time is open again: record it anew.",
        title="Entered in error",
        lead="It leaves every count and stays readable with your reason. This cannot be undone.",
        button="Mark as entered in error",
        warning=True,
        **about_said(found),
    )


def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file that shows it, for whoever may see the agreement."""
    found = occurrence_of(request, pk)
    if found.file is None:
        raise Http404
    return download(found.file, name=found.file.name)


def file_as_uploaded(request: HttpRequest, pk: int) -> HttpResponse:
    """The damaged or locked file that the portal's copy was made of."""
    found = occurrence_of(request, pk)
    repair = found.file.copy_of if found.file else None
    if repair is None:
        raise Http404
    return download(repair.original, name=f"As it was uploaded, {repair.original.name}")


def table(request: HttpRequest, pk: int) -> HttpResponse:
    """The table that came with it, as an Excel workbook."""
    found = occurrence_of(request, pk)
    if not found.figures:
        raise Http404
    name = f"{found.commitment.agreement.reference}-{found.commitment.number}-{found.last}.xlsx"
    data = as_workbook(found)
    return attachment(data, name=name, content_type=TYPES["xlsx"])
