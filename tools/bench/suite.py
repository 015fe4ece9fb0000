"""S11: what the last whole run of the tests cost, as `make test` wrote it down."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from tools.bench.figures import Figure
from tools.run_tests import COST

MOST_SECONDS = 350


def measure_suite(file: Path = COST) -> Iterator[Figure]:
    """Nothing where the tests have not run here."""
    if file.exists():
        cost = json.loads(file.read_text())
        yield Figure("S11", "make test, its processes", cost["cpu"], "s CPU", goal=MOST_SECONDS)
