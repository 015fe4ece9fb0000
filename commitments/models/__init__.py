from commitments.models.actions import ACTION_LIFECYCLE, Action
from commitments.models.progress import ProgressNote

__all__ = ["ACTION_LIFECYCLE", "Action", "ProgressNote"]
