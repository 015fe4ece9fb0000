from communications.models.announcements import (
    ANNOUNCEMENT_LIFECYCLE,
    Announcement,
    ConcernedAgreement,
)
from communications.models.append_only import APPEND_ONLY
from communications.models.drafts import Draft, Share
from communications.models.outcomes import Move, Release
from communications.models.reading import Acknowledgement, Comment, Read

__all__ = [
    "ANNOUNCEMENT_LIFECYCLE",
    "APPEND_ONLY",
    "Acknowledgement",
    "Announcement",
    "Comment",
    "ConcernedAgreement",
    "Draft",
    "Move",
    "Read",
    "Release",
    "Share",
]
