"""Events, written as RFC 5545 says: lines of at most 75 octets, text escaped, instants in UTC."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parseaddr
from typing import Final, Literal
from urllib.parse import urlsplit

from django.conf import settings

from house.clock import london_day

Method = Literal["PUBLISH", "REQUEST", "CANCEL"]

CRLF: Final = "\r\n"
LONGEST_LINE: Final = 75  # octets, without the end of the line
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u0085\u2028\u2029]")
# A calendar has at least one part, whatever its events: this one says whose days and hours these
# are. Instants are written in UTC, so no program has to reckon with it.
_LONDON: Final = """BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19810329T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
TZNAME:BST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
TZNAME:GMT
END:STANDARD
END:VTIMEZONE""".splitlines()


@dataclass(frozen=True)
class Event:
    """A date in a calendar. `starts` is a London day, or an aware instant.

    Without `ends` a day is the whole day, and an instant has no length. `sequence` rises whenever
    it moves or is called off. Only what is `busy` fills somebody's time.
    """

    uid: str
    title: str
    starts: date
    ends: datetime | None = None
    place: str = ""
    text: str = ""
    url: str = ""
    sequence: int = 0
    changed_at: datetime | None = None
    is_cancelled: bool = False
    is_busy: bool = False
    # The organisation that invites to it; without one the portal speaks for itself.
    organiser: str = ""
    # Whether the reader of a calendar has to see to it.
    is_own: bool = False

    @property
    def day(self) -> date:
        """The London day on which it begins."""
        return london_day(self.starts) if isinstance(self.starts, datetime) else self.starts


def uid_of(what: str, key: object) -> str:
    """What makes an event one, in feeds and in e-mails alike."""
    return f"{what}-{key}@{urlsplit(settings.SITE_URL).hostname}"


def sender() -> str:
    """The address that the portal's e-mails come from."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def calendar(
    events: Iterable[Event],
    *,
    method: Method,
    made_at: datetime,
    name: str = "",
    to: str = "",
) -> str:
    """The whole file. A feed has a name; `to` is the address of the one who is told by e-mail."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//MoU portal//Calendar//EN",
        "CALSCALE:GREGORIAN",
        f"METHOD:{method}",
    ]
    if name:
        said = escaped(name)
        lines += [f"NAME:{said}", f"X-WR-CALNAME:{said}"]
        lines += ["REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H", *_LONDON]
    for event in events:
        lines += _event(event, made_at, to)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}{CRLF}" for line in lines)


def _event(event: Event, made_at: datetime, to: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{_instant(made_at)}"
    yield from _when(event)
    yield f"SUMMARY:{escaped(event.title)}"
    if event.text:
        yield f"DESCRIPTION:{escaped(event.text)}"
    if event.place:
        yield f"LOCATION:{escaped(event.place)}"
    if event.url:
        yield f"URL:{event.url}"
    yield f"SEQUENCE:{event.sequence}"
    if event.changed_at:
        yield f"LAST-MODIFIED:{_instant(event.changed_at)}"
    yield f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}"
    yield f"TRANSP:{'OPAQUE' if event.is_busy and not event.is_cancelled else 'TRANSPARENT'}"
    yield _person("ORGANIZER", sender(), event.organiser or settings.PORTAL_NAME)
    if to:
        # Nobody reads an answer to the portal's address.
        yield _person("ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE", to)
    yield "END:VEVENT"


def _when(event: Event) -> Iterator[str]:
    if isinstance(event.starts, datetime):
        yield f"DTSTART:{_instant(event.starts)}"
        if event.ends:
            yield f"DTEND:{_instant(event.ends)}"
        return
    yield f"DTSTART;VALUE=DATE:{event.starts:%Y%m%d}"
    # The day on which it is over: the one after.
    yield f"DTEND;VALUE=DATE:{event.starts + timedelta(days=1):%Y%m%d}"


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _person(line: str, address: str, name: str = "") -> str:
    """A name, of an organisation, stands in quotation marks, which it can have none of itself."""
    name = _CONTROL.sub("", " ".join(name.split())).replace('"', "'")
    called = f';CN="{name}"' if name else ""
    return f"{line}{called}:mailto:{address}"


def escaped(text: str) -> str:
    """As the value of a property: one line, with what has a meaning there marked."""
    lines = "\n".join(text.splitlines())
    plain = _CONTROL.sub("", lines).replace("\\", "\\\\")
    return plain.replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> str:
    """The line in pieces of at most 75 octets; no letter is cut in two."""
    if len(line.encode()) <= LONGEST_LINE:
        return line
    pieces, room, piece = [], LONGEST_LINE, ""
    for letter in line:
        size = len(letter.encode())
        if size > room:
            pieces.append(piece)
            # What goes on begins with a space, which counts.
            piece, room = "", LONGEST_LINE - 1
        piece, room = piece + letter, room - size
    return f"{CRLF} ".join([*pieces, piece])
