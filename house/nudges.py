"""A nudge: "look at once", said to a worker after a commit.

Rows decide what is to be done, and the minute's sweep finds them (record 0003): so a nudge may be
lost, and nobody waits for one. A broker that does not answer in time gets none for a while.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from time import monotonic
from typing import Any, Final

from celery import current_app
from django.conf import settings
from django.db import connection, transaction
from kombu.connection import Connection
from kombu.pools import producers

logger = logging.getLogger(__name__)

# Seconds for the whole conversation with a broker, and how long one that failed is left alone.
PATIENCE: Final = 0.4
LEFT_ALONE: Final = 60.0
_TIMEOUTS: Final = {
    "socket_connect_timeout": PATIENCE,
    "socket_timeout": PATIENCE,
    "max_retries": 0,
}


class _Broker:
    """What this process knows of it."""

    asked_again_at: float = 0.0


@dataclass(frozen=True)
class _Nudge:
    task: str

    def __call__(self) -> None:
        if not is_left_alone():
            _try(self._say)

    def _say(self) -> None:
        with producers[_connection()].acquire(block=True, timeout=PATIENCE) as producer:
            current_app.send_task(self.task, producer=producer, retry=False)


def nudge(task: str) -> None:
    """Asks a worker, once a transaction and after it, to run the task of this name. Never fails."""
    wanted = _Nudge(task)
    if wanted not in [each[1] for each in connection.run_on_commit]:
        transaction.on_commit(wanted, robust=True)


def broker_answers() -> bool:
    """Whether it did the last time, asked anew unless it is left alone."""
    return not is_left_alone() and _try(_greet)


def is_left_alone() -> bool:
    return monotonic() < _Broker.asked_again_at


def _greet() -> None:
    with _connection() as asked:
        # A channel to Redis begins with a ping.
        asked.default_channel  # noqa: B018


def _try(ask: Any) -> bool:
    try:
        ask()
    except Exception as problem:
        # Whatever it is: what was committed is done, and the sweep does the rest.
        logger.warning("The broker does not answer; the next sweep does the work: %r", problem)
        _Broker.asked_again_at = monotonic() + LEFT_ALONE
        return False
    return True


def _connection() -> Connection:
    options = settings.CELERY_BROKER_TRANSPORT_OPTIONS | _TIMEOUTS
    made: Connection = current_app.connection_for_write(
        settings.CELERY_BROKER_URL, transport_options=options
    )
    return made
