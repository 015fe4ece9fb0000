"""Who was told, in words: for the banner that says what an action did."""

from __future__ import annotations

from collections.abc import Iterable

from communications.models import Announcement, Share
from communications.queries.readers import shares_of
from communications.services.telling import address_of
from nhsuk.words import and_list


def told_named(announcement: Announcement) -> str:
    """ "We told Olga Other and Press office."; nobody is told before a draft was shared."""
    return told(shares_of(announcement)) or "Nobody else has a draft, so nobody had to be told."


def told(shares: Iterable[Share]) -> str:
    """Whom an e-mail went to, and who could not be told."""
    rows = list(shares)
    reached = dict.fromkeys(share.reader for share in rows if address_of(share))
    missed = dict.fromkeys(share.reader for share in rows if not address_of(share))
    sentences = [f"We told {and_list(reached)}."] if reached else []
    if missed:
        sentences.append(f"We could not tell {and_list(missed)}, who may have left.")
    return " ".join(sentences)
