from performance.models.requests import LIFECYCLE, Consultation, Request
from performance.models.steps import RequestStep
