"""PostgreSQL's own programs, with the connection's settings. What they say on failing is kept."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from tempfile import TemporaryFile
from typing import IO, Any, Final

from django.db.backends.postgresql.client import DatabaseClient

LONGEST_COMPLAINT: Final = 1500


class Failed(Exception):
    """The back-up or the restore could not be done. The message says why, for an administrator."""


class Program:
    """One run of `pg_dump`, `pg_restore` or `psql`. Raises Failed where it is not installed."""

    def __init__(
        self, name: str, arguments: Sequence[str], connection: Any = None, **streams: Any
    ) -> None:
        self.name, self._complaints = name, TemporaryFile()  # noqa: SIM115 - closed in `end`
        command, environment = [require(name), *arguments], dict[str, str]()
        if connection:
            of_psql, more = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
            command += ["--no-password", *of_psql[1:]]
            environment = more or {}
        self.process = subprocess.Popen(
            command, stderr=self._complaints, env=os.environ | environment, **streams
        )

    @property
    def input(self) -> IO[bytes]:
        """What it reads; only for one that was started with `stdin=PIPE`."""
        assert self.process.stdin  # noqa: S101
        return self.process.stdin

    def end(self) -> None:
        """Waits for it. Raises Failed with what it said, unless it ended well."""
        code = self.process.wait()
        self._complaints.seek(0)
        said = self._complaints.read(LONGEST_COMPLAINT).decode(errors="replace").strip()
        self._complaints.close()
        if code:
            raise Failed(f"{self.name} failed: {said or f'it ended with {code}'}")


def require(name: str) -> str:
    """The path of the program. Raises Failed with what to install."""
    path = shutil.which(name)
    if path is None:
        raise Failed(
            f"{name} is not installed. Install PostgreSQL's programs, of the server's version or "
            "newer (Debian: postgresql-client), and run this again."
        )
    return path


def require_as_new_as(server: int) -> None:
    """Raises Failed where `pg_dump` is of an older version than the server (17 for 17.2)."""
    command = [require("pg_dump"), "--version"]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    found = re.search(r"\d+", said)
    if found is None or int(found[0]) < server:
        raise Failed(
            f"The server is PostgreSQL {server} and pg_dump is {said.strip() or 'unknown'}. "
            f"Install the programs of version {server} (Debian: postgresql-client-{server})."
        )
