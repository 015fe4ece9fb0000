"""The days of a calendar file that somebody uploads, as Outlook and others save it (.ics)."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.core.files.uploadedfile import UploadedFile

from documents.limited import Stopped, run
from documents.uploads import LIMITS, bytes_from, refusal_of
from house.refusals import Refused

SENTENCES: Final = {
    "kind": "This file is no calendar. Save the calendar as an .ics file, and upload that.",
    "damaged": "This calendar cannot be read. Save it again as an .ics file, and upload that.",
    "large": "This calendar has too much in it. Save the meetings of one body alone, and upload "
    "that.",
    "not now": "This calendar could not be read just now. Try again in a minute.",
}


def days_from(upload: UploadedFile, *, until: date) -> list[date]:
    """The London days of its events, in order, each once; none after `until`. Raises Refused."""
    try:
        found, _ = run("calendar", {"until": until.isoformat()}, [bytes_from(upload)], LIMITS)
    except Stopped as stop:
        raise refusal_of(stop, SENTENCES, otherwise="large") from stop
    if found["reason"] is not None:
        raise Refused(SENTENCES[str(found["reason"])])
    return [date.fromisoformat(each) for each in found["days"]]
