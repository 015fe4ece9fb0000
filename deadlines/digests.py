"""What stands in a person's one e-mail of a working day, and who wants it so."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from deadlines.models import DigestLine, MailPreference
from house.once import each_once


def digest_key(person: int, day: date) -> str:
    """Names the e-mail in its context: "7:2014-03-05"."""
    return f"{person}:{day.isoformat()}"


@each_once(DigestLine)
def lines_of_digests(digests: Collection[str]) -> dict[str, list[DigestLine]]:
    """By their keys, the lines of many in order (one query)."""
    asked = [each.split(":") for each in digests]
    rows = DigestLine.objects.filter(
        person__in={int(person) for person, _ in asked}, day__in={on for _, on in asked}
    )
    found: dict[str, list[DigestLine]] = {each: [] for each in digests}
    for line in rows.order_by("pk"):
        found.get(digest_key(line.person_id, line.day), []).append(line)
    return found


@each_once(MailPreference)
def wishes_of(people: Collection[int | None]) -> dict[int | None, MailPreference | None]:
    """What these people said of their e-mails; None for who said nothing, or is no person."""
    rows = MailPreference.objects.filter(person__in=[pk for pk in people if pk])
    return dict.fromkeys(people) | {wish.person_id: wish for wish in rows}
