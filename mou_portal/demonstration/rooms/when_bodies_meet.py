"""When a Governing Body meets, so that what it decides is planned back from its dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from agreements.planning.services import time_passed
from house import clock
from house.clock import months_after
from mou_portal.demonstration.acts import by, days_ago
from mou_portal.demonstration.people import organisation_called
from parties.models import BodyMeeting, PreElectionPeriod
from parties.services.diaries import keep_dates, period_changed, say_papers_time
from parties.services.meeting_dates import MeetingLine

SECRETARY = "Kiran Desai"
WEDNESDAY = 2


def load() -> None:
    """Unless a body has dates already."""
    if BodyMeeting.objects.exists():
        return
    body = organisation_called("Aldermoor CCG").bodies.get(kind="governing_body")
    with days_ago(40), by(SECRETARY) as kiran:
        say_papers_time(by=kiran, body=body, days=20, in_working_days=True)
        lines = [MeetingLine(on, None) for on in _first_wednesdays(15)]
        keep_dates(by=kiran, body=body, meetings=lines)
    spring = months_after(clock.today(), 4)
    period = PreElectionPeriod.objects.create(
        name="Local elections", area=organisation_called("Aldermoor CCG").area,
        starts_on=spring, ends_on=spring + timedelta(days=42),
    )  # fmt: skip
    period_changed(period)
    time_passed()


def _first_wednesdays(months: int) -> Iterator[date]:
    """Of every second month from this one on."""
    first = clock.today().replace(day=1)
    for number in range(0, months, 2):
        month = months_after(first, number)
        yield month + timedelta(days=(WEDNESDAY - month.weekday()) % 7)
