from commitments.models.actions import (
    ACTION_LIFECYCLE,
    NOTES_APPEND_ONLY,
    NOTES_STAY,
    Action,
    ActionQuerySet,
    ProgressNote,
)
from commitments.models.owed import (
    COMMITMENT_LIFECYCLE,
    Commitment,
    CommitmentQuerySet,
    DueDate,
    NextLook,
    Occurrence,
    OccurrenceWord,
)

__all__ = [
    "ACTION_LIFECYCLE",
    "COMMITMENT_LIFECYCLE",
    "NOTES_APPEND_ONLY",
    "NOTES_STAY",
    "Action",
    "ActionQuerySet",
    "Commitment",
    "CommitmentQuerySet",
    "DueDate",
    "NextLook",
    "Occurrence",
    "OccurrenceWord",
    "ProgressNote",
]
