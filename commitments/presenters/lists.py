"""Actions as rows of a table, for the list and for the pages of agreements and meetings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.http import QueryDict
from django.urls import reverse

from commitments.models import Action
from commitments.presenters.words import due_words, owner_words, state_tag
from nhsuk.components import Cell, Column, Link, Tag
from nhsuk.words import plural

COLUMNS = [Column("Action"), Column("Who"), Column("Due"), Column("State")]


def rows_of(
    actions: Iterable[Action], today: date, sources: Mapping[str, Link] | None = None
) -> list[list[Cell]]:
    """One row each; with `sources` it says where the action was agreed."""
    return [_row(action, today, sources) for action in actions]


def _row(action: Action, today: date, sources: Mapping[str, Link] | None) -> list[Cell]:
    standing = Action.Standing(action.standing)
    marked = standing in {Action.Standing.AWAITED, Action.Standing.DISPUTED} and action.is_open
    return [
        Cell(
            action.what,
            href=reverse("commitments:action", args=[action.key]),
            tag=Tag(str(standing.label), "yellow") if marked else None,
            under=_under(action, sources),
        ),
        Cell(owner_words(action)),
        Cell(due_words(action, today)),
        Cell(tag=state_tag(action, today)),
    ]


def _under(action: Action, sources: Mapping[str, Link] | None) -> str:
    where = ""
    if sources is not None:
        source = sources.get(action.source_key)
        where = f", {source.text}" if source else ""
        where = f"{where}, {action.agreement.reference}"
    carried = f", carried {plural(action.carried, 'time')}" if action.carried else ""
    return f"Action {action.number}{where}{carried}"


def counted(found: int, wanted: Mapping[str, str]) -> str:
    """ "3 open actions": the heading of the list."""
    kind = {"": "open ", "overdue": "overdue ", "closed": "closed ", "all": ""}
    return plural(found, f"{kind.get(wanted.get('state', ''), '')}action")


def page_href(query: QueryDict) -> str:
    """The page's own query, with {} where the number of another page goes."""
    kept = query.copy()
    kept.pop("page", None)
    written = kept.urlencode().replace("{", "{{").replace("}", "}}")
    return f"?{written}&page={{}}" if written else "?page={}"
