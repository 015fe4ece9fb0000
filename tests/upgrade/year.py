"""A portal with a year behind it, made by the services with the clock set."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from io import StringIO

from django.conf import settings
from django.core import mail
from django.core.management import call_command

from deadlines.models import Reminder
from house import clock
from mail.models import Delivery
from tests.upgrade import acts

YEAR = timedelta(days=365)
# Who was sent which path of the portal.
Sent = set[tuple[str, str]]


def make(end: datetime) -> Sent:
    """The demonstration, each sweep of the year after it, and a last day that nobody swept."""
    start = end - YEAR
    # The demonstration goes back further than a year, and so must the seal's certificate.
    with clock.at(start - YEAR * 2):
        call_command("set_up", "--database-only", stdout=StringIO())
    with clock.at(start):
        call_command("demo", stdout=StringIO())
        acts.before_the_year()
    sent: Sent = set()
    for moment, act in (
        (end - timedelta(days=6), acts.six_days_before),
        (end - timedelta(days=2), acts.two_days_before),
        (end, acts.on_the_last_day),
    ):
        sent |= _walk(start, moment)
        with clock.at(moment):
            act()
        start = moment
    return sent


def _walk(start: datetime, end: datetime) -> Sent:
    """Sweeps at each moment at which something is due, until just before the end."""
    sent: Sent = set()
    now: datetime | None = start
    while now and now < end:
        sent |= _swept(now)
        now = _next_due(now)
    return sent


def _swept(moment: datetime) -> Sent:
    mail.outbox = []
    with clock.at(moment):
        call_command("sweep", stdout=StringIO())
    return {(each.to[0], path) for each in mail.outbox for path in _paths_in(str(each.body))}


def _paths_in(body: str) -> list[str]:
    """What an e-mail links to, but for links with a token: those end after a while."""
    found = re.findall(re.escape(settings.SITE_URL) + r"(/\S*)", body)
    return [path for path in found if ":" not in path]


def _next_due(after: datetime) -> datetime | None:
    """Asked anew after each sweep, as sweeps make more of them."""
    rows = (
        Reminder.objects.filter(state="pending", next_try__gt=after),
        Delivery.objects.filter(state="waiting", next_try__gt=after),
    )
    found = (row.order_by("next_try").values_list("next_try", flat=True).first() for row in rows)
    return min((moment for moment in found if moment), default=None)
