from communications.models.announcements import (
    ANNOUNCEMENT_LIFECYCLE,
    Announcement,
    ConcernedAgreement,
)
from communications.models.drafts import Acknowledgement, Comment, Draft, Read, Share
from communications.models.heads_up_moves import HeadsUpMove
from communications.models.heads_ups import HEADS_UP_LIFECYCLE, HeadsUp, HeadsUpAgreement
from communications.models.outcomes import Correction, Move, Release, ReleasedTo
from communications.models.teams_asked import TeamAsked
from communications.models.told import CommitteeServes, LocalCommittee, OwedTo, Told, ToldFor
from communications.models.touched import TouchedParty
