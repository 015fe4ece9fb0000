from escalations.models.concern_parts import (
    CONCERN_ACTION_LIFECYCLE,
    ConcernAction,
    ConcernShare,
    ConcernStep,
)
from escalations.models.concerned import ConcernedParty
from escalations.models.concerns import (
    CONCERN_LIFECYCLE,
    READ_CONCERN,
    ConcernGrant,
    ConcernReader,
    PracticeConcern,
)
from escalations.models.disagreement import LIFECYCLE, Disagreement
from escalations.models.steps import Step
