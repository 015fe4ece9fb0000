"""Actions as rows of a table, for the list and for the pages of agreements and meetings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.urls import reverse

from commitments.models import Action
from commitments.presenters.words import due_words, owner_words, state_tag
from nhsuk.components import Cell, Column, Link, Tag
from nhsuk.words import plural

COLUMNS = [Column("Action"), Column("Who"), Column("Due"), Column("State")]


def rows_of(
    actions: Iterable[Action],
    today: date,
    sources: Mapping[str, Link] | None = None,
    *,
    of_many: bool = False,
) -> list[list[Cell]]:
    """One row each; with `sources` it says where the action was agreed, `of_many` of which MoU."""
    return [_row(action, today, _under(action, sources or {}, of_many)) for action in actions]


def _row(action: Action, today: date, under: str) -> list[Cell]:
    standing = Action.Standing(action.standing)
    marked = standing in {Action.Standing.AWAITED, Action.Standing.DISPUTED} and action.is_open
    return [
        Cell(
            action.what,
            href=reverse("commitments:action", args=[action.key]),
            tag=Tag(str(standing.label), "yellow") if marked else None,
            under=under,
        ),
        Cell(owner_words(action)),
        Cell(due_words(action, today)),
        Cell(tag=state_tag(action, today)),
    ]


def _under(action: Action, sources: Mapping[str, Link], of_many: bool) -> str:
    source = sources.get(action.source_key)
    parts = [
        f"Action {action.number}",
        source.text if source else "",
        action.agreement.reference if of_many else "",
        f"carried {plural(action.carried, 'time')}" if action.carried else "",
    ]
    return ", ".join(part for part in parts if part)


def counted(found: int, wanted: Mapping[str, str]) -> str:
    """ "3 open actions": the heading of the list."""
    kind = {"": "open ", "overdue": "overdue ", "closed": "closed ", "all": ""}
    return plural(found, f"{kind.get(wanted.get('state', ''), '')}action")
