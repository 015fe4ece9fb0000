from performance.models.consultations import Consultation
from performance.models.requests import LIFECYCLE, Request
from performance.models.steps import RequestStep
