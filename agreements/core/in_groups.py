"""Agreements that went to a group: one e-mail a day, and who has opened what it got (record 0051).

What happened stands in the person's daily e-mail, beside the reminders of the day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from agreements.models import Agreement, Happening, IssueLine, IssueNews, Party
from deadlines.kinds import Recipient
from deadlines.services.telling import next_digest_day, queue_digests
from house import clock
from house.wall import WhoAsks


def put_in_digest(of: Happening, told: Iterable[Recipient]) -> None:
    """The next day's e-mail to these people names what happened, with all else of the group."""
    line = IssueLine.objects.filter(agreement=of.agreement_id).only("share_id").first()
    if line is not None:
        day = next_digest_day(clock.now())
        IssueNews.objects.get_or_create(share_id=line.share_id, happening=of, defaults={"day": day})
        queue_digests(told, day)


def of_party(party: Party, told: list[Recipient]) -> list[Recipient]:
    """These people of the party, who get one e-mail a day where it has the agreement in a group."""
    return [replace(each, one_a_day=True) for each in told] if party.told_daily else told


def note_opened(agreement: Agreement, acting: WhoAsks) -> None:
    """Notes that somebody of an organisation first looked at what it got among others.

    Of other agreements nothing is asked: their sides are at hand.
    """
    sides = agreement.sides
    if not any(party.told_daily for party in sides):
        return
    mine = (party for party in sides if party.organisation.pk == acting.organisation_id)
    if any(not party.told_daily for party in mine):
        opened_by_link(agreement)


def opened_by_link(agreement: Agreement) -> None:
    """The same of somebody without an account, whose link and code the caller has checked."""
    lines = IssueLine.objects.filter(agreement=agreement, opened_at=None)
    lines.update(opened_at=clock.now())
