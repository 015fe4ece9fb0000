"""Everything that is measured in one database, written down as JSON.

python -m tools.bench.measure figures.json [S1 S3 ...]
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mou_portal.settings")
django.setup()

from agreements.models import Agreement  # noqa: E402 - Django first
from tools.bench.figures import Figure  # noqa: E402
from tools.bench.lists import measure_lists  # noqa: E402
from tools.bench.mails import measure_mails  # noqa: E402
from tools.bench.pages import measure_pages  # noqa: E402
from tools.bench.people import seers  # noqa: E402
from tools.bench.printing import measure_printing  # noqa: E402
from tools.bench.reminders import measure_reminders  # noqa: E402
from tools.bench.serving import measure_requests  # noqa: E402
from tools.bench.signing import measure_signing  # noqa: E402
from tools.bench.suite import measure_suite  # noqa: E402

TIMES = 7
SECONDS = 8.0  # of requests over HTTP, for each page
MAILS = 400


def main(file: str, *only: str) -> None:
    logging.disable(logging.INFO)
    figures = []
    for rows, measure in _sections().items():
        if only and not set(rows.split()) & set(only):
            continue
        for figure in measure():
            print(figure, flush=True)
            figures.append(figure.as_data())
    Path(file).write_text(json.dumps(figures, indent=1))


def _sections() -> dict[str, Callable[[], Iterable[Figure]]]:
    """What measures which rows of the goals. What writes comes last."""
    everybody = seers(Agreement.objects.count())
    return {
        "S1 S4": lambda: measure_pages(everybody, times=TIMES),
        "S2": lambda: measure_requests(everybody, seconds=SECONDS),
        "S3": lambda: measure_lists(everybody, times=TIMES * 3),
        "S5": lambda: measure_reminders(times=TIMES),
        "S7": lambda: measure_printing(everybody[-1], times=TIMES),
        "S8": measure_signing,
        "S6": lambda: measure_mails(mails=MAILS, times=TIMES),
        "S11": measure_suite,
    }


if __name__ == "__main__":
    main(*sys.argv[1:])
