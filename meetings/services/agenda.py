"""The agenda of a scheduled meeting: both parties add, word and order its items."""

from __future__ import annotations

from django.db import transaction

from audit.services import record
from house.refusals import ChangedMeanwhile, Refused
from house.tracked import save_all
from meetings.models import AgendaItem, Meeting
from meetings.rules.who import require_recorder
from meetings.services.locking import lock_meeting, require_scheduled
from parties.acting import Acting


def add_item(*, by: Acting, meeting: Meeting, heading: str, body: str = "") -> AgendaItem:
    """Adds an item at the end. The same item again, as by a second press, is not added twice."""
    with transaction.atomic():
        items = _items(by, meeting)
        same = (heading, body, by.who.pk)
        for each in items:
            if (each.heading, each.body, each.added_by_id) == same:
                return each
        made = AgendaItem.objects.create(
            meeting=meeting, position=len(items) + 1, heading=heading, body=body,
            added_by=by.who, added_for=by.on_behalf_of,
        )  # fmt: skip
        _put_in_order([*items, made])
        _audit(by, made, "added an agenda item")
    return made


def word_item(*, by: Acting, item: AgendaItem, edit_no: int, body: str, heading: str = "") -> bool:
    """Changes what an item says; the heading only of one that somebody added.

    Returns whether anything changed. Raises Refused when somebody else changed it since.
    """
    with transaction.atomic():
        current = _there(_items(by, item.meeting), item)
        heading = heading if current.may_be_removed and heading else current.heading
        if (current.heading, current.body) == (heading, body):
            return False
        if current.edit_no != edit_no:
            raise ChangedMeanwhile("item", current.edit_no)
        current.heading, current.body = heading, body
        current.edit_no += 1
        current.save()
        _audit(by, current, "changed an agenda item")
    return True


def move_item(*, by: Acting, item: AgendaItem, places: int) -> None:
    """Moves an item up (negative) or down, as far as the end."""
    with transaction.atomic():
        items = _items(by, item.meeting)
        current = _there(items, item)
        place = items.index(current)
        items.insert(max(0, min(place + places, len(items) - 1)), items.pop(place))
        if _put_in_order(items):
            _audit(by, current, "moved an agenda item")


def remove_item(*, by: Acting, item: AgendaItem) -> None:
    """Takes off an item that somebody added; its history stays. Raises Refused for others."""
    with transaction.atomic():
        items = _items(by, item.meeting)
        current = _there(items, item)
        if not current.may_be_removed:
            raise Refused("This stands on every agenda, so it cannot be taken off.")
        _audit(by, current, "removed an agenda item")
        items.remove(current)
        current.delete()
        _put_in_order(items)


def _items(by: Acting, meeting: Meeting) -> list[AgendaItem]:
    """The items in order, with the meeting locked; only while it is scheduled."""
    require_recorder(by, meeting.series)
    require_scheduled(lock_meeting(meeting))
    return list(AgendaItem.objects.filter(meeting=meeting).order_by("position", "pk"))


def _there(items: list[AgendaItem], item: AgendaItem) -> AgendaItem:
    found = next((each for each in items if each.pk == item.pk), None)
    if found is None:
        raise Refused("Somebody took this item off the agenda meanwhile.")
    return found


def _put_in_order(items: list[AgendaItem]) -> bool:
    """Numbers the items 1, 2, 3, …; whether any place changed."""
    moved = [item for place, item in enumerate(items, start=1) if item.position != place]
    for place, item in enumerate(items, start=1):
        item.position = place
    save_all(moved, ["position"])
    return bool(moved)


def _audit(by: Acting, item: AgendaItem, verb: str) -> None:
    record(by, verb, item, meeting=str(item.meeting.key), heading=item.heading)
