"""Reminders of a report that is to be made, and of a remark that is awaited (B15)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Final

from django.urls import reverse

from agreements.core.by_link import with_link
from agreements.core.due import (
    DeadlineLetter,
    agreement_of,
    due_in_short,
    due_in_words,
    read_letters,
    read_people,
)
from agreements.core.parties import parties_of
from agreements.core.recipients import managers_by_party, managers_of
from agreements.core.texts import read_clauses
from deadlines.kinds import DeadlineKind, ReadOfMany, Recipient
from deadlines.lines import Line
from deadlines.models import Deadline, Reminder
from house.once import each_once
from mail.kinds import Message, NotNeeded
from parties.who import DRAFTERS
from reports.by_link import REMARKS
from reports.due import REMARK, REPORT, asks_for_one, owing
from reports.models import Report
from reports.rules import Quarter


def _quarter(deadline: Deadline) -> Quarter:
    return Quarter(date.fromisoformat(deadline.occurrence))


def _who_report(deadline: Deadline, _: Reminder) -> list[Recipient]:
    agreement = agreement_of(deadline)
    clause = asks_for_one(agreement)
    if clause is None:
        raise NotNeeded
    return list(chain(*managers_by_party(owing(agreement, clause)).values()))


def _read_who_reports(reminders: Sequence[Reminder]) -> ReadOfMany:
    """Who looks after the agreements, and the clauses that say who of them owes the report."""
    found = read_people(reminders)
    read_clauses(agreement_of(each.deadline).in_force_version_id for each in reminders)
    return found


def _about_report(deadline: Deadline, _: Reminder, recipient: Recipient) -> Message:
    about, quarter = DeadlineLetter(deadline, recipient), _quarter(deadline)
    return about.message(
        f"report on {quarter.label}",
        f"{quarter.label} is over. The text of {about.mou} asks your party to report how it was "
        "kept.",
        "The portal counts the figures. Read them, say where to improve, and send the report to "
        "the other parties for their remarks.",
        button="Draft the report",
        to=reverse("reports:new_of_one", args=[about.agreement.reference]),
    )


def _report_lines(deadlines: Sequence[Deadline]) -> Iterator[Line]:
    for deadline in deadlines:
        yield Line(
            f"Report on {_quarter(deadline).label} under", "kept/#reports", "Draft the report",
            may=DRAFTERS.roles,
        )  # fmt: skip


def _who_remarks(deadline: Deadline, _: Reminder) -> list[Recipient]:
    sides = parties_of(agreement_of(deadline))
    party = next((p for p in sides if p.key == deadline.occurrence), None)
    return managers_of(party) if party else []


def _about_remark(deadline: Deadline, _: Reminder, recipient: Recipient) -> Message:
    about, report = DeadlineLetter(deadline, recipient), _reports([deadline.subject])
    found = report[deadline.subject]
    assert deadline.due_on  # noqa: S101 - set with the day for remarks
    made = about.message(
        f"remark on the report on {found.quarter.label} {due_in_short(deadline.due_on)}",
        f"Your party's remark on the report on {found.quarter.label} "
        f"{due_in_words(deadline.due_on)}.",
        "Say it, or say that you have none. After that day the report is final, and says that your "
        "party made no remark.",
        button="Read the report",
        to=reverse("reports:report", args=[found.key]),
    )
    return with_link(made, REMARKS, found.pk, about.party, recipient.person_id)


def _remark_lines(deadlines: Sequence[Deadline]) -> Iterator[Line]:
    """One query."""
    found = _reports(deadline.subject for deadline in deadlines)
    for report in (found[deadline.subject] for deadline in deadlines):
        yield Line(
            f"Add a remark on the report on {report.quarter.label} under",
            reverse("reports:report", args=[report.key]), "Read the report",
        )  # fmt: skip


@each_once(Report)
def _reports(subjects: Collection[str]) -> dict[str, Report]:
    rows = Report.objects.filter(pk__in=subjects)
    return {str(report.pk): report for report in rows}


def _read_remarks(reminders: Sequence[Reminder]) -> None:
    read_letters(reminders)
    _reports(reminder.deadline.subject for reminder in reminders)


KINDS: Final = [
    DeadlineKind(
        key=REPORT,
        label="Reports on performance",
        noun="Report on performance",
        by_text=True,
        recipients=_who_report,
        compose=_about_report,
        lines=_report_lines,
        together="Report on how MoUs were kept",
        reads_people=_read_who_reports,
        reads=read_letters,
    ),
    DeadlineKind(
        key=REMARK,
        label="Reports to remark on",
        noun="Remark on a report",
        recipients=_who_remarks,
        compose=_about_remark,
        lines=_remark_lines,
        together="Add remarks on reports",
        required=False,
        reads_people=read_people,
        reads=_read_remarks,
    ),
]
