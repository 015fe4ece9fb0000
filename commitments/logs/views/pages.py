"""The page of an entry, the workbook of a log, and how entries are recorded and put right."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from agreements.core.associated import listed
from agreements.core.reached import agreement_of
from agreements.core.telling import told_others
from agreements.models import Agreement, AssociatedDocument
from commitments.logs import words
from commitments.logs.forms import ChangeEntryForm, NewEntryForm
from commitments.logs.pages.agreement import LogList
from commitments.logs.pages.entry import EntryPage
from commitments.logs.rights import require_change
from commitments.logs.services.recording import (
    change_entry,
    close_risk,
    entry_in_error,
    record_entry,
)
from commitments.logs.table import as_workbook
from commitments.logs.views.reached import about, entry_of, entry_seen, way_home, way_to_list
from commitments.logs.words import RECORD, list_of, page_of
from commitments.models import LogEntry
from commitments.rules import require_recorder
from documents.office import TYPES
from documents.storage import attachment
from nhsuk.offers import Choices
from parties.acting import acting_of
from web.carrying_out import ReasonForm, posted, save_form

Documents = tuple[Choices, list[AssociatedDocument]]


def entry_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """What was noted, and who reads it."""
    entry: Any = entry_seen(request, key)
    page = EntryPage(entry, acting_of(request), is_own=entry.is_own)
    way = way_to_list(entry.agreement) if entry.is_own else way_home()
    return render(request, "logs/entry.jinja", {"page": page, "way": way})


def table(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """One log as an Excel workbook, narrowed as the list is."""
    agreement = agreement_of(request, reference)
    found = LogList(agreement, acting_of(request))
    wanted = found.form(request.GET).wanted | {"kind": _kind(kind)}
    rows = found.matching(wanted).prefetch_related("references")
    data = as_workbook(agreement, kind, rows)
    return attachment(data, name=f"{reference}-{kind}.xlsx", content_type=TYPES["xlsx"])


def new_entry(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """Records an entry of one kind."""
    agreement, acting = agreement_of(request, reference), acting_of(request)
    require_recorder(acting, agreement)
    offered, documents = _documents(agreement)
    form = NewEntryForm.of(request.POST or None, _kind(kind), offered)

    def record(**_: object) -> LogEntry:
        return record_entry(
            by=acting, agreement=agreement, kind=kind, said=form.said(documents),
            reference=form.own_reference(), key=form.cleaned_data["key"],
        )  # fmt: skip

    return save_form(
        request,
        form,
        record,
        done=lambda made: _done(made, f"{made.called} is recorded.", request),
        to=list_of(agreement),
        leads_to=page_of,
        title=RECORD[kind],
        caption=agreement.full_title,
        button="Record it",
        way=way_to_list(agreement),
    )


def change(request: HttpRequest, key: UUID) -> HttpResponse:
    """Puts an entry right; how it was stays readable."""
    entry, acting = entry_of(request, key), acting_of(request)
    require_change(acting, entry)
    offered, documents = _documents(entry.agreement)
    if entry.document:
        documents.append(entry.document)
    form = ChangeEntryForm.of(entry, request.POST or None, offered)

    def act(edit_no: int, **_: object) -> str:
        said = form.said(documents)
        if not change_entry(by=acting, entry=entry, said=said, edit_no=edit_no):
            return "Nothing was changed."
        return _done(entry, f"{entry.called} is changed.", request)

    return save_form(
        request, form, act, done=str, title=f"Change {entry.called.lower()}", **about(entry)
    )


def close(request: HttpRequest, key: UUID) -> HttpResponse:
    """It is no risk any more."""
    entry, acting = entry_of(request, key), acting_of(request)
    require_change(acting, entry)
    return save_form(
        request,
        posted(request, ReasonForm, label="Why it is no risk any more"),
        partial(close_risk, by=acting, entry=entry),
        done=lambda _: _done(entry, f"{entry.called} is closed.", request),
        title="Close this risk",
        button="Close the risk",
        **about(entry),
    )


def error(request: HttpRequest, key: UUID) -> HttpResponse:
    """It never should have been there."""
    entry, acting = entry_of(request, key), acting_of(request)
    require_change(acting, entry)
    done = f"{entry.called} is marked as entered in error."
    return save_form(
        request,
        posted(request, ReasonForm, label="What was wrong"),
        partial(entry_in_error, by=acting, entry=entry),
        done=lambda _: _done(entry, done, request),
        title="Entered in error",
        lead="It leaves every count and stays readable with your reason, also for those whom it "
        "was passed on to. This cannot be undone.",
        button="Mark as entered in error",
        warning=True,
        **about(entry),
    )


def _done(entry: LogEntry, done: str, request: HttpRequest) -> str:
    """Of a risk with who was told; what was learned or said the other parties read here."""
    if entry.is_risk:
        return f"{done}\n{told_others(entry.agreement, acting_of(request))}"
    return f"{done}\nThe other parties read it here."


def _kind(kind: str) -> str:
    """Raises Http404 for what is no log."""
    if kind not in words.Kind.values:
        raise Http404
    return kind


def _documents(agreement: Agreement) -> Documents:
    """What the form offers, and the documents themselves."""
    found = listed(agreement)
    offered = [(str(each.document.pk), each.title) for each in found]
    return offered, [each.document for each in found]
