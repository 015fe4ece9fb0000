"""Somebody leaves who planned announcements, or with whom drafts of others are shared."""

from __future__ import annotations

from itertools import groupby

from django.db.models import Q

from communications.models import Announcement, Share
from communications.models.announcements import AnnouncementQuerySet
from communications.services.dates import keep_dates
from communications.services.locking import lock_with_agreements, note
from communications.services.telling import tell_planner
from parties.models import Organisation, Person
from parties.services.people import Leaving


def announcement_key(announcement: Announcement) -> str:
    """What it is called among all that somebody hands over."""
    return f"announcement-{announcement.pk}"


def kept_by(person: Person, organisation: Organisation) -> AnnouncementQuerySet:
    """The open announcements that the person sees to for the organisation."""
    planned = Q(planned_by__person=person, kept_by=None, is_left=False)
    return Announcement.objects.still_open().filter(planned | Q(kept_by=person), owner=organisation)


def lock_announcements(leaving: Leaving) -> None:
    for each in kept_by(leaving.person, leaving.organisation).order_by("pk"):
        lock_with_agreements(each)


def hand_over_announcements(leaving: Leaving) -> None:
    """From today on, so that reminders go to who follows. Who planned each stays on record."""
    rows = kept_by(leaving.person, leaving.organisation)
    for each in rows.order_by("pk"):
        current = lock_with_agreements(each)
        current.kept_by = leaving.follows(announcement_key(each))
        current.is_left = current.kept_by is None
        current.save(update_fields=["kept_by", "is_left"])
        keep_dates(current)
        follows = current.kept_by.pk if current.kept_by else None
        note(leaving.by, "handed_over", current, before=leaving.person.pk, now=follows)


def tell_owners_of_readers(leaving: Leaving) -> None:
    """Whoever shared a draft with the person under embargo chooses another reader, or none.

    Their own organisation does not: it does not even know that there is a draft.
    """
    rows = Share.objects.still_open().filter(
        person=leaving.person, organisation=leaving.organisation,
        draft__announcement__state__in=("planned", "shared"),
    )  # fmt: skip
    shares = rows.select_related("draft__announcement").order_by("draft__announcement", "-pk")
    for _, of_one in groupby(shares, key=lambda share: share.draft.announcement_id):
        newest = next(of_one)
        tell_planner(
            newest.draft.announcement, kind="announcement_reader_leaves", event=f"left:{newest.pk}",
            side=newest.organisation_id, share=newest.pk,
        )  # fmt: skip
