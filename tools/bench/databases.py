"""A database for each number of agreements, filled once and kept for the next run."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from urllib.parse import urlsplit, urlunsplit

import psycopg2

from tools.run_tests import POSTGRES, ROOT


def prepared(agreements: int) -> Mapping[str, str]:
    """The environment of a process that works on this database, brought to the code's state."""
    name = f"mou_scale_{agreements}"
    environment = os.environ | {
        "DATABASE_URL": _url(name),
        "MODE": "demonstration",
        "FILES_FOLDER": str(ROOT / "var" / "bench" / name),
        "DJANGO_SETTINGS_MODULE": "mou_portal.settings",
    }
    if _server("SELECT 1 FROM pg_database WHERE datname = %s", name):
        _manage(environment, "set_up")
    else:
        _server(f'CREATE DATABASE "{name}"')
        try:
            _manage(environment, "set_up")
            _manage(environment, "load_scale", "--agreements", str(agreements))
        except subprocess.CalledProcessError:
            _server(f'DROP DATABASE "{name}"')
            raise
    return environment


def _url(name: str) -> str:
    return urlunsplit(urlsplit(POSTGRES)._replace(path=f"/{name}"))


def _server(statement: str, *values: str) -> list[tuple[object, ...]]:
    with closing(psycopg2.connect(_url("postgres"))) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []


def _manage(environment: Mapping[str, str], *command: str) -> None:
    subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True)
