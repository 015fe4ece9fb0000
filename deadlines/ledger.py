"""What became of the reminders of a deadline, in words: also that nobody was told, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Max, Prefetch, QuerySet

from deadlines.holidays import bank_holidays
from deadlines.kinds import names_of
from deadlines.models import Deadline, Reminder
from deadlines.rules.offsets import LATE, Due, in_words, was_moved
from house.clock import london_day
from nhsuk.components import Tag
from nhsuk.dates import day, moment
from nhsuk.words import capital, plural
from parties.acting import Acting

State = Reminder.State
# Each state as a sentence; what was sent says to how many.
OUTCOMES = {
    State.PENDING: "Not yet due.",
    State.COLLAPSED: "Told with another reminder, so that nobody got two alike.",
    State.SKIPPED: "Its time had passed when the date was set.",
    State.NOT_NEEDED: "Not needed any more.",
    State.NOBODY: "There was nobody to tell.",
    State.FAILED: "It could not be made. Whoever runs the portal can see why.",
}
# How the summary calls them.
COUNTED = {
    State.SENT: "sent",
    State.COLLAPSED: "told with another",
    State.SKIPPED: "skipped",
    State.NOBODY: "with nobody to tell",
    State.FAILED: "failed",
    State.PENDING: "still to come",
}


@dataclass(frozen=True)
class LedgerEntry:
    """A deadline with its reminders, those of earlier dates too."""

    deadline: Deadline
    what: str
    # The parties' names by the ids of their organisations; of others nothing is said.
    parties: Mapping[int, str]

    @property
    def heading(self) -> str:
        on = self.deadline.due_on
        return f"{self.what}, due {day(on)}" if on else self.what

    @property
    def state(self) -> str:
        """When it was done or given up; empty while it is open."""
        if self.deadline.closed_at is None:
            return ""
        how = "Done" if self.deadline.state == Deadline.State.MET else "No longer due"
        return f"{how} since {day(london_day(self.deadline.closed_at))}."

    @property
    def reminders(self) -> list[Reminder]:
        """Without those that a moved date made needless: others took their place."""
        every = self.deadline.reminders.all()
        return [
            each for each in every if not self.is_former(each) or each.state != State.NOT_NEEDED
        ]

    def is_former(self, reminder: Reminder) -> bool:
        """Whether it is of the date as it was before it was moved."""
        return bool(reminder.generation != self.deadline.generation)

    def offset(self, reminder: Reminder) -> str:
        """ "7 days before"; what goes on another day says that nobody works on its own."""
        words, of = capital(in_words(reminder.offset)), self.deadline
        due = Due(of.due_on, of.due_at, of.since)
        if self.is_former(reminder):
            return words
        moved = was_moved(reminder.offset, due, reminder.send_at, bank_holidays())
        return f"{words}, on the nearest working day" if moved else words

    def tag(self, reminder: Reminder) -> Tag | None:
        late = reminder.taken_up_at and reminder.taken_up_at - reminder.send_at > LATE
        return Tag("Late", "red") if late and reminder.state == State.SENT else None

    def outcome(self, reminder: Reminder) -> str:
        if reminder.state != State.SENT:
            return OUTCOMES[State(reminder.state)]
        if not reminder.told:
            return "Whoever would have got it had switched it off."
        told = [
            f"{plural(number, 'person', 'people')} of {self.parties[int(organisation)]}"
            for organisation, number in reminder.told.items()
            if int(organisation) in self.parties
        ]
        to = f", to {' and '.join(told)}" if told else ""
        return f"Sent at {moment(reminder.taken_up_at)}{to}."


def deadlines_about(acting: Acting, reference: str) -> QuerySet[Deadline]:
    """The deadlines of an agreement that the reader knows of, with their reminders.

    First those of which a reminder became something last; then those that are still to come.
    """
    found = Deadline.objects.visible_to(acting).about(reference)
    reminders = Reminder.objects.order_by("send_at", "pk")
    newest = F("newest").desc(nulls_last=True)
    ordered = found.annotate(newest=Max("reminders__taken_up_at")).order_by(newest, "due_on", "pk")
    return ordered.prefetch_related(Prefetch("reminders", reminders))


def entries_of(deadlines: Sequence[Deadline], parties: Mapping[int, str]) -> list[LedgerEntry]:
    """`parties` are the parties' names by the ids of their organisations."""
    called = names_of(deadlines)
    return [LedgerEntry(each, called.get(each, each.kind), parties) for each in deadlines]


def summary(acting: Acting, reference: str) -> str:
    """ "14 reminders: 8 sent, 2 skipped, 4 still to come."; empty without any (one query)."""
    known = Deadline.objects.visible_to(acting).about(reference).order_by().values("pk")
    reminders = Reminder.objects.filter(deadline__in=known).exclude(state=State.NOT_NEEDED)
    counts = dict(reminders.values_list("state").annotate(Count("pk")).order_by())
    if not counts:
        return ""
    said = [f"{counts[state]} {words}" for state, words in COUNTED.items() if counts.get(state)]
    return f"{plural(sum(counts.values()), 'reminder')}: {', '.join(said)}."
