"""Whether the portal can do its work, and if not, what is wrong and what to do.

/healthz and /readyz are what a container's engine, a balancer and an alarm ask.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Min
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from deadlines.sweep import last_swept
from house import clock
from house.nudges import broker_answers
from mail.holds import held_now
from nhsuk.dates import moment

logger = logging.getLogger(__name__)

# The sweep runs every minute; a restart or an upgrade takes a few.
SWEEP_OVERDUE_AFTER: Final = timedelta(minutes=15)


@dataclass(frozen=True)
class Problem:
    """What is wrong, and what a system administrator does about it."""

    sentence: str
    remedy: str


NO_DATABASE: Final = Problem(
    "The database does not answer.",
    "Look whether PostgreSQL runs and has room on its disk.",
)
NOT_MIGRATED: Final = Problem(
    "The database is older than the code.",
    "Run: python manage.py set_up",
)
START_THE_SWEEP: Final = (
    "No reminder goes out until it runs again; then each goes once, marked as late. Look whether "
    "a worker, beat and Redis run. To send now what is due: python manage.py sweep"
)
RELEASE_THEM: Final = (
    "Nobody gets any e-mail. Look at what waits (Deliveries), then release them: under Holds of "
    "e-mails, or by: python manage.py release_mail"
)

NO_BROKER: Final = Problem(
    "Redis does not answer.",
    "Pages work and nothing is lost, but e-mails and signed copies wait. Look whether Redis runs. "
    "To do now what is due: python manage.py sweep",
)


def problems() -> list[Problem]:
    """What keeps the portal from its work now; empty when nothing does."""
    try:
        return [NOT_MIGRATED] if is_behind() else [*sweep_overdue(), *mail_held()]
    except Error:
        logger.warning("The database does not answer", exc_info=True)
        return [NO_DATABASE]


def shortcomings() -> list[Problem]:
    """What makes the portal slower, while all its pages work."""
    return [] if broker_answers() else [NO_BROKER]


def is_behind() -> bool:
    """Whether migrations are missing. Raises django.db.Error when the database does not answer."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def sweep_overdue() -> list[Problem]:
    """One problem when the sweep of the reminders has not run for 15 minutes.

    A portal in which it has never run counts from its set-up. A time to come is no proof either:
    `send_reminders --at` leaves one.
    """
    last = last_swept()
    if abs(clock.now() - (last or set_up_at())) <= SWEEP_OVERDUE_AFTER:
        return []
    when = f"since {moment(last)}" if last else "since the portal was set up"
    return [Problem(f"The sweep for reminders has not run {when}.", START_THE_SWEEP)]


def mail_held() -> list[Problem]:
    """One problem after a restore, until an administrator has released the e-mails."""
    hold = held_now()
    if hold is None:
        return []
    sentence = f"E-mails are held since the portal was restored at {moment(hold.restored_at)}."
    return [Problem(sentence, RELEASE_THEM)]


def set_up_at() -> datetime:
    """When the tables of the reminders were made."""
    made = MigrationRecorder.Migration.objects.filter(app="deadlines")
    first: datetime = made.aggregate(at=Min("applied"))["at"]
    return first


GetResponse = Callable[[HttpRequest], HttpResponse]


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing else, so that a slow database does not restart it."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """The portal can do its work, perhaps slower; otherwise 503. Says why, in words."""
    if found := problems():
        return _said("not ready", found, status=503)
    if found := shortcomings():
        return _said("degraded", found, status=200)
    return JsonResponse({"status": "ok"})


def _said(status_in_words: str, found: list[Problem], *, status: int) -> HttpResponse:
    sentences = [problem.sentence for problem in found]
    return JsonResponse({"status": status_in_words, "problems": sentences}, status=status)


PROBES: Final = {"/healthz": healthz, "/readyz": readyz}


class ProbesMiddleware:
    """Answers probes before anything else asks for a host, HTTPS, a cookie or the database.

    A probe comes by the machine's own address over plain HTTP, and must get its answer when the
    sessions cannot be read.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        probe = PROBES.get(request.path_info)
        return probe(request) if probe else self.get_response(request)
