"""When a body meets, and how long before that its papers are due: kept by those it serves (X11)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from django.db import transaction

from audit.services import record
from house import clock
from house.lifecycle import lock
from house.refusals import NotYours, Refused
from house.tracked import create_all, save_all
from parties.acting import Acting
from parties.models import Body, BodyMeeting, BodyOrganisation, DiaryChange, PreElectionPeriod
from parties.services.lists import Taken
from parties.services.meeting_dates import MOST, MeetingLine
from parties.who import DATE_KEEPERS

LONGEST: Final = 120  # days for papers


def keep_dates(*, by: Acting, body: Body, meetings: Sequence[MeetingLine]) -> Taken:
    """Adds the meetings; of a day that is there already the day for papers is what was said last.

    Raises Refused for more than a body can have to come. A second time changes nothing.
    """
    _must_keep(by, body)
    with transaction.atomic():
        lock(body)
        there = {each.on: each for each in body.meetings.all()}
        new = [
            BodyMeeting(body=body, on=each.on, papers_by=each.papers_by)
            for each in meetings if each.on not in there
        ]  # fmt: skip
        to_come = sum(on >= clock.today() for on in {*there, *(each.on for each in new)})
        if to_come > MOST:
            raise Refused(f"A body has at most {MOST} meetings to come.")
        changed = [each for each in meetings if _differs(each, there.get(each.on))]
        for each in changed:
            there[each.on].papers_by = each.papers_by
        create_all(new)
        save_all([there[each.on] for each in changed], ["papers_by"])
        if new or changed:
            record(by, "entered dates of a body", body, new=len(new), changed=len(changed))
            _to_plan([body.pk])
    told = len(new) + len(changed)
    return Taken(new=told, known=len(meetings) - told)


def remove_date(*, by: Acting, meeting: BodyMeeting) -> None:
    """The body does not meet on that day. What is past stays as it was."""
    _must_keep(by, meeting.body)
    with transaction.atomic():
        lock(meeting.body)
        if meeting.on < clock.today():
            raise Refused("This day has passed. Its date stays.")
        found = BodyMeeting.objects.filter(pk=meeting.pk).first()
        if found is None:
            raise Refused("Somebody took this date out already.")
        record(by, "took a date of a body out", meeting.body, on=meeting.on.isoformat())
        found.delete()
        _to_plan([meeting.body_id])


def say_papers_time(*, by: Acting, body: Body, days: int | None, in_working_days: bool) -> None:
    """How long before a meeting its papers are due, where no day is set for it alone."""
    _must_keep(by, body)
    if days is not None and days > LONGEST:
        raise Refused(f"Enter {LONGEST} days or fewer.", field="days")
    with transaction.atomic():
        body = lock(body)
        body.papers_days, body.papers_in_working_days = days or None, in_working_days
        body.save(update_fields=["papers_days", "papers_in_working_days"])
        record(by, "said when papers of a body are due", body, days=days)
        _to_plan([body.pk])


def may_keep(by: Acting, body: Body) -> bool:
    """Whether they keep the dates of the body: a secretary or MoU manager of one that it serves."""
    serves = BodyOrganisation.objects.current().filter(body=body)
    own = serves.filter(organisation=by.organisation_id or 0)
    return DATE_KEEPERS.includes(by) and bool(own.exists())


def period_changed(*periods: PreElectionPeriod) -> None:
    """A pre-election period was added, changed or taken out: each body of its area is planned
    anew; without an area every body that has a meeting to come."""
    areas = {period.area_id for period in periods}
    bodies = BodyMeeting.objects.to_come().order_by()
    if None not in areas:
        bodies = bodies.filter(body__served__organisation__area__in=areas)
    with transaction.atomic():
        _to_plan(bodies.values_list("body", flat=True).distinct())


def _to_plan(bodies: Iterable[int]) -> None:
    rows = [DiaryChange(body_id=pk) for pk in sorted(bodies)]
    DiaryChange.objects.bulk_create(rows, ignore_conflicts=True)


def _differs(said: MeetingLine, there: BodyMeeting | None) -> bool:
    return there is not None and there.papers_by != said.papers_by


def _must_keep(by: Acting, body: Body) -> None:
    if not may_keep(by, body):
        raise NotYours(
            f"Only {DATE_KEEPERS.one_of_them} of an organisation for which {body.name} decides "
            "keeps its dates."
        )
