"""How each line of a group stands: read from its agreement, for any number in as few queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import OuterRef, QuerySet, Subquery

from agreements.groups.facts import asked, contacts, problems, signed, waiting_for
from agreements.models import (
    Agreement,
    IssueLine,
    Version,
)
from house.clock import london_day
from nhsuk.components import Colour, Tag
from nhsuk.dates import day
from parties.acting import Acting
from parties.models.organisations import name_today
from parties.who import DRAFTERS, SIGNATORIES

# key: word, colour of its tag. In the order in which people look: what wants somebody comes first.
STATES: Final[dict[str, tuple[str, Colour]]] = {
    "problem": ("Could not be made", "red"),
    "declined_link": ("Declined to sign", "red"),
    "not_ready": ("Not ready: they say why", "red"),
    "opting_out": ("Opting out, to be confirmed", "yellow"),
    "blanks": ("Blanks to be filled in", "yellow"),
    "sent": ("Sent", "blue"),
    "opened": ("Opened", "blue"),
    "contact": ("Contact named", "blue"),
    "asked": ("Other commissioner asked", "grey"),
    "making": ("Being made", "grey"),
    "signed": ("Signed by them", "green"),
    "in_force": ("Signed by all", "green"),
    "declined": ("Declined", "grey"),
    "opted_out": ("Opted out", "grey"),
    "left_out": ("Commissioner takes no part", "grey"),
    "stopped": ("Stopped", "grey"),
}
PLACES: Final = {key: place for place, key in enumerate(STATES)}
SIGNED: Final = frozenset({"signed", "in_force"})
# It takes no part, by its own word or as two people wrote down.
ENDED: Final = frozenset({"declined", "opted_out"})
# Whoever gets it has not done their part yet, and is chased.
WAITING: Final = frozenset({"not_ready", "blanks", "sent", "opened", "contact"})


@dataclass
class LineStanding:
    """One line with where it stands, and since when."""

    line: IssueLine
    state: str
    since: date | None
    # The kinds of what waits for the reader's side.
    waits: frozenset[str] = frozenset()
    said: str = ""

    @property
    def for_you(self) -> bool:
        return bool(self.waits)

    @property
    def tag(self) -> Tag:
        return Tag(*STATES[self.state])

    @property
    def order(self) -> tuple[bool, int, date, str]:
        """What waits for the reader first, then by what waits longest."""
        return (not self.for_you, PLACES[self.state], self.since or date.max, self.line.name)


def lines_of(rows: QuerySet[IssueLine]) -> list[IssueLine]:
    """The lines with what pages name: both organisations as they are called today (one query)."""
    newest = Version.objects.filter(agreement=OuterRef("agreement")).order_by("-seq")
    related = ("agreement", "share", "organisation", "issue", "end_confirmed_by__person")
    seen = rows.select_related(*related).annotate(
        called=name_today("organisation"),
        of=name_today("share__organisation"),
        newest=Subquery(newest.values("state")[:1]),
    )
    found: list[IssueLine] = []
    for line in seen.order_by("pk"):
        line.name = line.organisation.name_read = line.called
        line.commissioner, line.newest_state = line.of, line.newest or ""
        found.append(line)
    return found


def standings(lines: Iterable[IssueLine], acting: Acting) -> list[LineStanding]:
    """How each of these stands (six queries, for any number); in the order of the lines."""
    found = list(lines)
    facts = _Facts(found, acting)
    return [facts.of(line) for line in found]


class _Facts:
    """What the rows say of many agreements, each kind read once."""

    def __init__(self, lines: list[IssueLine], acting: Acting) -> None:
        of = {line.agreement_id: line for line in lines if line.agreement_id}
        said = asked(of)
        self.signed = signed(of, {line for line, state, _ in said if state != "signed"})
        self.not_ready = {line: why for line, state, why in said if state == "not_ready"}
        self.declined = {line: why for line, state, why in said if state == "declined"}
        self.contacts = contacts(of)
        self.for_us = waiting_for(of.values(), acting)
        self.reader = acting.organisation_id
        self.problems = problems(lines)

    def of(self, line: IssueLine) -> LineStanding:
        state, since = self._state(line)
        reference = line.agreement.reference if line.agreement else ""
        is_over = state in ENDED or state == "stopped"
        waits = frozenset[str]() if is_over else frozenset(self.for_us.get(reference, ()))
        said = {
            "problem": self.problems.get(line.pk, ""),
            "not_ready": self.not_ready.get(line.pk, ""),
            "declined_link": self.declined.get(line.pk, ""),
        }.get(state, self._why_ended(line))
        on = london_day(since) if isinstance(since, datetime) else since
        return LineStanding(line, state, on, waits=waits, said=said)

    def _why_ended(self, line: IssueLine) -> str:
        """Its reason; its commissioner reads who said that it opted out, and who confirmed it."""
        confirmed = line.end_confirmed_by
        if confirmed is None or line.share.organisation_id != self.reader:
            return line.end_because
        on = day(line.end_said_on)
        return f"{line.end_because} Said by {line.end_said_by} on {on}, confirmed by {confirmed}."

    def _state(self, line: IssueLine) -> tuple[str, date | datetime | None]:
        if line.has_ended:
            return line.end, line.end_said_on
        if line.is_waiting_to_opt_out:
            return "opting_out", line.end_said_on
        if line.agreement is None:
            return self._not_made(line), None
        return self._made(line, line.agreement)

    def _not_made(self, line: IssueLine) -> str:
        if line.share.state != "agreed":
            return "asked" if line.share.state == "asked" else "left_out"
        return "problem" if line.pk in self.problems else "making"

    def _made(self, line: IssueLine, agreement: Agreement) -> tuple[str, date | datetime | None]:
        if agreement.in_force_version_id:
            return "in_force", agreement.start_on
        if agreement.is_over:
            return "stopped", None
        if on := self.signed.get(line.pk):
            return "signed", on
        if line.pk in self.declined:
            return "declined_link", None
        if line.pk in self.not_ready:
            return "not_ready", None
        if line.issue.text_is_fixed and line.newest_state == Version.State.DRAFT:
            return "blanks", line.made_at
        if on := self.contacts.get(line.pk):
            return "contact", on
        return ("opened", line.opened_at) if line.opened_at else ("sent", line.made_at)


def you(acting: Acting) -> str:
    """For whom something waits, to a reader: what they cannot do waits for their organisation."""
    can_act = DRAFTERS.includes(acting) or SIGNATORIES.includes(acting)
    return "you" if can_act else "your organisation"


def counted(rows: Iterable[LineStanding], whom: str) -> str:
    """ "41 of 48 signed; 7 take no part; 5 wait for you"."""
    found = list(rows)
    return figures(
        len(found),
        signed=sum(each.state in SIGNED for each in found),
        ended=sum(each.state in ENDED for each in found),
        for_you=sum(each.for_you for each in found),
        whom=whom,
    )


def figures(lines: int, *, signed: int, ended: int, for_you: int, whom: str) -> str:
    """The same from what was counted."""
    said = [f"{signed} of {lines} signed"]
    if ended:
        said.append(f"{ended} take no part" if ended > 1 else "1 takes no part")
    if for_you:
        said.append(f"{for_you} {'waits' if for_you == 1 else 'wait'} for {whom}")
    return "; ".join(said)
