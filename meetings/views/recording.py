"""Writing down what happened at a meeting: of a scheduled one, of one held elsewhere, and anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from commitments.forms import NewActionForm
from commitments.models import Action
from house.refusals import Refused
from meetings.forms.recording import (
    ROWS,
    AccountForm,
    CorrectForm,
    ElsewhereForm,
    action_rows,
)
from meetings.models import Meeting, Series
from meetings.presenters.lists import meeting_page, series_page
from meetings.presenters.words import title_of, when
from meetings.queries.choices import owners_for
from meetings.queries.people import likely_people
from meetings.rules.who import require_recorder
from meetings.services.correcting import correct_record
from meetings.services.recording import agree_action, record_elsewhere, record_meeting
from meetings.views.account import account_of, agreed_from
from meetings.views.meanwhile import gone_on
from meetings.views.reached import meeting_of, series_of, told_others, way_to_meeting, way_to_series
from parties.acting import acting_of
from web.carrying_out import show_refusal


def record(request: HttpRequest, key: UUID) -> HttpResponse:
    """What happened at a scheduled meeting."""
    meeting, acting = meeting_of(request, key), acting_of(request)
    require_recorder(acting, meeting.series)
    people = likely_people(meeting.series, acting)

    def save(form: AccountForm, rows: BaseFormSet[Any]) -> Meeting:
        account = account_of(form, rows, meeting.series)
        return record_meeting(by=acting, meeting=meeting, account=account)

    return _record(
        request, meeting.series, lambda data: AccountForm(data, people=people), save,
        title="Record what happened", caption=title_of(meeting), cancel=meeting_page(meeting),
        way=way_to_meeting(meeting),
    )  # fmt: skip


def elsewhere(request: HttpRequest, key: UUID) -> HttpResponse:
    """A meeting that was held without having been called here, in one form."""
    series, acting = series_of(request, key), acting_of(request)
    require_recorder(acting, series)
    people = likely_people(series, acting)

    def save(form: AccountForm, rows: BaseFormSet[Any]) -> Meeting:
        said = {name: form.cleaned_data[name] for name in ("day", "place", "key")}
        account = account_of(form, rows, series)
        return record_elsewhere(by=acting, series=series, account=account, **said)

    return _record(
        request, series, lambda data: ElsewhereForm(data, people=people), save,
        title="Record a meeting held elsewhere", caption=series.name, cancel=series_page(series),
        way=way_to_series(series),
    )  # fmt: skip


def correct(request: HttpRequest, key: UUID) -> HttpResponse:
    """The record anew; its actions have pages of their own."""
    meeting, acting = meeting_of(request, key), acting_of(request)
    require_recorder(acting, meeting.series)
    people = likely_people(meeting.series, acting)
    form = CorrectForm.of(meeting, request.POST or None, people)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("day", "edit_no")}
        account = account_of(form, None, meeting.series)
        try:
            changed = correct_record(by=acting, meeting=meeting, account=account, **said)
        except Refused as refusal:
            show_refusal(form, refusal)
            form = gone_on(form, refusal, lambda now, data: CorrectForm.of(now, data, people))
        else:
            told = told_others(meeting.series, acting)
            done = f"The record is corrected.\n{told}" if changed else "Nothing was changed."
            messages.success(request, done)
            return redirect(meeting_page(meeting))
    context = {
        "title": "Correct the record",
        "caption": title_of(meeting),
        "lead": "The other parties are told, and asked to confirm the record again.",
        "form": form,
        "cancel": meeting_page(meeting),
        "way": way_to_meeting(meeting),
    }
    return render(request, "form.jinja", context)


def action(request: HttpRequest, key: UUID) -> HttpResponse:
    """One more action that the meeting agreed."""
    meeting, acting = meeting_of(request, key), acting_of(request)
    require_recorder(acting, meeting.series)
    form = NewActionForm(request.POST or None, owners=owners_for(meeting.series, acting))
    if request.method == "POST" and form.is_valid():
        agreed = agreed_from(form.cleaned_data, meeting.series)
        try:
            made = agree_action(by=acting, meeting=meeting, agreed=agreed)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _added(made, told_others(meeting.series, acting)))
            return redirect(f"{meeting_page(meeting)}#actions")
    context = {
        "title": "Add an action",
        "caption": title_of(meeting),
        "form": form,
        "button": "Add the action",
        "cancel": meeting_page(meeting),
        "way": way_to_meeting(meeting),
    }
    return render(request, "form.jinja", context)


def _record(
    request: HttpRequest,
    series: Series,
    form_of: Callable[[Any], AccountForm],
    save: Callable[[AccountForm, BaseFormSet[Any]], Meeting],
    **context: object,
) -> HttpResponse:
    data, owners = request.POST or None, owners_for(series, acting_of(request))
    more = ROWS if "more" in request.POST else 0
    form, rows = form_of(data), action_rows(data, owners, more=more)
    if more:
        _not_judged_yet(form, rows)
    elif data and all([form.is_valid(), rows.is_valid()]):
        try:
            meeting = save(form, rows)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            return _recorded(request, meeting)
    return render(request, "meetings/record.jinja", {"form": form, "rows": rows, **context})


def _not_judged_yet(form: AccountForm, rows: BaseFormSet[Any]) -> None:
    """Whoever asks for more rows is still typing: nothing is called wrong yet."""
    for each in (form, *rows.forms):
        each.not_judged_yet()


def _recorded(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    told = told_others(meeting.series, acting_of(request))
    done = f"The meeting on {when(meeting)} is recorded.\n{told}"
    messages.success(request, f"{done}\nNext: they confirm the record.")
    return redirect(meeting_page(meeting))


def _added(made: Action, told: str) -> str:
    return f"Action {made.number} is recorded.\n{told}"
