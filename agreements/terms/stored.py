"""Terms as they are stored: JSON with a format number, read whatever their format (record 0017).

A frozen version keeps the JSON that it was signed with, for its hash is of that JSON. So the terms
are brought to the newest format each time that they are read, and are never written back.
"""

from __future__ import annotations

import json
from functools import lru_cache

from agreements.terms.model import Blank, Slot, Terms
from agreements.terms.times import Meetings
from agreements.terms.upgrades import UPGRADES, Stored

# What new terms are stored in. Format 0 is that of the terms stored before there was a number.
FORMAT = len(UPGRADES)
# Where every format has it: queries read this one term from the stored JSON. A step that moves it
# has to change what reads it.
MONTHS_STORED_AS = "contacts_confirmed_months"
# Checking terms takes most of a millisecond, and a page lists many that have equal ones.
KEPT = 200


def as_stored(terms: Terms) -> Stored:
    """The terms as JSON of the newest format."""
    stored = {"format": FORMAT, **terms.model_dump(mode="json")}
    stored["meetings"] |= _as_one_number(terms.meetings)
    return stored


def _as_one_number(meetings: Meetings) -> Stored:
    """What the former version reads, of the first series; a later step takes it out."""
    first = next(iter(meetings.series), None)
    topics = first.model_dump(mode="json")["topics"] if first else []
    return {"per_year": first.in_a_year if first else 0, "sources": topics}


def read_terms(stored: Stored) -> Terms:
    """The terms that were stored in any format. Raises ValidationError where they are none.

    What these terms do not know is ignored: after a step back to the former version of the portal
    it reads what the newer one stored.
    """
    return _read(json.dumps(stored))


@lru_cache(maxsize=KEPT)
def _read(text: str) -> Terms:
    stored = json.loads(text)
    for upgrade in UPGRADES[stored.get("format", 0) :]:
        stored = upgrade(stored)
    return Terms.model_validate(stored, extra="ignore")


def read_slot(stored: Stored) -> Slot:
    """A side of a template as it was stored."""
    return Slot.model_validate(stored, extra="ignore")


def read_blank(stored: Stored) -> Blank:
    """A blank of a template as it was stored."""
    return Blank.model_validate(stored, extra="ignore")
