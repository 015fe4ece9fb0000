"""People from a list: what was understood is shown before anything is written or sent."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from documents.storage import attachment
from house.refusals import Refused
from nhsuk.words import plural
from parties.acting import acting_of
from parties.forms.uploads import TakeListForm, UploadForm
from parties.models import Organisation
from parties.services.list_of_people import PeopleList, from_data, read_people
from parties.services.lists import Taken
from parties.services.uploading import Meaning, meanings_of, take_people
from parties.views.common import back_to, own_organisation, page_of
from web.carrying_out import carried_out, posted, show_refusal
from web.kept_lists import kept, kept_in

# So many rows are shown of what was understood.
MOST_SHOWN = 100
MOST_ASKED = 50
SAMPLE = (
    ("Name", "E-mail", "Post", "Roles"),
    ("Ada Analyst", "ada.analyst@example.nhs.uk", "Quality analyst", "Editor"),
    ("Bob Builder", "", "Estates lead", ""),
    ("Cleo Chair", "cleo.chair@example.nhs.uk", "Chair", "Signatory, Viewer"),
)
TOO_MANY = (
    f"More than {MOST_ASKED} rows have an address that somebody of another name has here. "
    "Correct the names or addresses, and upload the file again."
)


def upload(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = own_organisation(request, pk)
    if "list" in request.POST:
        return _take(request, organisation)
    form = posted(request, UploadForm)
    if request.method == "POST" and form.is_valid():
        try:
            read = read_people(form.cleaned_data["file"])
            meanings = meanings_of(organisation, read.lines)
            form_of_list = _asked(meanings, kept(read.as_data(), _salt(request, pk)))
            return _understood(request, organisation, form_of_list, read, meanings)
        except Refused as refusal:
            show_refusal(form, refusal)
    return _chooser(request, organisation, form)


def sample(request: HttpRequest, pk: int) -> HttpResponse:
    """A list to fill in. The mark at its beginning tells Excel which letters these are."""
    own_organisation(request, pk)
    text = StringIO()
    csv.writer(text).writerows(SAMPLE)
    data = text.getvalue().encode("utf-8-sig")
    return attachment(data, name="people.csv", content_type="text/csv; charset=utf-8")


def _take(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    data = kept_in(request, _salt(request, organisation.pk))
    if data is None:
        return redirect(request.path)
    read = from_data(data)
    meanings = meanings_of(organisation, read.lines)
    form = _asked(meanings, request.POST)
    taken: list[Taken] = []

    def take(**_: Any) -> None:
        by = acting_of(request)
        taken.append(
            take_people(by=by, organisation=organisation, lines=read.lines, meant=form.meant)
        )

    if carried_out(request, form, take):
        messages.success(request, _what_was_taken(taken[0]))
        return redirect(page_of(organisation))
    return _understood(request, organisation, form, read, meanings)


def _asked(meanings: list[Meaning], data: Any) -> TakeListForm:
    """What is asked of each line whose address somebody of another name has."""
    asked = [each for each in meanings if each.others]
    if len(asked) > MOST_ASKED:
        raise Refused(TOO_MANY)
    return TakeListForm(asked, data)


def _salt(request: HttpRequest, pk: int) -> str:
    """A list is its reader's alone, for this organisation."""
    return f"parties.list:{acting_of(request).who.pk}:{pk}"


def _understood(
    request: HttpRequest,
    organisation: Organisation,
    form: TakeListForm,
    read: PeopleList,
    meanings: list[Meaning],
) -> HttpResponse:
    context = {
        "form": form,
        "organisation": organisation,
        "read": read,
        "new": sum(each.is_new or bool(each.others) for each in meanings),
        "shown": meanings[:MOST_SHOWN],
        "more": max(0, len(meanings) - MOST_SHOWN),
        "cancel": request.path,
        "way": back_to(organisation)["way"],
    }
    return render(request, "parties/people_understood.jinja", context, status=form.http_status)


def _chooser(request: HttpRequest, organisation: Organisation, form: UploadForm) -> HttpResponse:
    context = {"form": form, "organisation": organisation, "cancel": page_of(organisation)}
    shown = context | back_to(organisation)
    return render(request, "parties/people_upload.jinja", shown, status=form.http_status)


def _what_was_taken(taken: Taken) -> str:
    new = plural(taken.new, "row of the list was", "rows of the list were")
    known = f"\n{plural(taken.known, 'row')} told nothing new." if taken.known else ""
    return f"{new} taken.{known}"
