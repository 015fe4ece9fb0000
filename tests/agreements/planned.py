"""A body that approves for a party, with its meetings, and the sweep that plans back."""

from __future__ import annotations

from datetime import date

from django.core.management import call_command

from parties.models import Body, BodyOrganisation, Organisation
from parties.services.diaries import keep_dates
from parties.services.meeting_dates import MeetingLine
from tests.agreements.reviewed import on
from tests.cast import Cast, acting


def body_of(
    *organisations: Organisation, name: str = "Governing Body", papers_days: int | None = 20
) -> Body:
    """Its papers are due twenty working days before it meets, unless you say otherwise."""
    kind = Body.Kind.GOVERNING_BODY
    body = Body.objects.create(name=name, kind=kind, papers_days=papers_days)
    for each in organisations:
        BodyOrganisation.objects.create(body=body, organisation=each, starts_on=date(2013, 4, 1))
    return body


def meets(cast: Cast, body: Body, *days: date) -> None:
    lines = [MeetingLine(day, None) for day in days]
    keep_dates(by=acting(cast.other_manager), body=body, meetings=lines)


def sweep(day: date) -> None:
    with on(day):
        call_command("send_reminders", verbosity=0)
