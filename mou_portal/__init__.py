"""Puts the house together: settings, URLs, log-in, Celery, home page, demonstration data."""

from mou_portal.celery import app as celery_app

__all__ = ["celery_app"]
