"""What the portal writes down about itself: JSON lines, and nothing that lets somebody in."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import URLResolver, get_resolver

from mou_portal.logs import JsonFormatter, masked

ROOT = Path(__file__).resolve().parents[2]


def with_a_token(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """The route of every URL that somebody without a log-in can use."""
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from with_a_token(each, route)
        elif "token>" in route or "uidb36" in route:
            yield route


ROUTES = sorted(with_a_token(get_resolver()))


@pytest.mark.parametrize("route", ROUTES)
def test_no_token_reaches_the_log(route: str) -> None:
    start = "/" + route.replace("^", "").split("<")[0].split("(")[0]
    assert "s3cret" not in masked(f"GET {start}s3cret-s3cret/ 200 3 ms")
    assert len(ROUTES) >= 2


def test_a_line_is_one_json_object_even_with_a_traceback() -> None:
    try:
        raise ValueError("two\nlines, /invitation/s3cret/")
    except ValueError:
        record = logging.LogRecord("room", 40, "", 1, "It broke\nat %s", ("noon",), sys.exc_info())
    line = JsonFormatter().format(record)
    assert "\n" not in line
    assert "s3cret" not in line
    assert json.loads(line)["message"] == "It broke\nat noon"


def test_celery_logs_as_the_portal_does() -> None:
    says = (
        "from mou_portal.celery import app; import logging; app.log.setup(); "
        "logging.getLogger('celery.worker').warning('hello')"
    )
    command = [sys.executable, "-c", says]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(result.stderr)["message"] == "hello"
