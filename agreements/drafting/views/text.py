"""The draft: its text with what is missing, and its blanks."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from agreements.core.reached import newest_of, page_of, steps
from agreements.drafting.forms.text import BlanksForm
from agreements.drafting.pages.draft import Draft
from agreements.drafting.services.editing import fill_blanks
from nhsuk.words import plural
from parties.acting import acting_of
from web.carrying_out import carried_out


def draft(request: HttpRequest, reference: str) -> HttpResponse:
    """The draft as a document; while there is none, the newest version takes its place."""
    version = newest_of(request, reference)
    if not version.is_draft:
        return redirect(page_of(version))
    page = Draft(version, acting_of(request))
    clauses = page.clauses(request.GET.dict())
    context = {
        "draft": page,
        "clauses": clauses,
        "index": page.contents(clauses),
        "way": steps(version.agreement),
    }
    return render(request, "agreements/draft.jinja", context)


def blanks(request: HttpRequest, reference: str) -> HttpResponse:
    """A box for each blank that is open in the text."""
    version = newest_of(request, reference)
    if request.method != "POST" and not version.is_draft:
        return redirect(page_of(version))
    page = Draft(version, acting_of(request))
    hints = {b.key: b.hint for b in version.agreement.template_version.typed_blanks}
    form = BlanksForm(request.POST or None, keys=page.open_blanks, labels=page.labels, hints=hints)
    filled = [key for key in page.open_blanks if request.POST.get(key, "").strip()]

    def save(**values: str) -> None:
        fill_blanks(by=acting_of(request), version=version, values=values)

    if carried_out(request, form, save):
        left = len(page.open_blanks) - len(filled)
        are = "is" if left == 1 else "are"
        next_step = f"{plural(left, 'blank')} {are} still open." if left else "None is open now."
        messages.success(request, f"{plural(len(filled), 'blank')} filled in.\n{next_step}")
        return redirect("agreements:text", reference)
    context = {"form": form, "draft": page, "way": steps(version.agreement, version)}
    return render(request, "agreements/blanks.jinja", context)
