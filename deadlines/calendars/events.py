"""Deadlines as events. Nothing that somebody typed is in them, but where a meeting is: no title, no
person's name. What a date is called follows from its kind alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from django.conf import settings

from deadlines.calendars.ical import Event, uid_of
from deadlines.kinds import DeadlineKind, kinds
from deadlines.models import Deadline
from deadlines.todos import concerned_by, lines_of, named_to, personal
from house.answers import NamedAgreement
from house.text import shortened
from nhsuk.words import capital, in_short, with_whom
from parties.acting import Acting

# More references than this make a title that nobody reads; a name is at times a paragraph.
NAMED: Final = 3
LONGEST_NAME: Final = 60


def events_of(
    deadlines: Sequence[Deadline], acting: Acting, own: set[int] | None = None
) -> list[Event]:
    """Those that the reader may know of, behind the wall of agreements too. With `own`, the ids of
    what they have to see to, each says whether it is theirs."""
    declared = kinds()
    known = [each for each in deadlines if each.kind in declared]
    todos = personal([each for each in known if each.is_open], acting, declared)
    lines = lines_of([each for each in known if not declared[each.kind].todos])
    shown = [each for each in known if each.pk in todos or each in lines]
    concerned = concerned_by(shown)
    named = named_to({each for of_one in concerned.values() for each in of_one}, acting)
    rooms_say = said_by_rooms(shown, declared)
    found = []
    for deadline in shown:
        about = {each: named[each] for each in concerned[deadline.pk] if each in named}
        event = rooms_say.get(deadline.pk) or day_of(deadline)
        if event is None or (concerned[deadline.pk] and not about):
            continue
        todo = todos.get(deadline.pk)
        home = next((each.url for each in about.values()), "")
        page = todo.url if todo else lines[deadline].at(deadline).way(home, acting.roles)[0]
        mine = todo.mine if todo else own is not None and deadline.pk in own
        said = _whose(acting, mine) if own is not None else ""
        found.append(replace(in_words(event, about, page, said), is_own=mine))
    return found


def said_by_rooms(
    deadlines: Sequence[Deadline], declared: Mapping[str, DeadlineKind]
) -> dict[int, Event]:
    """Deadline id -> the event, for those of which the room knows more than the day."""
    by_kind: dict[str, list[Deadline]] = defaultdict(list)
    for each in deadlines:
        by_kind[each.kind].append(each)
    found: dict[int, Event] = {}
    for key, of_kind in by_kind.items():
        if events := declared[key].events:
            found |= events(of_kind)
    return found


def day_of(deadline: Deadline) -> Event | None:
    """An open one as its whole day, or as its instant where it has one; None without a date."""
    if deadline.due_on is None or not deadline.is_open:
        return None
    return Event(
        uid=uid_of("date", deadline.pk),
        title=noun_of_kind(deadline),
        starts=deadline.due_at or deadline.due_on,
        sequence=deadline.generation - 1,
    )


def noun_of_kind(deadline: Deadline) -> str:
    return kinds()[deadline.kind].one


def in_words(event: Event, about: Mapping[str, NamedAgreement], page: str, said: str = "") -> Event:
    """The event with whom it is, which agreements it is about, and where to read more."""
    url = f"{settings.SITE_URL}{page}" if page else ""
    text = "\n".join(filter(None, (event.text, said, url)))
    return replace(event, title=_title(event.title, about), text=text, url=url)


def _title(what: str, about: Mapping[str, NamedAgreement]) -> str:
    """ "Review: MoU with Eastmoor CCG (MOU-0001)"."""
    if not about:
        return capital(what)
    others = {pk: name for each in about.values() for pk, name in each.others.items()}
    names = [shortened(name, LONGEST_NAME) for name in dict.fromkeys(others.values())]
    references = list(about)
    few = len(references) <= NAMED
    mentioned = ", ".join(references) if few else in_short(references)
    mous = "MoU" if len(references) == 1 else "MoUs"
    return f"{capital(what)}: {mous} {with_whom(names)} ({mentioned})"


def _whose(acting: Acting, mine: bool) -> str:
    name = acting.on_behalf_of.name
    return f"You see to it, for {name}." if mine else f"Others see to it, for {name}."
