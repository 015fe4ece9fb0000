"""Who may do what with an announcement."""

from __future__ import annotations

from communications.models import Announcement
from house.refusals import NotYours
from parties.acting import Acting
from parties.models import Role

KEEPERS = (Role.EDITOR, Role.MANAGER)


def is_owners(acting: Acting, announcement: Announcement) -> bool:
    """Whether the reader acts for the organisation that announces."""
    return announcement.owner_id == acting.organisation_id


def may_keep(acting: Acting, announcement: Announcement) -> bool:
    """Whether the reader may change, share and release it."""
    return is_owners(acting, announcement) and acting.has(*KEEPERS)


def require_keeper(acting: Acting, announcement: Announcement) -> None:
    """Raises NotYours for whoever may only read it."""
    if not is_owners(acting, announcement):
        raise NotYours("Only the organisation that announces it may do this.")
    if not acting.has(*KEEPERS):
        raise NotYours("Only the editor or MoU manager of your organisation may do this.")
