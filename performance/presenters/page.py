"""The page of a request: what is asked, by when with its working, what was done, what can be."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from markupsafe import Markup

from agreements.emails.pages import EmailsOn
from documents.markdown import to_html
from house import clock
from house.clock import london_day
from nhsuk.components import Button, Link, Tag, TimelineEntry
from nhsuk.dates import day
from nhsuk.words import with_whom
from parties.acting import Acting
from performance.models import Request, RequestStep
from performance.presenters.words import DUE, came_twice, page_of, received_words
from performance.rules.clocks import Clock, paused_by
from performance.rules.who import (
    answers,
    asks,
    gives_view,
    is_named,
    may_call_an_error,
    may_say,
)
from performance.services.clocks import running_of, told_of
from performance.services.consulting import DECISIONS

Kind, State = RequestStep.Kind, Request.State


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


class Can:
    """What the reader can do; the services ask the same rules, so that a button also works."""

    def __init__(self, request: Request, acting: Acting, steps: list[RequestStep]) -> None:
        self.request, self.acting, self.steps = request, acting, steps
        self.answers, self.asks = answers(acting, request), asks(acting, request)
        self.is_open = request.state == State.OPEN
        self.waits = paused_by(steps) if request.state == State.PAUSED else ""

    @property
    def buttons(self) -> list[Button]:
        """The likeliest first, as the main one."""
        found = self._foi() if self.request.is_foi else self._plain()
        return [
            Button(text, page_of(self.request, page), kind="secondary" if place else "")
            for place, (page, text) in enumerate(found)
        ]

    def say(self, step: RequestStep) -> bool:
        """Whether the reader may say that it is right: of the newest of its kind alone."""
        if self.request.state == State.IN_ERROR:
            return False
        newest = next(each for each in reversed(self.steps) if each.kind == step.kind)
        return newest == step and may_say(self.acting, self.request, step)

    def _plain(self) -> list[tuple[str, str]]:
        part, request = self.answers or self.asks, self.request
        standard = request.standard
        rows = [
            (part and self.is_open and not request.acknowledged_on, "acknowledge", "Acknowledge"),
            (part and request.is_open, "answer", "Record the answer"),
            (part and self.is_open, "update", "Say how far it is"),
            (part and self._has_extent, "extent", "Record the extent agreed"),
            (self.answers and self.is_open and standard and standard.may_pause, "pause",
             "Let the time stand still"),
            (self.answers and self.waits, "resume", "Let the time run again"),
            (self.answers and self._may_be_left_out and standard and standard.exclusions, "exclude",
             "Leave it out by the standard"),
            (self.answers and request.is_open and not is_named(self.acting, request), "person",
             "Say who answers it"),
            *self._ends(),
        ]  # fmt: skip
        return [(page, text) for may, page, text in rows if may]

    def _foi(self) -> list[tuple[str, str]]:
        request = self.request
        view_open = request.is_open and not request.consultation.viewed_on
        rows = [
            (view_open and gives_view(self.acting, request), "view", "Give your view"),
            (self.answers and request.is_open, "decide", "Record the decision"),
            (self.answers and self.is_open, "unclear", "Ask for clarification"),
            (self.answers and self.waits == Kind.UNCLEAR, "clarified", "It is clear now"),
            (self.answers and self.is_open, "pause", "Record a fees notice"),
            (self.answers and self.waits == Kind.PAUSED, "resume", "The fee is paid"),
            (self.answers and self.is_open, "extend", "Extend for the public interest"),
            *self._ends(),
        ]
        return [(page, text) for may, page, text in rows if may]

    def _ends(self) -> list[tuple[bool, str, str]]:
        request = self.request
        reopens = self.answers if request.state == State.EXCLUDED else self.answers or self.asks
        closed = request.state in (State.ANSWERED, State.EXCLUDED, State.WITHDRAWN)
        return [
            (closed and reopens and not request.is_foi, "reopen", "Open it again"),
            (request.is_open and self.asks, "withdraw", "Withdraw it"),
        ]

    @property
    def _may_be_left_out(self) -> bool:
        """What is open, and what was answered late: an exclusion may be why."""
        late = self.request.outcome == Request.Outcome.LATE
        return self.request.is_open or (self.request.state == State.ANSWERED and late)

    @property
    def _has_extent(self) -> bool:
        visit = self.request.kind == Request.Kind.PRACTICE_VISIT
        return visit and self.request.state not in (State.IN_ERROR, State.WITHDRAWN)


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
