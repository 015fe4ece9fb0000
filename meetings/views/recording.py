"""Writing down what happened at a meeting: of a scheduled one, of one held elsewhere, and anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from agreements.models import Agreement
from commitments.forms import NewActionForm
from commitments.models import Action
from commitments.queries import owner_from
from meetings.forms.recording import (
    ROWS,
    AccountForm,
    CorrectForm,
    ElsewhereForm,
    action_rows,
    filled_in,
)
from meetings.models import Attendee, Meeting, Series
from meetings.presenters.readers import everybody_of
from meetings.presenters.words import meeting_page, when
from meetings.queries.choices import likely_people, owners_for
from meetings.queries.sides import (
    agreements_at,
    agreements_of,
    organisations_of,
    parties_under,
)
from meetings.rules.who import require_recorder
from meetings.services.actions import Agreed, agree_action
from meetings.services.correcting import correct_record
from meetings.services.recording import Account, record_elsewhere, record_meeting
from meetings.views.reached import (
    about_meeting,
    about_series,
    meeting_of,
    series_of,
    told_others,
    told_under,
)
from parties.acting import Acting, acting_of
from parties.models import Person
from web.carrying_out import posted, save_form
from web.way import About

TEMPLATE = "meetings/record.jinja"


def record(request: HttpRequest, key: UUID) -> HttpResponse:
    """What happened at a scheduled meeting."""
    meeting, acting = meeting_of(request, key), acting_of(request)
    require_recorder(acting, meeting.series)
    there = agreements_at(meeting)

    def save(form: AccountForm, rows: BaseFormSet[Any]) -> Meeting:
        account = _account(form, rows, there, acting)
        return record_meeting(by=acting, meeting=meeting, account=account)

    return _record(
        request, meeting.series, there, AccountForm, save,
        title="Record what happened", about=about_meeting(meeting),
    )  # fmt: skip


def elsewhere(request: HttpRequest, key: UUID) -> HttpResponse:
    """A meeting that was held without having been called here, in one form."""
    series, acting = series_of(request, key), acting_of(request)
    require_recorder(acting, series)
    there = agreements_of(series)

    def save(form: AccountForm, rows: BaseFormSet[Any]) -> Meeting:
        said = {name: form.cleaned_data[name] for name in ("day", "place", "key")}
        account = _account(form, rows, there, acting)
        return record_elsewhere(by=acting, series=series, account=account, **said)

    return _record(
        request, series, there, ElsewhereForm, save,
        title="Record a meeting held elsewhere", about=about_series(series),
    )  # fmt: skip


def correct(request: HttpRequest, key: UUID) -> HttpResponse:
    """The record anew; its actions have pages of their own."""
    meeting, acting = meeting_of(request, key), acting_of(request)
    require_recorder(acting, meeting.series)
    there = agreements_at(meeting)
    came = list(Attendee.objects.visible_to(acting).filter(meeting=meeting))
    form = CorrectForm.of(
        meeting, came, request.POST or None,
        people=likely_people(meeting.series, there, acting), everybody=everybody_of(there),
    )  # fmt: skip

    def act(day: date, edit_no: int, **_: object) -> str:
        account = _account(form, None, there, acting)
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

    there = agreements_at(meeting)

    def agree(**said: Any) -> Action:
        return agree_action(by=acting, meeting=meeting, agreed=_agreed(said, there))

    return save_form(
        request,
        posted(request, NewActionForm, owners=owners_for(there, acting)),
        agree,
        done=lambda made: (
            f"Action {made.number} is recorded.\n{told_under([made.agreement], acting)}"
        ),
        leads_to=lambda _: f"{meeting_page(meeting)}#actions",
        title="Add an action",
        button="Add the action",
        **about_meeting(meeting),
    )


def _record(
    request: HttpRequest,
    series: Series,
    there: Sequence[Agreement],
    form_of: type[AccountForm],
    save: Callable[[AccountForm, BaseFormSet[Any]], Meeting],
    *,
    title: str,
    about: About,
) -> HttpResponse:
    data, more = request.POST or None, ROWS if "more" in request.POST else 0
    acting = acting_of(request)
    people = likely_people(series, there, acting)
    form = form_of(data, people=people, everybody=everybody_of(there))
    rows = action_rows(data, owners_for(there, acting), more=more)
    if more:  # somebody who asks for rows is still typing: nothing is called wrong yet
        for each in (form, *rows.forms):
            each.not_judged_yet()
    if more or (data and not rows.is_valid()):
        context = {"form": form, "rows": rows, "title": title, "cancel": about["to"], **about}
        return render(request, TEMPLATE, context)
    return save_form(
        request,
        form,
        lambda **_: save(form, rows),
        done=lambda meeting: (
            f"The meeting on {when(meeting)} is recorded.\n{told_others(meeting.series, acting)}\n"
            "Next: they confirm the record."
        ),
        leads_to=meeting_page,
        template=TEMPLATE,
        rows=rows,
        title=title,
        **about,
    )


def _account(
    form: AccountForm, rows: BaseFormSet[Any] | None, there: Sequence[Agreement], acting: Acting
) -> Account:
    """Who came, notes and actions, as typed in valid forms."""
    organisations = {each.pk: each for each in organisations_of(there)}
    ticked = list(form.came)
    people = Person.objects.visible_to(acting).in_bulk([person for _, person in ticked])
    return Account(
        notes=form.cleaned_data["notes"],
        came=[(organisations[organisation], people[person]) for organisation, person in ticked],
        others=form.cleaned_data["others"],
        agreed=[_agreed(each, there) for each in filled_in(rows)] if rows else [],
    )


def _agreed(said: dict[str, Any], there: Sequence[Agreement]) -> Agreed:
    """An action as a form has it."""
    owner, person = owner_from(said["owner"], parties_under(there))
    return Agreed(
        said["what"], owner, person=person, due_on=said["due_on"], details=said.get("details", "")
    )
