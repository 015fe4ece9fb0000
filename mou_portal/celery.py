"""Celery: it only nudges. What is due stands in rows, and a sweep finds it (design record 0003)."""

from __future__ import annotations

import os
import warnings
from logging.config import dictConfig
from typing import Any

from celery import Celery
from celery.exceptions import SecurityWarning
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mou_portal.settings")

# In a container, and where the portal is tried out, it often runs as root. It takes JSON alone, so
# that what Celery warns of there cannot happen.
warnings.filterwarnings("ignore", category=SecurityWarning)

app = Celery("mou_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def _log_as_the_portal_does(**_: Any) -> None:
    """One JSON object a line; Celery would bring a format of its own."""
    from django.conf import settings

    dictConfig(settings.LOGGING)
