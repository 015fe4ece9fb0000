"""The dates of a body: its list, bringing new ones, and how long before its papers are due."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from agreements.planning.bodies import diary_of
from agreements.planning.forms import DatesForm, KeepDatesForm, PapersForm
from agreements.planning.rules import Meeting, papers_day
from deadlines.holidays import bank_holidays
from house.refusals import Refused
from nhsuk.words import plural
from parties.acting import acting_of
from parties.models import Body
from parties.services import diaries
from parties.services.lists import Taken
from parties.services.meeting_dates import as_data, from_data
from web.carrying_out import act_at_once, carried_out, posted, save_form, show_refusal
from web.kept_lists import kept, kept_in
from web.way import Steps


def dates(request: HttpRequest, pk: int) -> HttpResponse:
    """When the body meets, and by when its papers are due."""
    body, by = _body(request, pk), acting_of(request)
    diary, holidays = diary_of(body), bank_holidays()
    rows = [
        (each, papers_day(Meeting(each.on, each.papers_by), diary, holidays),
         diary.closed_on(each.on))
        for each in body.meetings.filter(on__in=[meeting.on for meeting in diary.meetings])
    ]  # fmt: skip
    context = {
        "body": body,
        "rows": rows,
        "diary": diary,
        "may_keep": diaries.may_keep(by, body),
        "way": _way(request),
    }
    return render(request, "agreements/body_dates.jinja", context)


def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Dates that are typed, pasted or uploaded: what they mean is shown before they are kept."""
    body = _body(request, pk)
    if "list" in request.POST:
        return _keep(request, body)
    form = posted(request, DatesForm)
    if request.method == "POST" and form.is_valid():
        try:
            found = form.lines()
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            listed = KeepDatesForm(kept(as_data(found), _salt(request, body)))
            return _understood(request, body, listed, as_data(found))
    context = {"body": body, "form": form, "way": _way(request, body), "cancel": _to(body)}
    return render(request, "agreements/body_dates_add.jinja", context, status=form.http_status)


def _keep(request: HttpRequest, body: Body) -> HttpResponse:
    data = kept_in(request, _salt(request, body))
    if data is None:
        return redirect(request.path)
    form, taken = KeepDatesForm(request.POST), list[Taken]()

    def act(**_: object) -> None:
        by = acting_of(request)
        taken.append(diaries.keep_dates(by=by, body=body, meetings=from_data(data)))

    if carried_out(request, form, act):
        new, known = taken[0].new, taken[0].known
        there = f"\n{plural(known, 'date was', 'dates were')} there already." if known else ""
        said = f"{plural(new, 'date was', 'dates were')} kept.{there}"
        messages.success(request, f"{said}\nWhat follows for agreements is planned anew.")
        return redirect(_to(body))
    return _understood(request, body, form, data)


def _understood(
    request: HttpRequest, body: Body, form: KeepDatesForm, data: list[tuple[str, str]]
) -> HttpResponse:
    diary, holidays = diary_of(body), bank_holidays()
    lines = from_data(data)
    there = {meeting.on: meeting.papers_by for meeting in diary.meetings}
    rows = [
        (each, papers_day(Meeting(*each), diary, holidays), diary.closed_on(each.on),
         each.on in there and there[each.on] == each.papers_by)
        for each in lines
    ]  # fmt: skip
    context = {
        "body": body, "form": form, "rows": rows, "cancel": request.path,
        "way": _way(request, body),
    }  # fmt: skip
    return render(
        request, "agreements/body_dates_understood.jinja", context, status=form.http_status
    )


def remove(request: HttpRequest, pk: int, meeting_pk: int) -> HttpResponse:
    body = _body(request, pk)
    meeting = get_object_or_404(body.meetings.select_related("body"), pk=meeting_pk)
    return act_at_once(
        request,
        partial(diaries.remove_date, by=acting_of(request), meeting=meeting),
        done="The date was taken out.\nWhat follows for agreements is planned anew.",
        to=_to(body),
    )


def papers(request: HttpRequest, pk: int) -> HttpResponse:
    """How long before a meeting its papers are due."""
    body = _body(request, pk)
    unit = "working" if body.papers_in_working_days else "plain"

    def act(days: int | None, unit: str) -> None:
        diaries.say_papers_time(
            by=acting_of(request), body=body, days=days, in_working_days=unit == "working"
        )

    return save_form(
        request,
        posted(request, PapersForm, initial={"days": body.papers_days, "unit": unit}),
        act,
        done=lambda _: "It was saved.\nWhat follows for agreements is planned anew.",
        to=_to(body),
        title="When are papers due?",
        caption=body.name,
        way=_way(request, body),
    )


def _body(request: HttpRequest, pk: int) -> Body:
    """A body that decides for the reader's organisation."""
    found: Body = get_object_or_404(acting_of(request).on_behalf_of.bodies.distinct(), pk=pk)
    return found


def _to(body: Body) -> str:
    return reverse("planning:dates", args=[body.pk])


def _way(request: HttpRequest, body: Body | None = None) -> Steps:
    own = acting_of(request).on_behalf_of
    page = reverse("parties:organisation", args=[own.pk])
    way = [("Organisations", reverse("parties:list")), (own.name, page)]
    return [*way, (f"Meetings of {body.name}", _to(body))] if body else way


def _salt(request: HttpRequest, body: Body) -> str:
    """The dates are their reader's alone, for this body."""
    return f"planning.dates:{acting_of(request).who.pk}:{body.pk}"
