"""What an e-mail carries of the date that it is about: the same event as in feeds (RFC 5546)."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings

from deadlines.calendars.events import day_of
from deadlines.calendars.ical import Event, Method, calendar
from deadlines.models import Deadline
from house import clock
from mail.kinds import CalendarPart, Message
from nhsuk.words import capital


def with_invitation(message: Message, event: Event, page: str, to: str) -> Message:
    """The e-mail, which asks whoever has this address to the event, or takes it out of their
    calendar where it was called off. `page` is where to read more."""
    method: Method = "CANCEL" if event.is_cancelled else "REQUEST"
    return replace(message, calendar=_part(_told(event, message, page), method, to))


def date_of(deadline: Deadline, message: Message) -> CalendarPart | None:
    """The date of which the e-mail reminds somebody; None where it has none, or where that is over:
    nobody puts into a calendar what is late."""
    event = day_of(deadline)
    if event is None or event.day < clock.today():
        return None
    return _part(_told(event, message, ""), "PUBLISH")


def _told(event: Event, message: Message, page: str) -> Event:
    """In the words of feeds. A button may carry a secret of the reader's, so it stands nowhere:
    others may see a calendar."""
    title = ": ".join(filter(None, (capital(event.title), message.in_short)))
    url = f"{settings.SITE_URL}{page}" if page else ""
    text = "\n".join(filter(None, (event.text, url)))
    return replace(event, title=title, text=text, url=url)


def _part(event: Event, method: Method, to: str = "") -> CalendarPart:
    return CalendarPart(method, calendar([event], method=method, made_at=clock.now(), to=to))
