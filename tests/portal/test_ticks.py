"""Beat says "look", in UTC, every minute, and nothing of it may matter (design record 0003)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from mou_portal.celery import app
from mou_portal.servers import transport_options

TICKS: dict[str, dict[str, Any]] = settings.CELERY_BEAT_SCHEDULE


@pytest.mark.parametrize("name", TICKS)
def test_a_tick_comes_every_few_minutes_and_not_at_an_hour(name: str) -> None:
    app.loader.import_default_modules()
    tick = TICKS[name]
    assert tick["task"] in app.tasks
    # A crontab in local time loses an hour each October, and a restart loses its one moment.
    assert timedelta(0) < tick["schedule"] <= timedelta(minutes=5)


@pytest.mark.parametrize("name", TICKS)
def test_ticks_that_nobody_took_do_not_pile_up(name: str) -> None:
    assert TICKS[name]["options"]["expires"] <= TICKS[name]["schedule"].total_seconds()
    assert not TICKS[name].get("args")


def test_a_worker_that_dies_gives_its_task_back_and_no_task_outlasts_its_turn() -> None:
    conf = app.conf
    assert (conf.timezone, conf.enable_utc) == ("UTC", True)
    assert conf.task_acks_late
    assert conf.task_reject_on_worker_lost
    # None is taken ahead: where it cannot be left to Redis, by a limit of one.
    assert conf.worker_disable_prefetch or conf.worker_prefetch_multiplier == 1
    assert not conf.task_always_eager
    redis = transport_options("redis://redis:6379/0")
    assert conf.task_time_limit < redis["visibility_timeout"]
