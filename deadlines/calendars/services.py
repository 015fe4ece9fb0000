"""Making a calendar, giving it another address, stopping it; and what it has when it is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q

from audit.services import write_entry
from deadlines.calendars.ical import Event
from deadlines.calendars.reading import all_dates_of, dates_of
from deadlines.calendars.tokens import by_token, set_token
from deadlines.models import Feed
from deadlines.todos import named_to
from house import clock
from house.lifecycle import lock
from house.refusals import NotYours, Refused
from parties.acting import Acting, each_acting

# Each is read every hour by some program.
MOST_FEEDS: Final = 50
# For so long the page of a new one shows its address.
SHOWN_FOR: Final = timedelta(minutes=10)
READ_EVERY: Final = timedelta(hours=1)
HAVE_IT: Final = (
    "You have this calendar already. Open it below, and give it another address if you need it "
    "again."
)


@dataclass(frozen=True)
class Calendar:
    """What a calendar has now, and what programs call it."""

    name: str
    events: list[Event]


def make_feed(*, by: Acting, of_organisation: bool = False, reference: str = "") -> Feed:
    """A calendar of what Home shows them, of the organisation that they act for, or of what that
    holds of an agreement.

    Raises NotYours for an agreement that they may not see, Refused for one that they have already.
    """
    named = {"organisation": by.on_behalf_of} if of_organisation or reference else {}
    if reference and not named_to({reference}, by):
        raise NotYours("You may not see this agreement.")
    mine = Feed.objects.visible_to(by).working()
    if mine.count() >= MOST_FEEDS:
        raise Refused(f"You have {MOST_FEEDS} calendars. Stop one that you do not need.")
    feed = Feed(user=by.who, reference=reference, made_at=clock.now(), **named)
    set_token(feed)
    with transaction.atomic():
        try:
            with transaction.atomic():
                feed.save()
        except IntegrityError:
            raise Refused(HAVE_IT) from None
        _record(by, "made a calendar", feed)
    return feed


def replace_address(*, by: Acting, feed: Feed) -> None:
    """Another address in the place of the former one, which is dead from then on."""
    with transaction.atomic():
        current = _own(by, feed)
        current.generation += 1
        current.made_at, current.read_at = clock.now(), None
        set_token(current)
        current.save()
        _record(by, "gave a calendar another address", current)


def stop_feed(*, by: Acting, feed: Feed) -> None:
    """Its address is dead from then on."""
    with transaction.atomic():
        current = _own(by, feed)
        current.stopped_at = clock.now()
        current.save()
        _record(by, "stopped a calendar", current)


def open_feed(token: str) -> Calendar | None:
    """What the calendar at this address has, with the rights that whoever made it has today.

    None for an address that is not ours, that was replaced or stopped, or whose owner may not log
    in, or has no role any more where it is of. Once an hour it is noted that it was read.
    """
    feed = by_token(token)
    choices = each_acting(feed.user) if feed else []
    if feed is None or not choices:
        return None
    found = _found(feed, choices)
    if found is not None:
        now = clock.now()
        unread = Q(read_at=None) | Q(read_at__lt=now - READ_EVERY)
        if feed.read_at is None or feed.read_at < now - READ_EVERY:
            Feed.objects.filter(unread, pk=feed.pk, generation=feed.generation).update(read_at=now)
    return found


def _found(feed: Feed, choices: list[Acting]) -> Calendar | None:
    if feed.organisation_id is None:
        return Calendar(f"My dates, {settings.PORTAL_NAME}", all_dates_of(choices))
    acting = next((a for a in choices if a.organisation_id == feed.organisation_id), None)
    if acting is None:
        return None
    name = acting.on_behalf_of.name
    if not feed.reference:
        return Calendar(f"MoUs of {name}", dates_of(acting))
    if not named_to({feed.reference}, acting):
        return None
    return Calendar(f"{feed.reference}, for {name}", dates_of(acting, reference=feed.reference))


def _own(by: Acting, feed: Feed) -> Feed:
    """The calendar as it is now, locked. Raises NotYours for somebody else's, Refused for one that
    was stopped meanwhile."""
    current = lock(feed)
    if current.user_id != by.who.pk:
        raise NotYours("This calendar is somebody else's.")
    if current.stopped_at:
        raise Refused("This calendar is stopped. Make a new one if you need it again.")
    return current


def _record(by: Acting, verb: str, feed: Feed) -> None:
    write_entry(
        actor=by.who,
        organisation_id=feed.organisation_id,
        verb=verb,
        about=feed,
        payload={"reference": feed.reference},
    )
