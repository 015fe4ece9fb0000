"""The agenda of a meeting, item by item, with what the portal holds for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from documents.markdown import to_html
from house.room import AgendaPoint
from meetings.models import AgendaItem, Meeting
from meetings.queries.points import points_for
from meetings.queries.seen import agreements_seen
from nhsuk.components import Cell

Kind = AgendaItem.Kind


@dataclass(frozen=True)
class Line:
    """One item as the page shows it."""

    item: AgendaItem
    number: int
    html: Markup
    points: Sequence[AgendaPoint] = ()
    actions: Sequence[Sequence[Cell]] = ()
    added: str = ""
    may_up: bool = False
    may_down: bool = False

    @property
    def is_of_actions(self) -> bool:
        return self.item.kind == Kind.ACTIONS

    @property
    def is_empty(self) -> bool:
        """Nothing stands yet under a heading that the portal could have filled."""
        fills_itself = self.item.kind in {Kind.SOURCE, Kind.SINCE}
        ahead = self.item.meeting.is_scheduled
        return ahead and fills_itself and not self.points and not self.item.body


def lines_of(meeting: Meeting, carried: Sequence[Sequence[Cell]]) -> list[Line]:
    """The items in order; `carried` are the rows of the actions that earlier meetings left open."""
    rows = meeting.agenda.select_related("added_by__person", "added_for")
    items = list(rows.prefetch_related("added_for__names"))
    points = points_for(meeting, agreements_seen(meeting.series))
    claimed = {item.topic for item in items if item.topic}
    unclaimed = [p for topic, each in points.items() if topic not in claimed for p in each]
    return [
        Line(
            item,
            place,
            to_html(item.body),
            points=_points(item, points, unclaimed),
            actions=carried if item.kind == Kind.ACTIONS else (),
            added=f"Added by {item.added_by}, {item.added_for}" if item.added_by else "",
            may_up=place > 1,
            may_down=place < len(items),
        )
        for place, item in enumerate(items, start=1)
    ]


def _points(
    item: AgendaItem, points: dict[str, list[AgendaPoint]], unclaimed: list[AgendaPoint]
) -> list[AgendaPoint]:
    if item.kind == Kind.SINCE:
        return unclaimed
    return points.get(item.topic, []) if item.topic else []


@dataclass(frozen=True)
class WhoCame:
    """Who came, by organisation; others by name or role."""

    organisation: str
    names: list[str] = field(default_factory=list)


def who_came(meeting: Meeting) -> list[WhoCame]:
    rows = meeting.attendees.select_related("person", "organisation")
    found: dict[str, list[str]] = {}
    for row in rows.prefetch_related("organisation__names"):
        where = str(row.organisation) if row.organisation else "Others"
        found.setdefault(where, []).append(str(row))
    return [WhoCame(where, names) for where, names in found.items()]
