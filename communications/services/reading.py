"""What readers of a draft do: every reading is logged; they acknowledge it and comment on it."""

from __future__ import annotations

from django.db import transaction

from communications.models import Acknowledgement, Announcement, Comment, Draft, Read
from communications.queries.readers import shares_of
from communications.rules import is_owners
from communications.services.locking import check_open, lock_open, lock_with_agreements, note
from communications.services.telling import tell_planner, tell_side
from house import clock
from house.refusals import NotYours, Refused
from parties.acting import Acting
from parties.models import Organisation


def log_read(*, by: Acting, draft: Draft, how: str) -> None:
    """Notes that somebody of the other side has the draft before them (A09).

    The owner's own members are not noted. Call it before the draft leaves the portal.
    """
    if is_owners(by, draft.announcement):
        return
    Read.objects.create(
        draft=draft, reader=by.who, organisation=by.on_behalf_of, how=how, at=clock.now()
    )


def acknowledge(*, by: Acting, draft: Draft) -> None:
    """A named reader has read it and has no more to say. The planner is told, once."""
    with transaction.atomic():
        announcement = _lock_for_reader(by, draft)
        given, made = Acknowledgement.objects.get_or_create(
            draft=draft,
            reader=by.who,
            organisation=by.on_behalf_of,
            defaults={"at": clock.now()},
        )
        if made:
            note(by, "acknowledged", announcement, draft=draft.number)
            tell_planner(
                announcement,
                kind="announcement_acknowledged",
                event=f"acknowledgement:{given.pk}",
                side=given.organisation_id,
            )


def comment(*, by: Acting, draft: Draft, text: str) -> Comment:
    """A named reader comments. Only their own side's named readers and the owner's members ever
    see it. Said twice it is once, and the planner is told."""
    with transaction.atomic():
        announcement = _lock_for_reader(by, draft)
        made, new = _written(by, draft, text, by.on_behalf_of)
        if new:
            note(by, "commented", announcement, draft=draft.number, comment=made.pk)
            tell_planner(
                announcement,
                kind="announcement_commented",
                event=f"comment:{made.pk}",
                side=made.organisation_id,
            )
    return made


def answer(*, by: Acting, draft: Draft, text: str, side: Organisation) -> Comment:
    """The owner answers the named readers of one side, who are told."""
    with transaction.atomic():
        announcement = lock_open(by, draft.announcement)
        if side not in {share.organisation for share in shares_of(announcement)}:
            raise Refused("Choose whose readers you answer.", field="side")
        made, new = _written(by, draft, text, side)
        if new:
            note(by, "answered", announcement, draft=draft.number, comment=made.pk)
            event = f"comment:{made.pk}"
            tell_side(announcement, kind="announcement_answered", event=event, side=side.pk)
    return made


def _written(by: Acting, draft: Draft, text: str, side: Organisation) -> tuple[Comment, bool]:
    return Comment.objects.get_or_create(
        draft=draft,
        organisation=side,
        author=by.who,
        text=text,
        defaults={"by_organisation": by.on_behalf_of, "at": clock.now()},
    )


def require_reader(by: Acting, draft: Draft) -> None:
    """Raises NotYours for whom no share names, the owner's own members too."""
    named = Draft.objects.visible_to(by).filter(pk=draft.pk).exists()
    if is_owners(by, draft.announcement) or not named:
        raise NotYours("Only those with whom the draft was shared may do this.")


def _lock_for_reader(by: Acting, draft: Draft) -> Announcement:
    """The announcement, locked, for a named reader while it is open."""
    announcement = lock_with_agreements(draft.announcement)
    require_reader(by, draft)
    check_open(announcement)
    return announcement
