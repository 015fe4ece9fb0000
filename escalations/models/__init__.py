from escalations.models.concerned import ConcernedParty
from escalations.models.disagreement import LIFECYCLE, Disagreement
from escalations.models.steps import Step
