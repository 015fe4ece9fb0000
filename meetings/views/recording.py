"""Writing down what happened at a meeting: of a scheduled one, of one held elsewhere, and anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from commitments.choices import owner_from
from commitments.forms import NewActionForm
from commitments.models import Action
from house.refusals import Refused
from meetings.forms.recording import (
    ROWS,
    AccountForm,
    CorrectForm,
    ElsewhereForm,
    action_rows,
    filled_in,
)
from meetings.models import Meeting, Series
from meetings.presenters.lists import meeting_page
from meetings.presenters.words import when
from meetings.queries.choices import owners_for
from meetings.queries.people import likely_people
from meetings.queries.sides import organisations_in, parties_in
from meetings.rules.who import require_recorder
from meetings.services.correcting import correct_record
from meetings.services.recording import (
    Account,
    Agreed,
    agree_action,
    record_elsewhere,
    record_meeting,
)
from meetings.views.reached import about_meeting, about_series, meeting_of, series_of, told_others
from parties.acting import acting_of
from parties.models import Person
from web.carrying_out import posted, save_form, show_refusal
from web.way import About


def record(request: HttpRequest, key: UUID) -> HttpResponse:
    """What happened at a scheduled meeting."""
    meeting, acting = meeting_of(request, key), acting_of(request)
    require_recorder(acting, meeting.series)
    people = likely_people(meeting.series, acting)

    def save(form: AccountForm, rows: BaseFormSet[Any]) -> Meeting:
        account = _account(form, rows, meeting.series)
        return record_meeting(by=acting, meeting=meeting, account=account)

    return _record(
        request, meeting.series, lambda data: AccountForm(data, people=people), save,
        title="Record what happened", about=about_meeting(meeting),
    )  # fmt: skip


def elsewhere(request: HttpRequest, key: UUID) -> HttpResponse:
    """A meeting that was held without having been called here, in one form."""
    series, acting = series_of(request, key), acting_of(request)
    require_recorder(acting, series)
    people = likely_people(series, acting)

    def save(form: AccountForm, rows: BaseFormSet[Any]) -> Meeting:
        said = {name: form.cleaned_data[name] for name in ("day", "place", "key")}
        account = _account(form, rows, series)
        return record_elsewhere(by=acting, series=series, account=account, **said)

    return _record(
        request, series, lambda data: ElsewhereForm(data, people=people), save,
        title="Record a meeting held elsewhere", about=about_series(series),
    )  # fmt: skip


def correct(request: HttpRequest, key: UUID) -> HttpResponse:
    """The record anew; its actions have pages of their own."""
    meeting, acting = meeting_of(request, key), acting_of(request)
    require_recorder(acting, meeting.series)
    people = likely_people(meeting.series, acting)
    form = CorrectForm.of(meeting, request.POST or None, people)

    def act(day: date, edit_no: int, **_: object) -> str:
        account = _account(form, None, meeting.series)
        if not correct_record(
            by=acting, meeting=meeting, edit_no=edit_no, day=day, account=account
        ):
            return "Nothing was changed."
        return f"The record is corrected.\n{told_others(meeting.series, acting)}"

    return save_form(
        request,
        form,
        act,
        done=str,
        title="Correct the record",
        lead="The other parties are told, and asked to confirm the record again.",
        **about_meeting(meeting),
    )


def action(request: HttpRequest, key: UUID) -> HttpResponse:
    """One more action that the meeting agreed."""
    meeting, acting = meeting_of(request, key), acting_of(request)
    require_recorder(acting, meeting.series)

    def agree(**said: Any) -> Action:
        return agree_action(by=acting, meeting=meeting, agreed=_agreed(said, meeting.series))

    return save_form(
        request,
        posted(request, NewActionForm, owners=owners_for(meeting.series, acting)),
        agree,
        done=lambda made: (
            f"Action {made.number} is recorded.\n{told_others(meeting.series, acting)}"
        ),
        leads_to=lambda _: f"{meeting_page(meeting)}#actions",
        title="Add an action",
        button="Add the action",
        **about_meeting(meeting),
    )


def _record(
    request: HttpRequest,
    series: Series,
    form_of: Callable[[Any], AccountForm],
    save: Callable[[AccountForm, BaseFormSet[Any]], Meeting],
    *,
    title: str,
    about: About,
) -> HttpResponse:
    data, owners = request.POST or None, owners_for(series, acting_of(request))
    more = ROWS if "more" in request.POST else 0
    form, rows = form_of(data), action_rows(data, owners, more=more)
    if more:  # somebody who asks for rows is still typing: nothing is called wrong yet
        for each in (form, *rows.forms):
            each.not_judged_yet()
    elif data and all([form.is_valid(), rows.is_valid()]):
        try:
            meeting = save(form, rows)
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            return _recorded(request, meeting)
    context = {"form": form, "rows": rows, "title": title, "cancel": about["to"], **about}
    return render(request, "meetings/record.jinja", context)


def _recorded(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    told = told_others(meeting.series, acting_of(request))
    done = f"The meeting on {when(meeting)} is recorded.\n{told}"
    messages.success(request, f"{done}\nNext: they confirm the record.")
    return redirect(meeting_page(meeting))


def _account(form: AccountForm, rows: BaseFormSet[Any] | None, series: Series) -> Account:
    """Who came, notes and actions, as typed in valid forms."""
    organisations = {each.pk: each for each in organisations_in(series)}
    ticked = list(form.came)
    people = Person.objects.in_bulk([person for _, person in ticked])
    return Account(
        notes=form.cleaned_data["notes"],
        came=[(organisations[organisation], people[person]) for organisation, person in ticked],
        others=form.cleaned_data["others"],
        agreed=[_agreed(each, series) for each in filled_in(rows)] if rows else [],
    )


def _agreed(said: dict[str, Any], series: Series) -> Agreed:
    """An action as a form has it."""
    owner, person = owner_from(said["owner"], parties_in(series))
    return Agreed(
        said["what"], owner, person=person, due_on=said["due_on"], details=said.get("details", "")
    )
