"""What a commissioner can do for all of its own agreements of a group, and what is under way."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from django.urls import reverse

from agreements.core.due import APPROVAL_AWAITED, SIGNATURE_TO_ASK
from agreements.groups.pages.frame import GroupFrame
from agreements.groups.services.reaching import to_link
from agreements.groups.standing import (
    WAITING,
    LineStanding,
    standings,
)
from agreements.groups.to_sign import asked_of
from house import clock
from jobs.models import Job
from jobs.progress import Progress
from nhsuk.components import Button, Link
from nhsuk.dates import day
from nhsuk.words import plural
from parties.models import CheckedAddress, Role
from parties.who import ADDRESS_KEEPERS

# What the background jobs of a group do, as its page says it; and what one row of each is.
JOBS = {
    "groups.make": "Making the agreements",
    "groups.approve": "Recording the approval",
    "groups.number": "Numbering the texts",
    "groups.ask": "Asking for signatures",
    "groups.sign": "Signing",
    "groups.links": "Asking to sign by links",
    "groups.chase": "Chasing all that wait",
    "groups.zip": "Putting the PDFs together",
}


class Doing(GroupFrame):
    """The reader's own share: what waits for it, and the buttons."""

    @cached_property
    def standings(self) -> list[LineStanding]:
        """What waits for the reader first."""
        return sorted(standings(self.lines, self.acting), key=lambda each: each.order)

    @cached_property
    def jobs(self) -> list[tuple[str, Progress, str]]:
        """What works or stopped with a problem: what it does, how far it is, its page."""
        if self.own is None:
            return []
        keys = {"context__share": self.own.pk}, {"context__issue": self.issue.pk}
        found = Job.objects.visible_to(self.acting).filter(kind__in=JOBS)
        rows = (found.filter(**keys[0]) | found.filter(**keys[1])).exclude(state="done")
        return [
            (JOBS[job.kind], Progress(job, "agreement"), self.url("group_job", job.key))
            for job in rows.order_by("-started_at")[:5]
        ]

    @cached_property
    def _takes_part(self) -> bool:
        return self.own is not None and self.own.takes_part

    @cached_property
    def to_approve(self) -> int:
        """Of how many versions the reader's organisation has still to approve."""
        return self._open(APPROVAL_AWAITED)

    @cached_property
    def to_ask(self) -> int:
        return self._open(SIGNATURE_TO_ASK)

    def _open(self, kind: str) -> int:
        return sum(kind in each.waits for each in self.standings)

    @property
    def to_number(self) -> int:
        """How many drafts of the reader's there are, of a text that is fixed."""
        mine = self.own.pk if self.own else 0
        return sum(each.state == "blanks" and each.line.share_id == mine for each in self.standings)

    @cached_property
    def to_chase(self) -> int:
        mine = self.own.pk if self.own else 0
        return sum(each.state in WAITING and each.line.share_id == mine for each in self.standings)

    @cached_property
    def to_sign(self) -> int:
        """How many wait for the reader's own signature."""
        if self.own is None or not self.acting.has(Role.SIGNATORY):
            return 0
        return int(asked_of(self.acting, self.own).count())

    @property
    def actions(self) -> list[Button]:
        """What the reader can do for all of its own, the main thing first."""
        found = [*self._signing(), *self._actions()]
        return [Button(each.text, each.href, each.post_to, "secondary" if place else "")
                for place, each in enumerate(found)]  # fmt: skip

    def _signing(self) -> Iterator[Button]:
        if self.to_sign:
            yield Button(f"Sign {plural(self.to_sign, 'agreement')}", self.url("group_sign"))

    def _actions(self) -> Iterator[Button]:
        if not self._takes_part:
            return
        if self.is_manager and self.to_approve:
            text = f"Record one approval for {plural(self.to_approve, 'agreement')}"
            yield Button(text, self.url("group_decision"))
        if self.is_manager and self.to_ask:
            text = f"Ask your signatory to sign {plural(self.to_ask, 'agreement')}"
            yield Button(text, self.url("group_signatory"))
        if self.is_manager and self.to_link:
            text = f"Ask {plural(self.to_link, 'organisation')} to sign by a link"
            yield Button(text, post_to=self.url("group_links"))
        if self.is_manager and self.to_number:
            yield Button("Number the texts that are filled in", post_to=self.url("group_number"))
        if self.is_manager and self.to_chase and not self.was_chased:
            yield Button(f"Chase all that wait ({self.to_chase})", post_to=self.url("group_chase"))
        if any(line.agreement for line in self.lines):
            yield Button("Download all", post_to=self.url("group_zip"))

    @property
    def was_chased(self) -> bool:
        return self.own is not None and self.own.chased_on == clock.today()

    @property
    def notes(self) -> Iterator[str]:
        own = self.own
        if own is None:
            return
        if own.chased_on:
            yield f"Those that wait were chased on {day(own.chased_on)}. Once a day is enough."
        for decision in list(own.decisions.all())[:1]:
            minute = f", {decision.minute_reference}" if decision.minute_reference else ""
            yield (
                f"One approval covers all of yours: {day(decision.decided_on)}{minute}, recorded "
                f"by {decision.recorded_by}."
            )

    @cached_property
    def addresses(self) -> Link | None:
        """The way to look through the addresses, while one waits for that."""
        if not ADDRESS_KEEPERS.includes(self.acting) or self.own is None:
            return None
        receivers = self.own.lines.values("organisation")
        listed = CheckedAddress.objects.visible_to(self.acting)
        waiting = listed.filter(state=CheckedAddress.State.ENTERED, organisation__in=receivers)
        if number := waiting.count():
            text = f"Look through {plural(number, 'address', 'addresses')}"
            return Link(text, reverse("parties:addresses_look"))
        return None

    @cached_property
    def to_link(self) -> int:
        """How many can be asked to sign by a link now."""
        return len(to_link(self.own)) if self.own and self._takes_part else 0
