"""The clauses of the draft, one page each."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from agreements.core.parties import parties_of
from agreements.core.reached import newest_of, page_of, steps
from agreements.core.words import blank_labels, bound_to
from agreements.drafting.forms.text import ClauseForm, RemoveForm
from agreements.drafting.pages.clause import Conflict, conflict_of, preview_of
from agreements.drafting.services.arranging import add_clause, move_clause, remove_clause
from agreements.drafting.services.editing import EditedMeanwhile, edit_clause
from agreements.models import ClauseText, Version
from house.refusals import NotYours, Refused
from parties.acting import acting_of
from web.carrying_out import carried_out, show_refusal

GONE = (
    "Somebody removed this clause while you were editing it. Your text is below: save it to add it "
    "as a new clause, or cancel."
)


def edit(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """One clause. What somebody else saved meanwhile is shown beside one's own words."""
    version = newest_of(request, reference)
    text = _text_of(version, key)
    if text is None:
        return _gone(request, version, key)
    if request.method != "POST" and not version.is_draft:
        return redirect(page_of(version))
    if "keep_theirs" in request.POST:
        return _back_to(reference, key, "kept")
    form = _form(version, request, text)
    if "preview" in request.POST or not form.is_valid():
        return _show(request, version, form, text)
    edit_no = form.cleaned_data["edit_no"]
    try:
        edit_clause(by=acting_of(request), text=text, edit_no=edit_no, **form.changes())
    except EditedMeanwhile as meanwhile:
        conflict = conflict_of(meanwhile.theirs, form.changes(), form.sides)
        form = form.to_go_on_from(meanwhile.theirs.edit_no)
        return _show(request, version, form, text, conflict)
    except Refused as refusal:
        show_refusal(form, refusal)
        return _show(request, version, form, text)
    return _back_to(reference, key, "saved")


def add(request: HttpRequest, reference: str) -> HttpResponse:
    """A new clause below another one (`?below=`), or at the end."""
    version = newest_of(request, reference)
    if request.method != "POST" and not version.is_draft:
        return redirect(page_of(version))
    below = _text_of(version, request.POST.get("below") or request.GET.get("below", ""))
    form = _form(version, request)
    if "preview" in request.POST or not form.is_valid():
        return _show(request, version, form, below=below)
    try:
        made = add_clause(by=acting_of(request), version=version, after=below, **form.changes())
    except Refused as refusal:
        show_refusal(form, refusal)
        return _show(request, version, form, below=below)
    return _back_to(reference, made.clause.key, "added")


def move(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """One place up or down; the page comes back where the clause is now."""
    version = newest_of(request, reference)
    text = _text_of(version, key)
    if text is None:
        raise Http404
    places = -1 if request.POST.get("way") == "up" else 1
    try:
        move_clause(by=acting_of(request), text=text, places=places)
    except NotYours:
        raise
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect(page_of(version))
    return _back_to(reference, key, "moved")


def remove(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Says what removing the clause means, and asks."""
    version = newest_of(request, reference)
    text = _text_of(version, key)
    if text is None or (request.method != "POST" and not version.is_draft):
        messages.info(request, "This clause is not in the draft now.")
        return redirect(page_of(version))
    form = RemoveForm(request.POST or None, initial={"edit_no": text.edit_no})

    def act(edit_no: int) -> None:
        remove_clause(by=acting_of(request), text=text, edit_no=edit_no)

    if carried_out(request, form, act):
        done = f"The clause “{text.heading}” was removed.\nIts history keeps its words."
        messages.success(request, done)
        return redirect(page_of(version))
    if form.errors:
        form = form.to_go_on_from(text.edit_no)
    context = {"form": form, "text": text, "way": steps(version.agreement, version)}
    return render(request, "agreements/clause_remove.jinja", context)


def _text_of(version: Version, key: str) -> ClauseText | None:
    found = version.texts.select_related("clause", "version__agreement", "edited_by__person")
    return found.filter(clause__key=key).first()


def _form(version: Version, request: HttpRequest, text: ClauseText | None = None) -> ClauseForm:
    sides = {party.slot: party.name for party in parties_of(version.agreement)}
    return ClauseForm(request.POST or None, text=text, sides=sides)


def _show(
    request: HttpRequest,
    version: Version,
    form: ClauseForm,
    text: ClauseText | None = None,
    conflict: Conflict | None = None,
    below: ClauseText | None = None,
    action: str = "",
) -> HttpResponse:
    """The clause's page; `action` is where the form goes, if not to the page itself."""
    labels = blank_labels(version.agreement, parties_of(version.agreement))
    key = text.clause.key if text else below.clause.key if below else ""
    context = {
        "form": form,
        "text": text,
        "below": below,
        "bound": bound_to(text) if text else "",
        "conflict": conflict,
        "action": action,
        "preview": preview_of(request.POST, labels) if "preview" in request.POST else None,
        "cancel": f"{page_of(version)}#clause-{key}" if key else page_of(version),
        "way": steps(version.agreement, version),
    }
    return render(request, "agreements/clause.jinja", context)


def _gone(request: HttpRequest, version: Version, key: str) -> HttpResponse:
    """The clause is not in the draft: what somebody typed meanwhile is not lost."""
    if not version.agreement.clauses.filter(key=key).exists():
        raise Http404
    if request.method != "POST":
        messages.info(request, "This clause is not in the draft now.")
        return redirect(page_of(version))
    form = _form(version, request)
    form.add_error(None, GONE)
    action = reverse("agreements:clause_add", args=[version.agreement.reference])
    return _show(request, version, form, action=action)


def _back_to(reference: str, key: str, done: str) -> HttpResponse:
    """The draft, where the clause is now, with a word for what was done to it."""
    page = reverse("agreements:text", args=[reference])
    return redirect(f"{page}?{done}={key}#clause-{key}")
