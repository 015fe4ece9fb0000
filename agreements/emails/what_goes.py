"""What goes of e-mails on record with an MoU that is disposed of: that one was put where, by whom
and when, and the hash of its file stay. Those on things that several MoUs share go with those."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from django.db.models import Q

from agreements.core.goes import behind
from agreements.models import EmailWord, InboundEmail, SavedEmail
from house.goes import Goes, GoesFile

WHAT: Final = "E-mails on record: from whom, to whom, what they say, and words on them"
FILES: Final = "Stored files"
_SAID: Final = (
    *("sender_name", "sender_address", "recipients", "subject", "message_id", "text"),
    *("attachments", "by_mail", "error_because"),
)


def _of(agreement: int) -> Q:
    return Q(agreement=agreement)


def _word_of(agreement: int) -> Q:
    return Q(email__agreement=agreement)


def emails_on(kind: str, things: Callable[[int], Any]) -> Iterator[Goes | GoesFile]:
    """Those on things of one kind that may be about several agreements; `things` finds the ids of
    the things that go with an agreement."""

    def of(agreement: int) -> Q:
        return Q(kind=kind, thing__in=things(agreement))

    def word_of(agreement: int) -> Q:
        return Q(email__kind=kind, email__thing__in=things(agreement))

    yield Goes(WHAT, SavedEmail, _SAID, of=of)
    yield Goes(WHAT, EmailWord, ("reason",), of=word_of)
    yield GoesFile(FILES, SavedEmail, "file", of, of)


GOES: Final = (
    Goes(WHAT, SavedEmail, _SAID, of=_of),
    Goes(WHAT, EmailWord, ("reason",), of=_word_of),
    Goes(
        WHAT, InboundEmail, ("sender_name", "sender_address", "subject", "text", "because"), of=_of
    ),
    GoesFile(FILES, SavedEmail, "file", *behind("agreement")),
    GoesFile(FILES, InboundEmail, "file", *behind("agreement")),
)  # fmt: skip
