"""What differs by database and by broker: all of it is here.

SQLite: write-ahead log, every transaction IMMEDIATE with a long wait, in which nobody is passed
over (fair_sqlite3/). Measured with 8 writers: Django's defaults fail 172 of 1,600 transactions,
these none (docs/proof.md, L6).

Redis where the portal is deployed; a folder where it is tried out. Neither broker is trusted with
anything: rows decide, and a task only says "look" (design record 0003).
"""

from __future__ import annotations

from typing import Any, Final

from mou_portal.environment import VAR, env, required

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;"
    ),
}


def database() -> dict[str, Any]:
    """Django's settings for the one database, from DATABASE_URL."""
    VAR.mkdir(parents=True, exist_ok=True)
    url = required("DATABASE_URL", otherwise=f"sqlite:///{VAR / 'portal.sqlite3'}")
    settings: dict[str, Any] = env.db_url_config(url)
    if settings["ENGINE"].endswith("sqlite3"):
        settings["ENGINE"] = "mou_portal.fair_sqlite3"
        settings["OPTIONS"] = SQLITE_OPTIONS | settings.get("OPTIONS", {})
        # A file, because a live server and a browser test cannot share a database in memory.
        settings["TEST"] = {"NAME": str(VAR / "test.sqlite3")}
    else:
        settings |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
        # Seconds: a server that says nothing must not hold a page for minutes.
        settings["OPTIONS"] = {"connect_timeout": 5} | settings.get("OPTIONS", {})
    return settings


def database_owner() -> dict[str, Any] | None:
    """The log-in of the role that owns the tables, where it is not the portal's own."""
    url = env.str("DATABASE_OWNER_URL", default="")
    return env.db_url_config(url) if url else None


FOLDER: Final = VAR / "broker"
# Seconds. Redis gives a task that nobody finished to another worker after the first; a task that
# hangs is ended after the second, which is shorter, so that no task ever runs twice at once.
UNFINISHED_FOR: Final = 3600
LONGEST_TASK: Final = 1800
# A tick that nobody took until the next one is worth nothing: a worker that was away for a day
# looks once, not 1,440 times.
TICK_EXPIRES: Final = 60
REDIS: Final[dict[str, Any]] = {
    "visibility_timeout": UNFINISHED_FOR,
    # A page that nudges a worker must not wait for a Redis that says nothing.
    "socket_connect_timeout": 3,
    "socket_timeout": 10,
    "socket_keepalive": True,
}


def transport_options(url: str) -> dict[str, Any]:
    """Celery's `broker_transport_options` for CELERY_BROKER_URL."""
    if not url.startswith("filesystem"):
        return REDIS
    FOLDER.mkdir(parents=True, exist_ok=True)
    # One folder for both: web, worker and beat on one machine write where the worker reads.
    return {
        "data_folder_in": str(FOLDER),
        "data_folder_out": str(FOLDER),
        "control_folder": str(FOLDER / "control"),
    }
