"""Drafts: added, shared with people and teams of the other parties, and taken back (A09, A10)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from hashlib import sha256

from django.db import transaction

from communications.models import (
    ANNOUNCEMENT_LIFECYCLE,
    Announcement,
    ConcernedAgreement,
    Draft,
    Share,
)
from communications.queries.agreements import (
    others_of,
    parties_of_announcement,
    sides_by_agreement,
)
from communications.queries.readers import Reader, can_read, first_shares, new_among
from communications.services.dates import concerned_of, keep_dates
from communications.services.locking import lock_open, note
from communications.services.telling import tell_reader
from documents.models import StoredFile
from documents.storage import store
from house import clock
from house.lifecycle import lock, move
from house.refusals import Refused
from parties.acting import Acting
from parties.models import Organisation

PDF = "application/pdf"


def add_draft(
    *, by: Acting, announcement: Announcement, text: str = "", pdf: bytes | None = None
) -> Draft:
    """Adds the next draft. Nobody of another party sees it before it is shared with them.

    `pdf` was looked at already (documents.uploads). Raises Refused for neither or both, and for
    what the newest draft says already.
    """
    if bool(text) == bool(pdf):
        raise Refused("Type the text or choose a PDF, not both.", field="text")
    with transaction.atomic():
        current = lock_open(by, announcement)
        newest = newest_draft(current)
        file = _stored(pdf, newest) if pdf else None
        if newest and text and newest.text == text:
            raise Refused(f"This is word for word draft {newest.number}.", field="text")
        draft = Draft.objects.create(
            announcement=current,
            number=newest.number + 1 if newest else 1,
            text=text,
            file=file,
            made_by=by.who,
            made_at=clock.now(),
        )
        note(by, "draft_added", current, number=draft.number)
    return draft


def newest_draft(announcement: Announcement) -> Draft | None:
    return announcement.drafts.order_by("-number").first()


def _stored(pdf: bytes, newest: Draft | None) -> StoredFile:
    """Under a name that says nothing: lists of files are open to administrators."""
    if newest and newest.file and newest.file.sha256 == sha256(pdf).hexdigest():
        raise Refused(f"This is the very file of draft {newest.number}.", field="pdf")
    return store(pdf, name="draft.pdf", content_type=PDF)


SHORT = "Say why the notice is shorter than the MoU asks for."


def share(
    *, by: Acting, draft: Draft, readers: Collection[Reader], because: str = ""
) -> list[Share]:
    """Opens a draft to people and teams of the other parties, and tells them by e-mail.

    Short notice is never refused, but its reason is asked for (A10). Raises Refused for somebody
    who cannot log in, for a draft that is not the newest, and when all have it already.
    """
    with transaction.atomic():
        current = lock_open(by, draft.announcement)
        _check_newest(current, draft)
        _check_readers(current, readers)
        new = new_among(draft, readers)
        if not new:
            raise Refused("They have this draft already. Nobody was told again.", field="readers")
        _note_short_notice(current, new, because)
        shares = [_open(by, draft, reader) for reader in new]
        move(current, "share", lifecycle=ANNOUNCEMENT_LIFECYCLE)
        keep_dates(current)
        note(by, "shared", current, draft=draft.number, shares=[each.pk for each in shares])
        for each in shares:
            tell_reader(each, kind="announcement_shared", event=f"share:{each.pk}")
    return shares


def take_back(*, by: Acting, share: Share) -> None:
    """Closes a draft to one person or team. What they read before stays in the log.

    Where nobody of a party has a draft any more, the party has had none: its share-by time is
    open again.
    """
    with transaction.atomic():
        current = lock_open(by, share.draft.announcement)
        held = lock(share)
        if held.ended_at:
            raise Refused(f"{share.reader} cannot read this draft any more already.")
        held.ended_at, held.ended_by = clock.now(), by.who
        held.save(update_fields=["ended_at", "ended_by"])
        if not Share.objects.still_open().filter(draft__announcement=current).exists():
            move(current, "take_all_back", lifecycle=ANNOUNCEMENT_LIFECYCLE)
        keep_dates(current)
        note(by, "share_taken_back", current, share=share.pk)


def would_be_short(
    announcement: Announcement, organisations: Collection[int]
) -> list[ConcernedAgreement]:
    """The agreements whose lead time these parties would not get if they had a draft now.

    Parties that had one in time before are not counted again.
    """
    asked = set(organisations)
    return [row for row, without in _late(announcement) if not asked.isdisjoint(without)]


def short_for(announcement: Announcement) -> list[Organisation]:
    """The other parties that have no draft yet and would get less than their lead time now."""
    others = others_of(parties_of_announcement(announcement), announcement.owner_id)
    short = {pk for _, without in _late(announcement) for pk in without}
    return [each for each in others if each.pk in short]


def _late(announcement: Announcement) -> list[tuple[ConcernedAgreement, set[int]]]:
    """The agreements by which a draft should have been shared by now, each with the ids of its
    other parties that have had none (three queries, for any number)."""
    now, rows = clock.now(), concerned_of(announcement)
    late = [row for row in rows if row.share_by and row.share_by < now]
    sides, first = sides_by_agreement(row.agreement for row in late), first_shares(announcement.pk)
    owner = announcement.owner_id
    return [
        (row, {each.pk for each in others_of(sides[row.agreement_id], owner)} - first.keys())
        for row in late
    ]


def _check_newest(announcement: Announcement, draft: Draft) -> None:
    newest = newest_draft(announcement)
    if newest and newest.pk != draft.pk:
        raise Refused(f"Draft {newest.number} was added meanwhile. Look at it, then share it.")


def _check_readers(announcement: Announcement, readers: Collection[Reader]) -> None:
    if not readers:
        raise Refused("Choose who may read the draft.", field="readers")
    others = others_of(parties_of_announcement(announcement), announcement.owner_id)
    parties = {organisation.pk for organisation in others}
    for reader in readers:
        if reader.organisation.pk not in parties:
            raise Refused(f"{reader.organisation} is no other party to these agreements.")
        if not can_read(reader):
            who = "Nobody in this team has" if reader.team else f"{reader.name} has no"
            account = "an account" if reader.team else "account"
            raise Refused(
                f"{who} {account} here, so the draft cannot be read: there is no way to it without "
                f"logging in. Choose somebody else, or ask an administrator of "
                f"{reader.organisation} to invite them.",
                field="readers",
            )


def _note_short_notice(announcement: Announcement, new: Sequence[Reader], because: str) -> None:
    short = would_be_short(announcement, [reader.organisation.pk for reader in new])
    if short and not because:
        raise Refused(SHORT, field="because")
    for concerned in short:
        concerned.short_because = because
        concerned.save(update_fields=["short_because"])


def _open(by: Acting, draft: Draft, reader: Reader) -> Share:
    return Share.objects.create(
        draft=draft,
        organisation=reader.organisation,
        person=reader.person,
        team=reader.team,
        shared_by=by.who,
        shared_at=clock.now(),
    )
