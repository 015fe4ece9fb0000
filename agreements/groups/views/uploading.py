"""A list of organisations to send to: what was understood is shown before any of it is taken."""

from __future__ import annotations

import csv
from io import StringIO
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from agreements.groups.forms.preparing import TakeForm, blanks_of
from agreements.groups.pages.frame import way_to
from agreements.groups.reading import ReceiverList, from_data, read_receivers
from agreements.groups.services import preparing
from agreements.groups.views.preparing import page_of
from agreements.groups.views.reached import open_to_change
from agreements.models import Issue
from documents.storage import attachment
from house.refusals import Refused
from nhsuk.words import plural
from parties.acting import acting_of
from parties.forms.uploads import UploadForm
from parties.models import Organisation
from parties.services.lists import Taken
from web.carrying_out import carried_out, posted, show_refusal
from web.kept_lists import kept, kept_in

MOST_SHOWN = 100


def upload(request: HttpRequest, key: UUID) -> HttpResponse:
    """A list from Excel or CSV: what it means is shown before any of it is taken."""
    issue = open_to_change(request, key)
    if "list" in request.POST:
        return _take(request, issue)
    form = posted(request, UploadForm)
    if request.method == "POST" and form.is_valid():
        try:
            sender: Organisation = acting_of(request).on_behalf_of
            read = read_receivers(form.cleaned_data["file"], issue, sender)
            return _understood(request, issue, read, kept(read.as_data(), _salt(request, issue)))
        except Refused as refusal:
            show_refusal(form, refusal)
    context = {"form": form, "issue": issue, "cancel": page_of(issue), "way": way_to(issue)}
    return render(request, "agreements/group_upload.jinja", context, status=form.http_status)


def _take(request: HttpRequest, issue: Issue) -> HttpResponse:
    data = kept_in(request, _salt(request, issue))
    if data is None:
        return redirect(request.path)
    read, form, taken = from_data(data), TakeForm(request.POST), list[Taken]()

    def take() -> None:
        by = acting_of(request)
        taken.append(preparing.add_lines(by=by, issue=issue, lines=read.lines))

    if carried_out(request, form, take):
        new, known = taken[0].new, taken[0].known
        again = f"\n{plural(known, 'row')} told of one that was on it." if known else ""
        messages.success(request, f"{plural(new, 'organisation')} added to the list.{again}")
        return redirect(page_of(issue))
    return _understood(request, issue, read, request.POST["list"], form)


def _understood(
    request: HttpRequest, issue: Issue, read: ReceiverList, held: str, form: TakeForm | None = None
) -> HttpResponse:
    form = form or TakeForm()
    context = {
        "form": form,
        "issue": issue,
        "read": read,
        "kept": held,
        "shown": read.lines[:MOST_SHOWN],
        "more": max(0, len(read.lines) - MOST_SHOWN),
        "cancel": request.path,
        "way": way_to(issue),
    }
    return render(request, "agreements/group_understood.jinja", context, status=form.http_status)


def _salt(request: HttpRequest, issue: Issue) -> str:
    """A list is its reader's alone, for this group."""
    return f"agreements.group:{acting_of(request).who.pk}:{issue.pk}"


def sample(request: HttpRequest, key: UUID) -> HttpResponse:
    """A list to fill in. The mark at its beginning tells Excel which letters these are."""
    issue = open_to_change(request, key)
    blanks = [blank.label for blank in blanks_of(issue)]
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(["Organisation", "ODS code", "Commissioner", "Contact", "E-mail", "Job title",
                     *blanks])  # fmt: skip
    writer.writerow(["An Example Surgery", "A99999", acting_of(request).on_behalf_of.name,
                     "Ada Analyst", "ada.analyst@example.nhs.uk", "Practice manager",
                     *["" for _ in blanks]])  # fmt: skip
    data = text.getvalue().encode("utf-8-sig")
    return attachment(data, name="group.csv", content_type="text/csv; charset=utf-8")
