"""The MoU on a page and the handover sheet, on the page and in print; the private note (X13)."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from agreements.core.parties import side_of, sides_of
from agreements.core.reached import agreement_of, steps
from agreements.sheets.cut import Cut
from agreements.sheets.forms import NoteForm
from agreements.sheets.handover import HandoverSheet
from agreements.sheets.pages import Sheet
from agreements.sheets.print import build_sheet
from agreements.sheets.queries import notes_of
from agreements.sheets.services import write_note
from agreements.sheets.sizes import SIZES
from documents.rendering import RenderingFailed
from documents.storage import attachment
from house.refusals import NotNow, NotYours
from parties.acting import acting_of
from web.carrying_out import save_form


def on_a_page(request: HttpRequest, reference: str) -> HttpResponse:
    """What each side owes, whom to ring, what is next and what is open."""
    return _shown(request, Sheet(agreement_of(request, reference), acting_of(request)))


def on_a_page_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    sheet = Sheet(agreement_of(request, reference), acting_of(request))
    return _printed(request, sheet, "agreements:on_a_page")


def handover(request: HttpRequest, reference: str) -> HttpResponse:
    """The same for the reader's own party, with its note to the successor."""
    return _shown(request, _handover(request, reference))


def handover_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    return _printed(request, _handover(request, reference), "agreements:handover")


def note(request: HttpRequest, reference: str, slot: str) -> HttpResponse:
    """Writes the note of one of the reader's own sides. Raises NotYours for another's."""
    agreement, by = agreement_of(request, reference), acting_of(request)
    party = next((each for each in agreement.sides if each.key == slot), None)
    if party is None:
        raise Http404
    if party not in sides_of(agreement, by):
        raise NotYours("Each party writes its own note to the successor.")
    form = NoteForm(request.POST or None, note=notes_of(agreement, by).get(party.pk))
    return save_form(
        request,
        form,
        lambda text, edit_no: write_note(by=by, party=party, edit_no=edit_no, text=text),
        done=lambda written: (
            f"The note is saved.\nOnly people of {party.name} see it."
            if written.text
            else "The note is taken away."
        ),
        to=reverse("agreements:handover", args=[reference]),
        title="Note to the successor",
        caption=agreement.full_title,
        way=[
            *steps(agreement),
            (HandoverSheet.kind, reverse("agreements:handover", args=[reference])),
        ],
    )


def _handover(request: HttpRequest, reference: str) -> HandoverSheet:
    """Raises NotYours for whoever holds no side: there is nothing that they would hand over."""
    agreement, acting = agreement_of(request, reference), acting_of(request)
    side_of(agreement, acting)
    return HandoverSheet(agreement, acting)


def _shown(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    context = {
        "sheet": sheet,
        "cut": Cut(sheet, SIZES[0]),
        "agreement": sheet.agreement,
        "way": steps(sheet.agreement),
    }
    return render(request, "agreements/sheet.jinja", context)


def _printed(request: HttpRequest, sheet: Sheet, page: str) -> HttpResponse:
    reference = sheet.agreement.reference
    try:
        pdf = build_sheet(sheet)
    except RenderingFailed as problem:
        if problem.passing:
            raise NotNow(problem.sentence) from problem
        messages.error(request, problem.sentence)
        return redirect(page, reference)
    name = f"{reference} {sheet.kind.lower().replace('mou', 'MoU')}.pdf"
    return attachment(pdf, name=name, content_type="application/pdf")
