"""The page of a report on a quarter, for one reader."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from django.urls import reverse
from markupsafe import Markup

from agreements.core.parties import sides_of
from agreements.models import Party
from documents.markdown import to_html
from nhsuk.components import Button, Link
from nhsuk.dates import day
from parties.acting import Acting
from parties.who import DRAFTERS, MANAGERS
from reports.content import Content, Line, OfAgreement, Stretch
from reports.models import Remark, Report
from reports.presenters import words
from reports.presenters.chart import Chart, chart_of
from reports.queries import content_of, others_in, remarks_on, silent
from reports.services.drafting import may_lead

# A chart of more bars is no picture any more.
MOST_BARS = 16


class ReportPage:
    """A report with its figures as they were counted last."""

    def __init__(self, report: Report, acting: Acting) -> None:
        self.report, self.acting = report, acting
        self.words = words

    @property
    def title(self) -> str:
        return words.name_of(self.report)

    @property
    def about(self) -> str:
        return words.about(self.report)

    @cached_property
    def content(self) -> Content | None:
        """None while a background job counts."""
        return content_of(self.report)

    @property
    def counted(self) -> str:
        """When its figures were counted, and of how many agreements."""
        newest = self.report.figures.order_by("-pk").values_list("counted_at", flat=True).first()
        return f"Counted on {day(newest)} by what was on record then." if newest else ""

    # --- Figures

    @property
    def lines(self) -> list[Line]:
        return list(self.content.lines) if self.content else []

    @cached_property
    def standards(self) -> Chart | None:
        if len(self.lines) > MOST_BARS:
            return None
        return chart_of(((f"{line.label}, {line.who}", line) for line in self.lines), "standard")

    @property
    def trend(self) -> list[Stretch]:
        return list(self.content.trend) if self.content else []

    @cached_property
    def trend_chart(self) -> Chart | None:
        return chart_of(((each.quarter.label, each) for each in self.trend), "quarter")

    @property
    def each(self) -> list[OfAgreement]:
        """Of several agreements each, the lowest share first."""
        found = self.content.each if self.content and not self.report.is_of_one else ()
        return sorted(found, key=lambda e: (e.share is None, e.share or 0, e.reference))

    @property
    def not_counted(self) -> list[OfAgreement]:
        return list(self.content.not_counted) if self.content else []

    # --- Words

    @property
    def improvements(self) -> Markup:
        return to_html(self.report.improvements, under=2)

    @cached_property
    def said(self) -> list[Remark]:
        return remarks_on(self.report) if self.report.agreement else []

    @property
    def remarks(self) -> Iterator[tuple[str, str]]:
        """Whoever said something with its words, then who is silent and what that means."""
        for each in self.said:
            who = f"{each.organisation}, {day(each.at)}"
            before = "" if each.sending == self.report.sendings else ", on what was sent before"
            yield f"{who}{before}", each.text or "No remark."
        if self.report.is_draft or not self.report.sendings:
            return
        for party in self.silent:
            yield (
                party.name,
                (
                    "Made no remark in time."
                    if self.report.is_final
                    else "Has not said its word yet."
                ),
            )

    @cached_property
    def silent(self) -> list[Party]:
        return silent(self.report, self.said)

    @property
    def later(self) -> Link | None:
        """The edition that put this one right, where the reader may open it."""
        newer = Report.objects.visible_to(self.acting).filter(corrects=self.report)
        found = newer.exclude(state=Report.State.GIVEN_UP).order_by("-pk").first()
        return Link(words.name_of(found), words.page_of(found)) if found else None

    # --- What the reader can do

    @property
    def leads(self) -> bool:
        return may_lead(self.acting, self.report)

    @cached_property
    def buttons(self) -> list[Button]:
        return list(self._buttons())

    def _buttons(self) -> Iterator[Button]:
        report, manages = self.report, self.leads and MANAGERS.includes(self.acting)
        if self.leads and report.is_draft:
            if manages and self.content:
                yield self._button("Send it for remarks" if self._has_others else "Make it final",
                                   "send" if self._has_others else "finish")  # fmt: skip
            yield self._button("Say where to improve", "edit", "secondary")
            yield Button("Count again", post_to=self._path("count"), kind="secondary")
        if manages and report.is_sent:
            yield self._button("Take it back", "take_back", "secondary")
        if self.may_remark:
            yield self._button("Add your remark", "remark")
        if self.leads and report.is_final and self.later is None:
            yield self._button("Make another edition", "edition", "secondary")

    @property
    def may_give_up(self) -> bool:
        return self.leads and self.report.is_draft

    @property
    def may_remark(self) -> bool:
        report = self.report
        if report.agreement is None or not report.is_sent or not DRAFTERS.includes(self.acting):
            return False
        own = {party.pk for party in sides_of(report.agreement, self.acting)}
        return any(party.pk in own for party in self.silent)

    @property
    def _has_others(self) -> bool:
        return bool(others_in(self.report))

    def _button(self, text: str, page: str, kind: str = "") -> Button:
        return Button(text, self._path(page), kind=kind)  # type: ignore[arg-type]

    def _path(self, page: str) -> str:
        return reverse(f"reports:{page}", args=[self.report.key])
