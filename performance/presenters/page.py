"""The page of a request: what is asked, by when with its working, what was done, what can be."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from markupsafe import Markup

from agreements.emails.pages import EmailsOn
from documents.markdown import to_html
from house import clock
from house.clock import london_day
from nhsuk.components import Link, Tag, TimelineEntry
from nhsuk.dates import day
from nhsuk.words import with_whom
from parties.acting import Acting
from performance.models import Request, RequestStep
from performance.presenters.can import Can
from performance.presenters.words import DUE, came_twice, page_of, received_words
from performance.rules.clocks import Clock
from performance.rules.who import may_call_an_error
from performance.services.clocks import running_of, told_of
from performance.services.consulting import DECISIONS

Kind = RequestStep.Kind


class RequestPage:
    """One request for one reader. It has its agreement's parties at hand."""

    def __init__(self, request: Request, acting: Acting) -> None:
        self.request, self.acting = request, acting
        self.agreement = request.agreement
        rows = request.steps.select_related("by__person", "organisation")
        self.steps = list(rows.prefetch_related("organisation__names").order_by("pk"))
        self.can = Can(request, acting, self.steps)

    @property
    def caption(self) -> str:
        kind = self.request.get_kind_display()
        return f"{kind} {self.request.number} of {self.agreement.reference}"

    @property
    def details(self) -> Markup:
        return to_html(self.request.details, under=2)

    @property
    def of_agreement(self) -> str:
        own = self.acting.organisation_id
        others = [p.name for p in self.agreement.sides if p.organisation.pk != own]
        return f"{self.agreement.title}, {with_whom(others)}"

    @property
    def received(self) -> str:
        """When and how it came."""
        request = self.request
        how = str(request.get_how_display()).lower()
        twice = request.has_time and came_twice(request.received_at)
        said = ". This time came twice that night: the first is meant." if twice else ""
        by = "" if request.how in (Request.How.PAGE, Request.How.LINK) else f", {how}"
        return f"{received_words(request)}{by}{said}"

    @property
    def recorded(self) -> str:
        """Who recorded it, where that is not who asked."""
        request = self.request
        if request.asked_by and request.asked_by.organisation.pk == request.recorded_for_id:
            return ""
        if request.is_foi:
            return ""
        return f"Recorded by {request.recorded_for} for whoever asked."

    @cached_property
    def clocks(self) -> list[Clock]:
        return running_of(self.request, told_of(self.request, self.steps))

    @property
    def dates(self) -> list[tuple[str, str, str, Tag | None]]:
        """What is due, by when, how that follows; then what was met or missed, as counted then."""
        late = Tag("Late", "red")
        open_ones = [
            (DUE[each.name], day(each.due_on), each.working,
             late if each.due_on < clock.today() else None)
            for each in self.clocks
        ]  # fmt: skip
        closed = [
            (DUE[each["clock"]], day(date.fromisoformat(each["due_on"])), each["working"],
             Tag("In time", "green") if each["in_time"] else late)
            for step in self.steps for each in step.met
        ]  # fmt: skip
        return [*open_ones, *closed]

    @property
    def standard(self) -> str:
        """The standard that it is answered by, as its text has it."""
        if self.request.is_foi:
            return "Freedom of Information Act 2000: 20 working days"
        found = self.request.standard
        return found.label if found else "The terms set no days for it"

    @property
    def extent(self) -> str:
        """How far help with a practice visit goes, as it was recorded last."""
        return next((s.text for s in reversed(self.steps) if s.kind == Kind.EXTENT), "")

    @property
    def story(self) -> list[TimelineEntry]:
        """What was done, the newest first."""
        return [self._entry(step) for step in reversed(self.steps)]

    @cached_property
    def emails(self) -> EmailsOn:
        return EmailsOn("request", self.request, self.acting)

    @property
    def may_call_an_error(self) -> bool:
        return may_call_an_error(self.acting, self.request)

    def _entry(self, step: RequestStep) -> TimelineEntry:
        who = step.by_link or f"{step.by}"
        on = f" (recorded for {day(step.on)})" if _recorded_later(step) else ""
        return TimelineEntry(
            step.at, f"{_title(step)}{on}", f"{who}, {step.organisation}", _detail(step),
            link=self._say(step),
        )  # fmt: skip

    def _say(self, step: RequestStep) -> Link | None:
        if not self.can.say(step):
            return None
        url = page_of(self.request, "say", step.pk)
        return Link("Say whether this is right", url, str(step.get_kind_display()))


def _recorded_later(step: RequestStep) -> bool:
    return london_day(step.at) != step.on


def _title(step: RequestStep) -> str:
    title = str(step.get_kind_display())
    until = {
        Kind.ACKNOWLEDGED: "the answer is promised for", Kind.UPDATED: "the next news comes by",
        Kind.CONSULTED: "it is wanted by", Kind.EXTENDED: "to",
    }  # fmt: skip
    if step.until:
        said = until.get(Kind(step.kind), "by")
        title = f"{title}: {said} {day(step.until)}"
    if step.kind == Kind.DECIDED:
        title = f"{title}: {DECISIONS.get(step.choice, step.choice).lower()}"
    return title


def _detail(step: RequestStep) -> str:
    left_out = step.choice if step.kind == Kind.EXCLUDED else ""
    late = [DUE[each["clock"]].lower() for each in step.met if not each["in_time"]]
    was_late = f"Late: {', '.join(late)}." if late else ""
    return " ".join(filter(None, [left_out and f"“{left_out}”.", step.text, was_late]))
