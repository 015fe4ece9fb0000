"""The e-mails about reports. They hold no figure: who opens the report sees them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from agreements.core.letters import HappeningLetter
from mail.kinds import Message, NotNeeded, kind
from nhsuk.dates import day
from reports.by_link import REMARKS
from reports.models import Report


@kind("report_sent", "A report on performance to read")
def report_sent(context: dict[str, Any]) -> Message:
    """Raises NotNeeded where it was taken back meanwhile."""
    about, report = HappeningLetter(context), _report(context)
    until = day(date.fromisoformat(about.data["until"]))
    if not report.is_sent or day(report.remarks_by) != until:
        raise NotNeeded
    who = about.happening.organisation
    return about.message(
        f"read the report on {about.data['quarter']} by {until}",
        f"{who} sent its report on how {about.mou} was kept from {about.data['quarter']}.",
        f"Add your party's remark by {until}, or say that you have none. It is final once each of "
        "the other parties has said its word, or on the day after.",
        button="Read the report",
        answers=(REMARKS, report.pk),
        to=_path(report),
    )


@kind("report_taken_back", "A report on performance was taken back")
def report_taken_back(context: dict[str, Any]) -> Message:
    about = HappeningLetter(context)
    return about.message(
        f"report on {about.data['quarter']} taken back on {about.on}",
        f"{about.happening.organisation} took back its report on {about.data['quarter']} on "
        f"{about.on}, to put something right.",
        "You need do nothing. It comes to you again.",
        button="See the agreement",
        path="kept/#reports",
    )


@kind("report_remarked", "A remark on a report on performance")
def report_remarked(context: dict[str, Any]) -> Message:
    about, report = HappeningLetter(context), _report(context)
    return about.message(
        f"remark on the report on {about.data['quarter']} made on {about.on}",
        f"{about.data['party']} made its remark on your report on {about.data['quarter']} on "
        f"{about.on}, or has none.",
        button="Open the report",
        to=_path(report),
    )


@kind("report_final", "A report on performance is final")
def report_final(context: dict[str, Any]) -> Message:
    about, report = HappeningLetter(context), _report(context)
    return about.message(
        f"report on {about.data['quarter']} final since {about.on}",
        f"The report on how {about.mou} was kept from {about.data['quarter']} is final since "
        f"{about.on}, with the remarks of the parties.",
        button="Open the report",
        to=_path(report),
    )


def _report(context: dict[str, Any]) -> Report:
    about = HappeningLetter(context)
    return Report.objects.get(key=about.data["key"])


def _path(report: Report) -> str:
    return reverse("reports:report", args=[report.key])
