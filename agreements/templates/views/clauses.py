"""The clauses of a template's draft, one page each."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from agreements.drafting.views.clauses import GONE
from agreements.models import TemplateClause, TemplateVersion
from agreements.templates.forms.text import RemoveTemplateClauseForm, TemplateClauseForm
from agreements.templates.pages.text import ClausePage
from agreements.templates.services.text import (
    ChangedMeanwhile,
    add_template_clause,
    edit_template_clause,
    move_template_clause,
    remove_template_clause,
)
from agreements.templates.views.reached import editors_only, no_longer_a_draft, page_of, steps
from house.refusals import NotYours, Refused
from parties.acting import acting_of
from web.carrying_out import carried_out, show_refusal


@editors_only
def edit_clause(request: HttpRequest, version: TemplateVersion, key: str) -> HttpResponse:
    """One clause. What somebody else saved meanwhile is shown beside one's own words."""
    clause = _clause_of(version, key)
    if clause is None:
        return _gone(request, version, key)
    if answer := no_longer_a_draft(request, version):
        return answer
    if "keep_theirs" in request.POST:
        return _back_to(version, key, "kept")
    page = ClausePage(version, clause)
    form = TemplateClauseForm(request.POST or None, page=page)
    if "preview" in request.POST or not form.is_valid():
        return _show(request, page, form)
    return _save(request, page, form)


@editors_only
def add_clause(request: HttpRequest, version: TemplateVersion) -> HttpResponse:
    """A new clause below another one (`?below=`), or at the end."""
    if answer := no_longer_a_draft(request, version):
        return answer
    below = _clause_of(version, request.POST.get("below") or request.GET.get("below", ""))
    page = ClausePage(version)
    form = TemplateClauseForm(request.POST or None, page=page)
    if "preview" in request.POST or not form.is_valid():
        return _show(request, page, form, below=below)
    try:
        made = add_template_clause(
            by=acting_of(request), version=version, after=below, **form.changes()
        )
    except Refused as refusal:
        show_refusal(form, refusal)
        return _show(request, page, form, below=below)
    return _back_to(version, made.key, "added")


def _save(request: HttpRequest, page: ClausePage, form: TemplateClauseForm) -> HttpResponse:
    """Saves what is right; a text that somebody saved meanwhile comes back with one's own."""
    clause, edit_no = page.clause, form.cleaned_data["edit_no"]
    assert clause is not None  # noqa: S101 - the page of a new one does not come here
    try:
        edit_template_clause(
            by=acting_of(request), clause=clause, edit_no=edit_no, **form.changes()
        )
    except ChangedMeanwhile as meanwhile:
        conflict = page.conflict(meanwhile, form.changes())
        form = form.over(meanwhile.theirs.edit_no)
        return _show(request, page, form, conflict=conflict, who=meanwhile.who)
    except Refused as refusal:
        show_refusal(form, refusal)
        return _show(request, page, form)
    return _back_to(page.version, clause.key, "saved")


@editors_only
def move_clause(request: HttpRequest, version: TemplateVersion, key: str) -> HttpResponse:
    """One place up or down; the page comes back where the clause is now."""
    clause = _clause_of(version, key)
    if clause is None:
        raise Http404
    places = -1 if request.POST.get("way") == "up" else 1
    try:
        move_template_clause(by=acting_of(request), clause=clause, places=places)
    except NotYours:
        raise
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect(page_of(version))
    return _back_to(version, key, "moved")


@editors_only
def remove_clause(request: HttpRequest, version: TemplateVersion, key: str) -> HttpResponse:
    """Says what removing the clause means, and asks."""
    if answer := no_longer_a_draft(request, version):
        return answer
    clause = _clause_of(version, key)
    if clause is None:
        return _gone(request, version, key)
    sent = request.POST if request.method == "POST" else None
    form = RemoveTemplateClauseForm(sent, initial={"edit_no": clause.edit_no})

    def act(edit_no: int | None) -> None:
        remove_template_clause(by=acting_of(request), clause=clause, edit_no=edit_no)

    if carried_out(request, form, act):
        done = f"The clause “{clause.heading}” was removed from the draft."
        messages.success(request, f"{done}\nEarlier versions and agreements keep it.")
        return redirect(page_of(version))
    if form.errors:
        form = form.over(clause.edit_no)
    context = {"form": form, "clause": clause, "version": version}
    context["way"] = steps(version.template, version)
    return render(request, "templates/clause_remove.jinja", context)


def _clause_of(version: TemplateVersion, key: str) -> TemplateClause | None:
    found: TemplateClause | None = version.clauses.filter(key=key).first()
    if found is not None:
        found.version = version
    return found


def _show(
    request: HttpRequest, page: ClausePage, form: TemplateClauseForm, **more: Any
) -> HttpResponse:
    version, below = page.version, more.get("below")
    near = page.clause or below
    context = {
        "form": form,
        "page": page,
        "preview": page.preview(request.POST) if "preview" in request.POST else None,
        "cancel": f"{page_of(version)}#clause-{near.key}" if near else page_of(version),
        "way": steps(version.template, version),
        "below": below,
        "conflict": None,
        "action": "",
        **more,
    }
    return render(request, "templates/clause.jinja", context)


def _gone(request: HttpRequest, version: TemplateVersion, key: str) -> HttpResponse:
    """The clause is not in the draft: what somebody typed meanwhile is not lost."""
    if not TemplateClause.history.filter(version_id=version.pk, key=key).exists():
        raise Http404
    if "body" not in request.POST:
        messages.info(request, "This clause is not in the draft any more.")
        return redirect(page_of(version))
    page = ClausePage(version)
    form = TemplateClauseForm(request.POST, page=page)
    form.add_error(None, GONE)
    action = reverse("templates:clause_add", args=[version.template_id, version.seq])
    return _show(request, page, form, action=action)


def _back_to(version: TemplateVersion, key: str, done: str) -> HttpResponse:
    """The draft, where the clause is now, with a word for what was done to it."""
    return redirect(f"{page_of(version)}?{done}={key}#clause-{key}")
