"""The lines of deadlines as one reader sees them: what is stored, and what is read for all at once.

Behind the wall of agreements too: without those that concern none that the reader may see.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from deadlines.kinds import DeadlineKind, kinds, lines_now
from deadlines.lines import Line
from deadlines.models import Concerned, Deadline
from house.answers import NamedAgreement, Todo
from house.rooms import rooms
from nhsuk.words import plural, with_whom
from parties.acting import Acting

# So many references are named where a line is about several agreements.
NAMED = 3


def todos_of(
    deadlines: Iterable[Deadline], acting: Acting, own: Collection[int], watched: Collection[int]
) -> dict[int, Todo]:
    """Deadline id -> its line for the reader, the most urgent first (four queries for any number).

    `own` are those that the reader has to see to; `watched` those on which others act: they lead to
    the agreement, not to what only the others may open. A kind whose lines depend on who reads asks
    its own besides, and knows better whose they are.
    """
    declared = kinds()
    known = [deadline for deadline in deadlines if deadline.kind in declared]
    found = personal(known, acting, declared)
    lines = lines_of([deadline for deadline in known if not declared[deadline.kind].todos])
    concerned = concerned_by(lines)
    named = named_to({each for of_one in concerned.values() for each in of_one}, acting)
    for deadline, of_one in _together(lines).items():
        references = [each for one in of_one for each in concerned[one.pk]]
        about = {each: named[each] for each in references if each in named}
        if about or not references:
            line = lines[deadline]
            mine = deadline.pk in own and line.not_for != acting.who.person_id
            roles = () if deadline.pk in watched else acting.roles
            todo = _todo(line.at(deadline), about, roles)
            found[deadline.pk] = replace(todo, is_late=line.is_late(deadline), mine=mine)
    dated = {
        each.pk: _dated(found[each.pk], each, declared[each.kind])
        for each in known
        if each.pk in found
    }
    return dict(sorted(dated.items(), key=lambda item: item[1].order))


def lines_of(deadlines: Sequence[Deadline]) -> dict[Deadline, Line]:
    """What is stored; what is from before lines were kept, as its room says it now."""
    kept = {each: Line.stored(each.line) for each in deadlines if each.line}
    unsaid = [deadline for deadline in deadlines if deadline.line is None]
    return kept | {deadline: line for deadline, line in lines_now(unsaid) if line}


def _together(lines: Mapping[Deadline, Line]) -> dict[Deadline, list[Deadline]]:
    """The first of those that ask one thing for several parties at one moment, with all of them.

    A draft that three agreements wait for is shared once.
    """
    found: dict[tuple[object, ...], list[Deadline]] = defaultdict(list)
    for deadline, line in lines.items():
        alone = 0 if line.naming == "party" else deadline.pk
        moment = (deadline.due_on, deadline.due_at)
        found[deadline.kind, deadline.subject_key, line.act, moment, alone].append(deadline)
    return {of_one[0]: of_one for of_one in found.values()}


def personal(
    deadlines: Sequence[Deadline], acting: Acting, declared: Mapping[str, DeadlineKind]
) -> dict[int, Todo]:
    """Those whose lines depend on who reads, as far as they are for the reader."""
    found: dict[int, Todo] = {}
    for key in dict.fromkeys(deadline.kind for deadline in deadlines):
        if todos := declared[key].todos:
            found |= todos([each for each in deadlines if each.kind == key], acting)
    return {pk: replace(todo, mine=not todo.waits_for) for pk, todo in found.items()}


def concerned_by(deadlines: Iterable[Deadline]) -> dict[int, list[str]]:
    """Deadline id -> the references of its agreements, in order."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = Concerned.objects.filter(deadline__in=[each.pk for each in deadlines])
    for pk, reference in rows.order_by("reference").values_list("deadline_id", "reference"):
        found[pk].append(reference)
    return found


def named_to(references: set[str], acting: Acting) -> dict[str, NamedAgreement]:
    """Those that the reader may see, by reference."""
    found: dict[str, NamedAgreement] = {}
    for room in rooms() if references else ():
        found |= room.named(references, acting)
    return found


def _todo(line: Line, about: Mapping[str, NamedAgreement], roles: Collection[str]) -> Todo:
    """The line to a reader with these roles who may see these of its agreements."""
    home = next((each.url for each in about.values()), "")
    page, button = line.way(home, roles)
    parties = {pk: name for each in about.values() for pk, name in each.others.items()}
    others = with_whom(list(dict.fromkeys(parties.values())))
    after = {"mou": f" the MoU {others}", "party": f" {others}", "nobody": ""}[line.naming]
    recorder = parties.get(line.recorded_for)
    return Todo(
        sentence=line.act + after,
        about=(line.about or _titles(about)) + (f", recorded by {recorder}" if recorder else ""),
        url=page,
        button=button,
        alike={"mou": line.act, "party": f"{line.act} under", "nobody": ""}[line.naming],
        references=tuple(about),
    )


def _titles(about: Mapping[str, NamedAgreement]) -> str:
    """The title of the one agreement, or the references of several."""
    if len(about) == 1:
        return next(iter(about.values())).title
    more = len(about) - NAMED
    return ", ".join(list(about)[:NAMED]) + (f" and {plural(more, 'other')}" if more > 0 else "")


def _dated(todo: Todo, deadline: Deadline, kind: DeadlineKind) -> Todo:
    return replace(
        todo,
        due_on=deadline.due_on,
        due_at=deadline.due_at,
        since=deadline.since,
        kind=kind.key,
        together=kind.together,
    )
