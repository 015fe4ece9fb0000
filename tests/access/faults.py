"""Whatever a request ended with that no page of the portal answers for."""

from __future__ import annotations

import logging
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.core.signals import got_request_exception

# What a page of errors in a program shows, and none of ours.
OF_PROGRAMS = (b"Traceback (most recent", b'File "/', b"django.core", b"psycopg", b"DEBUG = True")


@dataclass
class Faults:
    """Where in the portal it broke -> how often, and an example for each."""

    count: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)
    about: str = ""
    _broke: str = ""

    def broke(self, **_: Any) -> None:
        self._broke = traceback.format_exc()

    def look_at(self, response: Any, about: str) -> None:
        """An exception that was not answered for counts too where the page says 503."""
        body = b"" if response.streaming else response.content
        told = next((each for each in OF_PROGRAMS if each in body), None)
        if self._broke or response.status_code == 500 or told:
            where = [line for line in self._broke.splitlines() if "site-packages" not in line]
            lines = [line for line in where if line.lstrip().startswith("File ")][-1:]
            key = f"{lines} {self._broke.strip().splitlines()[-1:]} {told!r}"[:300]
            self.count[key] += 1
            self.examples.setdefault(key, f"{about[:300]}\n{self._broke[-1500:]}")
        self._broke = ""

    def __str__(self) -> str:
        found = self.count.most_common(30)
        return "\n\n".join(f"{n} times {key}\n{self.examples[key]}" for key, n in found)


@contextmanager
def faults_noted() -> Iterator[Faults]:
    """Meanwhile nothing is logged: each refusal would be, with all that led to it."""
    found = Faults()
    got_request_exception.connect(found.broke)
    logging.disable(logging.CRITICAL)
    try:
        yield found
    finally:
        print(found)  # where each broke, for whoever mends it
        logging.disable(logging.NOTSET)
        got_request_exception.disconnect(found.broke)
