"""Django's SQLite, in which all who wait to write look for their turn equally often.

SQLite's own wait looks less and less often: who has waited long comes after whoever came just now.
Measured with eight processes that write without a pause: the unlucky one waited for 21 seconds, and
was told that the database is locked.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from random import uniform
from time import monotonic, sleep
from typing import Final

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

# Seconds between two looks, by chance so that no two keep step.
SHORTEST: Final = 0.001
LONGEST: Final = 0.004


class DatabaseWrapper(base.DatabaseWrapper):
    def _start_transaction_under_autocommit(self) -> None:
        """Waits for the turn to write for as long as `timeout` says. Raises OperationalError."""
        patience = float(self.settings_dict["OPTIONS"].get("timeout", 5))
        until = monotonic() + patience
        with self._not_waiting(patience):
            while True:
                try:
                    super()._start_transaction_under_autocommit()  # type: ignore[misc]
                    return
                except OperationalError as error:
                    if "locked" not in str(error) or monotonic() > until:
                        raise
                sleep(uniform(SHORTEST, LONGEST))  # noqa: S311 - no secret

    @contextmanager
    def _not_waiting(self, patience: float) -> Iterator[None]:
        """SQLite answers at once in the block."""
        self.connection.execute("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            self.connection.execute(f"PRAGMA busy_timeout = {int(patience * 1000)}")
