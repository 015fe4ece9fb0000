"""Reports in words: what they are called, how they stand."""

from __future__ import annotations

from typing import Final

from django.urls import reverse

from nhsuk.components import Colour, Column, Tag
from nhsuk.dates import day
from reports.content import Counts
from reports.models import Assurance, Report

COLOURS: Final[dict[str, Colour]] = {
    Report.State.DRAFT: "yellow",
    Report.State.SENT: "blue",
    Report.State.FINAL: "green",
    Report.State.GIVEN_UP: "grey",
}


def page_of(report: Report) -> str:
    return reverse("reports:report", args=[report.key])


def page_of_assurance(assurance: Assurance) -> str:
    return reverse("reports:assurance", args=[assurance.key])


def state_tag(report: Report) -> Tag:
    return Tag(str(report.get_state_display()), COLOURS[report.state])


def name_of(report: Report) -> str:
    """ "Report on January to March 2014"; of a later edition with its number."""
    edition = f", edition {report.edition}" if report.edition > 1 else ""
    return f"Report on {report.quarter.label}{edition}"


def about(report: Report) -> str:
    """What it is about: the agreement, or which of one's agreements."""
    if report.agreement:
        return report.agreement.full_title
    if report.issue:
        return f"Group “{report.issue.title}”"
    if report.other:
        return f"All agreements with {report.other}"
    return f"All agreements of {report.organisation}"


def columns(first: str) -> list[Column]:
    """Of a table of figures; the first names the row."""
    figures = ("Met", "Missed", "Left out", "Open", "Share met")
    return [Column(first), *(Column(each, numeric=True) for each in figures)]


def share(counts: Counts) -> str:
    """ "81%"; empty where nothing is decided."""
    return "" if counts.share is None else f"{counts.share}%"


def share_of_all(counts: Counts) -> str:
    return "" if counts.share_of_all is None else f"{counts.share_of_all}%"


def state_sentence(report: Report) -> str:
    """What follows the tag of its state."""
    if report.is_final:
        return f"since {day(report.final_at)}. Its figures stay as they were counted."
    if report.is_sent:
        return f"The other parties add their remarks by {day(report.remarks_by)}."
    if report.is_draft:
        return f"Only people of {report.organisation} see it."
    return "Nobody goes on with it."
