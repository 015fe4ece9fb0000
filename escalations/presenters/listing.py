"""The list of disagreements as records of the design system's table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from deadlines.rules.working_days import Holidays
from escalations.models import Disagreement
from escalations.presenters.words import heading, page_of, tag_of, with_others
from escalations.queries.people import People
from escalations.rules.levels import Stay, level_of
from escalations.rules.proposals import awaited
from house import clock
from nhsuk.components import Cell, Column
from nhsuk.dates import day
from nhsuk.words import and_list, plural
from parties.acting import Acting

COLUMNS = [Column("Subject"), Column("State"), Column("Level"), Column("Waits for")]


def rows(found: Sequence[Disagreement], acting: Acting, holidays: Holidays) -> list[list[Cell]]:
    """The rows of one page; each disagreement has its steps at hand."""
    people = People(found)
    return [_row(each, people, acting, holidays) for each in found]


def _row(
    disagreement: Disagreement, people: People, acting: Acting, holidays: Holidays
) -> list[Cell]:
    parties = people.parties(disagreement)
    whose = with_others(parties, acting.organisation_id)
    reference = disagreement.agreement.reference
    return [
        Cell(
            disagreement.subject,
            href=page_of(disagreement),
            under=f"{heading(disagreement.name)} {whose}, {reference}",
        ),
        Cell(tag=tag_of(disagreement)),
        _level(disagreement, holidays),
        Cell(_waits_for(disagreement, people)),
    ]


def _level(disagreement: Disagreement, holidays: Holidays) -> Cell:
    label = level_of(disagreement.terms, disagreement.level).label
    if disagreement.closed_at:
        return Cell(label, under=f"Closed on {day(disagreement.closed_at)}")
    stay = Stay(disagreement.level_since, None)
    return Cell(label, under=f"For {stay.words(clock.today(), holidays)}")


def _waits_for(disagreement: Disagreement, people: People) -> str:
    if not disagreement.is_open:
        return "Nobody"
    parties = people.parties(disagreement)
    turn = awaited(list(disagreement.steps.all()), disagreement.level, parties)
    return and_list(party.name for party in turn)


def counted(counts: Mapping[str, int], *, narrowed: bool) -> str:
    """How many there are; when the list is narrowed, how many of how many."""
    if narrowed:
        everything = counts["open"] + counts["closed"]
        return f"{counts['matching']:,} of {plural(everything, 'disagreement')}"
    return f"{counts['open']:,} open, {counts['closed']:,} closed"
