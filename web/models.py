from __future__ import annotations

from django.db import models


class SentForm(models.Model):
    """A form that was carried out: sent again, it leads to where it led, and acts no more.

    The row is written in the transaction of the act. Of what was typed it holds a digest alone.
    """

    # Of the form's key, where it was sent to, and what it held (web/sent_forms.py).
    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(db_index=True)
    leads_to = models.CharField(max_length=2_000, blank=True)

    objects = models.Manager["SentForm"]()

    def __str__(self) -> str:
        return f"form sent at {self.at:%Y-%m-%d %H:%M}"
