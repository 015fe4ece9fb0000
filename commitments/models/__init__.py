from commitments.models.actions import (
    ACTION_LIFECYCLE,
    NOTES_APPEND_ONLY,
    NOTES_STAY,
    Action,
    ActionQuerySet,
    ProgressNote,
)
from commitments.models.logs import (
    LOG_LIFECYCLE,
    REVIEWS_STAY,
    LogEntry,
    LogEntryQuerySet,
    LogShare,
    RiskReference,
    RiskReview,
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
    "LOG_LIFECYCLE",
    "NOTES_APPEND_ONLY",
    "NOTES_STAY",
    "REVIEWS_STAY",
    "Action",
    "ActionQuerySet",
    "Commitment",
    "CommitmentQuerySet",
    "DueDate",
    "LogEntry",
    "LogEntryQuerySet",
    "LogShare",
    "NextLook",
    "Occurrence",
    "OccurrenceWord",
    "ProgressNote",
    "RiskReference",
    "RiskReview",
]
