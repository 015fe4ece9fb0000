"""What kinds of deadlines there are. A room declares its own; the sweep and the pages ask them.

A room answers `deadline_kinds()` with these. Every function takes many deadlines at once, but
`recipients` and `compose`, which the sweep asks for one reminder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from deadlines.calendars.ical import Event
from deadlines.lines import Line, Lines
from deadlines.models import Deadline, Reminder
from house.answers import Todo
from house.rooms import rooms
from mail.kinds import Message, NotNeeded
from nhsuk.components import Link
from parties.acting import Acting
from parties.models import Organisation, Person, Role, Team
from parties.reader import away, gone, holders


@dataclass(frozen=True)
class Recipient:
    """Somebody who is told. `why` completes "Why you get this: …"."""

    address: str
    why: str
    organisation_id: int | None = None
    # Who it is, where it is a person: their preferences hold.
    person_id: int | None = None
    # Of this they get one e-mail a day, whatever they prefer: it is one of very many alike.
    one_a_day: bool = False
    # They are told in the place of somebody who is away or gone: `why` says of whom.
    stands_in: bool = False


# A read of many that several kinds want, and of what this one wants it.
ReadOfMany = tuple[Callable[[Iterable[Any]], object], Iterable[Any]]


@dataclass(frozen=True)
class DeadlineKind:
    """One kind of deadline: who is told of it, and what is said.

    `recipients` may raise NotNeeded where the reminder of another deadline tells it too.

    `required` says that a clause asks for it: nobody can switch its reminders off. `urgent` ones
    never wait for a digest.

    `lines` gives for each deadline, in order, its line on Home (deadlines.lines); it is stored, so
    whatever else changes it calls `write_lines`. `todos` is for a kind whose lines depend on who
    reads: deadline id -> its line, asked when Home is read. `together` is what several lines of
    the kind ask for, "Name key contacts".

    `reads_people` keeps at hand what finds the recipients of many reminders, and answers with what
    is then read once for all kinds; `reads` keeps what their e-mails are made of (`house.once`).
    Where one is left out, each asks for itself.

    `by_text`: it follows from a text alone, so it waits for nobody who has not confirmed the text.

    `label` names the kind in a list of kinds, "Actions that are yours"; `noun` one of them beside
    its date, "Action". `names` gives deadline id -> what this very one is called, "Action 3: …",
    to those who hold it; one that it leaves out is called by the noun. `way` leads to one that has
    no line, because nobody has to see to it now.

    `events` gives deadline id -> what a calendar shows of it, where its room knows more than the
    day: until when, and where. It is asked of closed ones too: what was held stays in calendars.
    """

    key: str
    label: str
    recipients: Callable[[Deadline, Reminder], Iterable[Recipient]]
    compose: Callable[[Deadline, Reminder, Recipient], Message]
    lines: Lines
    required: bool = True
    urgent: bool = False
    by_text: bool = False
    noun: str = ""
    # Why its reminders come in the one e-mail of a day, whatever somebody prefers; empty where they
    # do not. Its recipients are then `one_a_day`.
    gathered: str = ""
    # What it is called says what is not public yet: a paper that is handed on has the noun.
    confidential: bool = False
    together: str = ""
    todos: Callable[[Sequence[Deadline], Acting], Mapping[int, Todo]] | None = None
    # Whether people are reminded of it, and so may want not to be.
    reminds: bool = True
    names: Callable[[Sequence[Deadline]], Mapping[int, str]] | None = None
    way: Callable[[Deadline], Link] | None = None
    reads_people: Callable[[Sequence[Reminder]], ReadOfMany] | None = None
    reads: Callable[[Sequence[Reminder]], object] | None = None
    events: Callable[[Sequence[Deadline]], Mapping[int, Event]] | None = None

    @property
    def is_always_sent(self) -> bool:
        return self.reminds and self.required

    @property
    def may_be_off(self) -> bool:
        """Whether people may switch its reminders off."""
        return self.reminds and not self.required

    @property
    def one(self) -> str:
        """What one of the kind is called."""
        return self.noun or self.label


def without_reminders(key: str, noun: str, lines: Lines, together: str) -> DeadlineKind:
    """A kind of what waits on Home, of which nobody is reminded."""
    return DeadlineKind(
        key, noun, _nobody, _nothing, lines, noun=noun, together=together, reminds=False
    )


def _nobody(_deadline: Deadline, _reminder: Reminder) -> Iterable[Recipient]:
    return ()


def _nothing(_deadline: Deadline, _reminder: Reminder, _recipient: Recipient) -> Message:
    raise NotNeeded


class UnknownKind(LookupError):
    """No room knows a kind of this name."""


def kinds() -> dict[str, DeadlineKind]:
    """Every kind that a room declares, by key."""
    return {kind.key: kind for room in rooms() for kind in room.deadline_kinds()}


def kind_of(deadline: Deadline) -> DeadlineKind:
    """Raises UnknownKind where its room is gone."""
    try:
        return kinds()[deadline.kind]
    except KeyError:
        raise UnknownKind(f"No room knows the kind of deadline {deadline.kind!r}.") from None


def noun_of(key: str) -> str:
    """What one of a kind is called; the key itself where its room is gone."""
    declared = kinds().get(key)
    return declared.one if declared else key.replace("_", " ")


def names_of(deadlines: Sequence[Deadline]) -> dict[Deadline, str]:
    """What each deadline is called beside its date; without those whose room is gone."""
    found: dict[Deadline, str] = {}
    for kind, of_kind in _by_kind(deadlines):
        names = kind.names(of_kind) if kind.names else {}
        found.update({deadline: names.get(deadline.pk, kind.one) for deadline in of_kind})
    return found


def nouns_of(deadlines: Sequence[Deadline]) -> dict[Deadline, str]:
    """The same without a query: each is called as one of its kind."""
    return {each: kind.one for kind, of_kind in _by_kind(deadlines) for each in of_kind}


def lines_now(deadlines: Sequence[Deadline]) -> Iterator[tuple[Deadline, Line | None]]:
    """Each deadline with its line as its room says it now; without those whose room is gone."""
    for kind, of_kind in _by_kind(deadlines):
        yield from zip(of_kind, kind.lines(of_kind), strict=True)


def read_people_for(reminders: Sequence[Reminder]) -> None:
    """Keeps at hand what finds the recipients of these reminders, of whatever kinds they are."""
    wanted: dict[Callable[[Iterable[Any]], object], list[Any]] = {}
    for kind, of_kind in _reminders_by_kind(reminders):
        if kind.reads_people:
            read, of = kind.reads_people(of_kind)
            wanted.setdefault(read, []).extend(of)
    for read, of_all in wanted.items():
        read(of_all)


def read_for(reminders: Sequence[Reminder]) -> None:
    """Keeps at hand what the e-mails of these reminders are made of."""
    for kind, of_kind in _reminders_by_kind(reminders):
        if kind.reads:
            kind.reads(of_kind)


def _by_kind(deadlines: Sequence[Deadline]) -> Iterator[tuple[DeadlineKind, list[Deadline]]]:
    declared = kinds()
    for key in dict.fromkeys(deadline.kind for deadline in deadlines):
        if key in declared:
            yield declared[key], [deadline for deadline in deadlines if deadline.kind == key]


def _reminders_by_kind(
    reminders: Sequence[Reminder],
) -> Iterator[tuple[DeadlineKind, list[Reminder]]]:
    for kind, _ in _by_kind([reminder.deadline for reminder in reminders]):
        yield kind, [each for each in reminders if each.deadline.kind == kind.key]


# --- Who is told, found when the reminder is due: a person, a team at its address, a role.


def of_role(organisation: Organisation, role: str) -> list[Recipient]:
    """Everybody who holds the role in the organisation today, and is not away if others are not."""
    held = holders([(organisation.pk, role)])[organisation.pk, role]
    people = {user.person_id: user for user in held if user.person_id}
    absent = away((pk, organisation.pk) for pk in people)
    there = [user for pk, user in people.items() if not absent[pk, organisation.pk]]
    label = Role(role).label
    label = label if label.startswith("MoU") else label.lower()
    return [
        Recipient(
            user.email, f"you are {label} of {organisation}.", organisation.pk, user.person_id
        )
        for user in there or people.values()
    ]


def of_person(person: Person, organisation: Organisation, why: str) -> Recipient | None:
    """At their address; None where none is known, and for an account that ended there."""
    key = person.pk, organisation.pk
    if hasattr(person, "user") and gone([key])[key]:
        return None
    address = person.user.email if hasattr(person, "user") else person.email
    return Recipient(address, why, organisation.pk, person.pk) if address else None


def of_team(team: Team) -> Recipient:
    return Recipient(team.address, f"it goes to the team {team.name}.", team.organisation_id)
