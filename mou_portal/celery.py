"""Celery: it only nudges. What is due stands in rows, and a sweep finds it (design record 0003)."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mou_portal.settings")

app = Celery("mou_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
