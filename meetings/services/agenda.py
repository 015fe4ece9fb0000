"""The agenda of a scheduled meeting: whoever reads an item words it and puts it in order.

Items that are about some agreements alone are read by the parties of these (record 0055): for
everybody else they are not there, and a move goes past them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db import transaction

from agreements.models import Agreement
from audit.services import record
from house.refusals import ChangedMeanwhile, Refused
from house.tracked import save_all
from meetings.models import AgendaItem, ItemAbout, Meeting
from meetings.rules.who import require_own, require_recorder
from meetings.services.locking import lock_meeting, require_scheduled
from parties.acting import Acting


def add_item(
    *,
    by: Acting,
    meeting: Meeting,
    heading: str,
    body: str = "",
    about: Collection[Agreement] = (),
) -> AgendaItem:
    """Adds an item at the end. The same item again, as by a second press, is not added twice.

    `about` are the agreements whose parties alone read it; without any everybody who meets does.
    """
    with transaction.atomic():
        every = _every_item(by, meeting)
        agreements = require_own(by, meeting, about)
        same = (heading, body, by.who.pk, {each.pk for each in agreements})
        for each in every:
            if (each.heading, each.body, each.added_by_id, _about(each)) == same:
                return each
        made = AgendaItem.objects.create(
            meeting=meeting, position=len(every) + 1, heading=heading, body=body,
            added_by=by.who, added_for=by.on_behalf_of,
        )  # fmt: skip
        ItemAbout.objects.bulk_create(ItemAbout(item=made, agreement=a) for a in agreements)
        _put_in_order([*every, made])
        _audit(by, made, "added an agenda item")
    return made


def word_item(*, by: Acting, item: AgendaItem, edit_no: int, body: str, heading: str = "") -> bool:
    """Changes what an item says; the heading only of one that somebody added.

    Returns whether anything changed. Raises Refused when somebody else changed it since.
    """
    with transaction.atomic():
        current = _there(_read_by(by, _every_item(by, item.meeting)), item)
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
        every = _every_item(by, item.meeting)
        items = _read_by(by, every)
        current = _there(items, item)
        place = items.index(current)
        beside = items[max(0, min(place + places, len(items) - 1))]
        every.insert(every.index(beside), every.pop(every.index(current)))
        if _put_in_order(every):
            _audit(by, current, "moved an agenda item")


def remove_item(*, by: Acting, item: AgendaItem) -> None:
    """Takes off an item that somebody added; its history stays. Raises Refused for others."""
    with transaction.atomic():
        every = _every_item(by, item.meeting)
        current = _there(_read_by(by, every), item)
        if not current.may_be_removed:
            raise Refused("This stands on every agenda, so it cannot be taken off.")
        _audit(by, current, "removed an agenda item")
        every.remove(current)
        current.about.all().delete()
        current.delete()
        _put_in_order(every)


def _every_item(by: Acting, meeting: Meeting) -> list[AgendaItem]:
    """The items in order, with the meeting locked; only while it is scheduled."""
    require_recorder(by, meeting.series)
    require_scheduled(lock_meeting(meeting))
    found = AgendaItem.objects.filter(meeting=meeting).prefetch_related("about")
    return list(found.order_by("position", "pk"))


def _read_by(by: Acting, every: Iterable[AgendaItem]) -> list[AgendaItem]:
    """Those of these items that are there for whoever acts."""
    seen = AgendaItem.objects.visible_to(by).filter(pk__in=[each.pk for each in every])
    ids = set(seen.values_list("pk", flat=True))
    return [each for each in every if each.pk in ids]


def _about(item: AgendaItem) -> set[int]:
    return {row.agreement_id for row in item.about.all()}


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
    about = [row.agreement.reference for row in item.about.select_related("agreement")]
    record(by, verb, item, meeting=str(item.meeting.key), heading=item.heading, agreements=about)
