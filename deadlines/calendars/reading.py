"""Which dates a calendar has: what is open, as on Home, and the meetings that were held or called
off. A year back and two years on, the nearest to today, so many at most."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db.models import QuerySet

from deadlines.calendars.events import events_of
from deadlines.calendars.ical import Event
from deadlines.kinds import kinds
from deadlines.models import Concerned, Deadline, Holder
from deadlines.queries import ROLES, of_reader
from house import clock
from house.clock import months_after
from parties.acting import Acting

MONTHS_BACK, MONTHS_ON = 12, 24
# Of one organisation. Who looks after very many agreements has a page of their dates.
AHEAD: Final = 250
LATE: Final = 50
# So many are looked at of what was closed; few of them are meetings.
CLOSED: Final = 300
# Of all organisations of somebody.
MOST: Final = 400
# So long is shown what was called off.
CALLED_OFF: Final = timedelta(days=60)


def dates_of(acting: Acting, *, reference: str = "", own_first: bool = False) -> list[Event]:
    """What the reader's organisation holds, of this agreement alone where one is named.

    `own_first`: where there is more than fits, what they have to see to themselves goes first, and
    each date says whether it is theirs. Ten queries, and those that rooms ask of their own, for any
    number of dates.
    """
    held = Holder.objects.filter(organisation=acting.organisation_id or 0)
    if reference:
        about = Concerned.objects.filter(reference=reference)
        held = held.filter(deadline__in=about.values("deadline"))
    today = clock.today()
    first, last = months_after(today, -MONTHS_BACK), months_after(today, MONTHS_ON)
    open_ones = held.filter(is_open=True)
    ahead = open_ones.filter(due_on__range=(today, last))
    late = open_ones.filter(due_on__gte=first, due_on__lt=today)
    own = _nearest(ahead.filter(of_reader(acting)), AHEAD) if own_first else []
    shown = list(dict.fromkeys([*own, *_nearest(ahead, AHEAD)]))[:AHEAD]
    own += _newest(late.filter(of_reader(acting)), LATE) if own_first else []
    shown = list(dict.fromkeys([*shown, *own, *_newest(late, LATE)]))[: AHEAD + LATE]
    closed = held.filter(is_open=False, due_on__range=(first, last))
    former = _newest(closed, CLOSED)
    rows, is_shown = Deadline.objects.in_bulk([*shown, *former]), set(shown)
    # An open one may be closed for those alone who have not confirmed its text.
    found = [rows[pk] for pk in sorted(rows) if pk in is_shown or _stays(rows[pk])]
    return events_of(found, acting, set(own) if own_first else None)


def all_dates_of(choices: list[Acting]) -> list[Event]:
    """What Home shows somebody, of each of their organisations: each date once, the nearest."""
    today, found = clock.today(), dict[str, Event]()
    for acting in choices:
        for event in dates_of(acting, own_first=True):
            if event.uid not in found or event.is_own:
                found[event.uid] = event
    return sorted(found.values(), key=lambda each: (abs(each.day - today), each.uid))[:MOST]


def _stays(deadline: Deadline) -> bool:
    """Whether a closed one is an event that stays for a while, by its kind."""
    kind = kinds().get(deadline.kind)
    if deadline.closed_at is None or kind is None or kind.events is None:
        return False
    return deadline.state == Deadline.State.MET or deadline.closed_at > clock.now() - CALLED_OFF


def _nearest(held: QuerySet[Holder], most: int) -> list[int]:
    return _each_once(held.order_by("due_on", "deadline"), most)


def _newest(held: QuerySet[Holder], most: int) -> list[int]:
    return _each_once(held.order_by("-due_on", "-deadline"), most)


def _each_once(held: QuerySet[Holder], most: int) -> list[int]:
    """A range of an index alone; no deadline has more rows of one organisation than roles."""
    ids = held.values_list("deadline_id", flat=True)[: most * ROLES]
    return list(dict.fromkeys(ids))[:most]
