"""Gunicorn's settings: `gunicorn --config python:mou_portal.web_server mou_portal.wsgi`.

TLS ends at a proxy in front. Gunicorn reads WEB_CONCURRENCY, the number of processes, by itself.
"""

from __future__ import annotations

from typing import Any, Final

bind: Final = "127.0.0.1:8000"
# Threads, so that a slow telephone holds one of them and not a whole process.
worker_class: Final = "gthread"
threads: Final = 4
# The code is loaded once, for all processes.
preload_app: Final = True
timeout: Final = 60  # seconds; a page that prints takes two
graceful_timeout: Final = 30
keepalive: Final = 5
# A process is replaced now and then: what leaks memory leaks it for so long and no longer.
max_requests: Final = 2_000
max_requests_jitter: Final = 400
# It would write a socket into the home folder, which a container does not have.
control_socket_disable: Final = True

accesslog: Final = "-"
# No query and no address of the person: the path, whose tokens JsonFormatter masks, is enough.
access_log_format: Final = "%(m)s %(U)s %(s)s %(M)s ms %({x-request-id}o)s"
logconfig_dict: Final[dict[str, Any]] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "mou_portal.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        name: {"handlers": ["console"], "level": "INFO", "propagate": False}
        for name in ("gunicorn.error", "gunicorn.access")
    },
}
