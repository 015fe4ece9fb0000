"""How far a job is, in words, for whatever page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Q

from jobs.kinds import kind_of
from jobs.models import Job, JobRow
from nhsuk.components import Colour, Tag
from nhsuk.words import plural

MOST_TOLD = 50
State = Job.State
COLOURS: dict[State, Colour] = {
    State.RUNNING: "blue",
    State.DONE: "green",
    State.WITH_PROBLEMS: "red",
}


@dataclass
class Progress:
    """A job as a page shows it (two queries, however many rows it has)."""

    job: Job
    # What one row is called: "agreement".
    noun: str

    @property
    def tag(self) -> Tag:
        return Tag(self.job.get_state_display(), COLOURS[State(self.job.state)])

    @cached_property
    def _counts(self) -> dict[str, int]:
        each = Q(is_last=False)
        return self.job.rows.aggregate(
            all=Count("pk", filter=each),
            done=Count("pk", filter=each & Q(state=JobRow.State.DONE)),
            failed=Count("pk", filter=Q(state=JobRow.State.FAILED)),
        )

    @property
    def sentence(self) -> str:
        """ "31 of 48 agreements are done." """
        done, everything = self._counts["done"], self._counts["all"]
        return f"{done:,} of {plural(everything, self.noun)} {'is' if done == 1 else 'are'} done."

    @property
    def failed(self) -> int:
        return self._counts["failed"]

    @property
    def not_again(self) -> str:
        """Why nobody has the rest tried again; empty where people may."""
        return kind_of(self.job.kind).not_again

    @cached_property
    def problems(self) -> list[JobRow]:
        """What could not be done, or not yet, and why."""
        rows = self.job.rows.exclude(problem="").exclude(state=JobRow.State.DONE)
        return list(rows.order_by("pk")[:MOST_TOLD])
