"""What the reader can do with a request, as the buttons of its page."""

from __future__ import annotations

from nhsuk.components import Button
from parties.acting import Acting
from performance.models import Request, RequestStep
from performance.presenters.words import page_of
from performance.rules.clocks import paused_by
from performance.rules.who import answers, asks, gives_view, is_named, may_say

Kind, State = RequestStep.Kind, Request.State


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
