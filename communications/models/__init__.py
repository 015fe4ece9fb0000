from communications.models.announcements import (
    ANNOUNCEMENT_LIFECYCLE,
    Announcement,
    ConcernedAgreement,
)
from communications.models.drafts import Acknowledgement, Comment, Draft, Read, Share
from communications.models.outcomes import Correction, Move, Release, ReleasedTo
from communications.models.touched import TouchedParty
