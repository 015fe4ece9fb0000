"""What was recorded: read, judged by another side, taken back; its file and its table."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from agreements.core.confirming import ConfirmationForm, require_other_side
from agreements.core.parties import side_of
from agreements.core.telling import told_others
from commitments.owed import words
from commitments.owed.figures import as_workbook
from commitments.owed.pages.commitment import OccurrencePage
from commitments.owed.rights import require_undo
from commitments.owed.services.judging import occurrence_in_error, say_of_occurrence
from commitments.owed.views.reached import about_said, occurrence_of, way_to
from documents.office import TYPES
from documents.storage import attachment, download
from parties.acting import acting_of
from web.carrying_out import ReasonForm, posted, save_form


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
