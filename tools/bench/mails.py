"""S6: sending reminders through a server that takes three milliseconds for each."""

from __future__ import annotations

import os
import smtplib
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import islice

from django.db.models import QuerySet

from deadlines.holidays import bank_holidays
from deadlines.rules.working_hours import no_earlier
from house import clock
from house.once import read_together
from mail.kinds import NotNeeded, compose, read_ahead
from mail.models import Delivery
from mail.reading_ahead import MOST as AHEAD
from mail.rendering import as_email
from tools.bench.cpu import queries_of, typical
from tools.bench.figures import Figure
from tools.bench.sink import Sink, mail_sink

SENDERS = 2
SEND = """\
import django
from datetime import datetime
django.setup()
from mail.sweep import send_due
send_due(at_most={at_most}, at=datetime.fromisoformat("{at}"))
"""
A_SECOND, MOST_MS, MOST_QUERIES = 100, 6, 3
BATCH = 100  # what one connection carries at least


def measure_mails(*, mails: int, times: int) -> Iterator[Figure]:
    """Composing one reminder, and many sent by several processes at once.

    At night none would go: it is measured as at the next moment at which people are reminded.
    """
    with clock.at(no_earlier(clock.now(), bank_holidays())):
        yield from _measured(mails, times)


def _measured(mails: int, times: int) -> Iterator[Figure]:
    one = reminders().order_by("pk")[0]
    cost = typical(lambda: _composed(one), times=times)
    yield Figure("S6", "composing a reminder", cost.total, "ms CPU", goal=MOST_MS)
    queries = queries_of(lambda: _composed(one))
    yield Figure("S6", "composing a reminder", queries, "queries", goal=MOST_QUERIES)
    some = list(islice(filter(_is_needed, reminders().order_by("pk").iterator()), AHEAD))
    what, cost = f"the same, of {len(some)} read ahead", typical(lambda: _all(some), times=times)
    yield Figure("S6", what, cost.total / len(some), "ms CPU")
    yield Figure("S6", what, queries_of(lambda: _all(some)) / len(some), "queries")
    with mail_sink() as sink:
        plain = _plain(_composed(one), sink, mails)
    with mail_sink() as sink:
        rate = _portal(sink, mails)
        yield Figure(
            "S6", f"reminders sent by {SENDERS} senders", rate, "a second", goal=A_SECOND,
            more=True, limit=plain, beside="plain smtplib, one sender",
        )  # fmt: skip
        connections, goal = sink.connections, max(mails // BATCH, SENDERS)
        yield Figure("S6", f"connections for {mails} e-mails", connections, "", goal=goal)


def reminders() -> QuerySet[Delivery]:
    """The e-mails that tell of a deadline, as the sweep queued them."""
    return Delivery.objects.filter(context__has_key="reminder")


def _composed(delivery: Delivery) -> bytes:
    with read_together():
        message = as_email(compose(delivery.kind, delivery.context), delivery)
        return bytes(message.message())


def _is_needed(delivery: Delivery) -> bool:
    """Whether its reason is still so."""
    try:
        _composed(delivery)
    except NotNeeded:
        return False
    return True


def _all(deliveries: Sequence[Delivery]) -> None:
    """Composes them as a sender does, who reads ahead for so many."""
    with read_together():
        read_ahead(delivery.context for delivery in deliveries)
        for delivery in deliveries:
            _composed(delivery)


def _plain(content: bytes, sink: Sink, mails: int) -> float:
    """E-mails a second of one connection that sends the same one again and again."""
    start = time.monotonic()
    with smtplib.SMTP("127.0.0.1", sink.port) as server:
        for _ in range(mails):
            server.sendmail("a@portal.example", ["b@portal.example"], content)
    return mails / (time.monotonic() - start)


def _portal(sink: Sink, mails: int) -> float:
    """E-mails a second of the portal's own senders, their start left out."""
    wanted = reminders().filter(state=Delivery.State.SENT).order_by("-pk")
    Delivery.objects.filter(pk__in=list(wanted.values_list("pk", flat=True)[:mails])).update(
        state=Delivery.State.WAITING, next_try=clock.now()
    )
    environment = os.environ | {
        "EMAIL_URL": f"smtp://127.0.0.1:{sink.port}",
        "DJANGO_SETTINGS_MODULE": "mou_portal.settings",
    }
    command = [sys.executable, "-c", SEND.format(at_most=mails, at=clock.now())]
    senders = [subprocess.Popen(command, env=environment) for _ in range(SENDERS)]
    while not sink.taken and any(sender.poll() is None for sender in senders):
        time.sleep(0.001)
    start = time.monotonic()
    for sender in senders:
        sender.wait()
    return sink.taken / (time.monotonic() - start)
