"""What the portal would send in the coming year, on a copy of its data: nothing leaves.

    .venv/bin/python tools/rehearse_year.py [--days 365] [--to FOLDER]

It copies the SQLite database of `make run`, lets `send_reminders --at` walk through the time, and
writes one file for each person with their e-mails in order, to be read as that person would.
"""

from __future__ import annotations

import argparse
import os
import re
import sqlite3
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        _copy(ROOT / "var" / "portal.sqlite3", Path(folder) / "portal.sqlite3")
        os.environ |= {"MODE": "demonstration", "VAR_FOLDER": folder}
        os.environ |= {"DJANGO_SETTINGS_MODULE": "mou_portal.settings"}
        sys.path.insert(0, str(ROOT))
        sent = rehearse(options.days)
    _write(sent, options.to)


def rehearse(days: int) -> dict[str, list[tuple[datetime, Any]]]:
    """Address -> its e-mails with their moments, over so many days from now on."""
    import django

    django.setup()
    from django.conf import settings
    from django.core import mail
    from django.core.management import call_command

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []
    sent: dict[str, list[tuple[datetime, Any]]] = defaultdict(list)
    for moment in _moments(days):
        call_command("send_reminders", at=moment.isoformat(), stdout=StringIO())
        for message in mail.outbox:
            sent[message.to[0]].append((moment, message))
        mail.outbox.clear()
    return sent


def _moments(days: int) -> Iterator[datetime]:
    """Each moment at which something is due, and each morning besides."""
    from deadlines.models import Reminder
    from deadlines.rules.working_hours import morning_of
    from house import clock
    from house.clock import london_day
    from mail.models import Delivery

    now, until = clock.now(), clock.now() + timedelta(days=days)
    while now < until:
        yield now
        rows = (
            Reminder.objects.filter(state="pending", next_try__gt=now),
            Delivery.objects.filter(state="waiting", next_try__gt=now),
        )
        due = [row.order_by("next_try").values_list("next_try", flat=True).first() for row in rows]
        morning = morning_of(london_day(now) + timedelta(days=1))
        now = min(moment for moment in [*due, morning] if moment)


def _copy(source: Path, target: Path) -> None:
    if not source.exists():
        sys.exit("There is no database yet: start `make run` once, then try again.")
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def _write(sent: dict[str, list[tuple[datetime, Any]]], folder: Path) -> None:
    from house.clock import LONDON

    folder.mkdir(parents=True, exist_ok=True)
    for address, messages in sorted(sent.items()):
        parts = [
            f"=== {moment.astimezone(LONDON):%a %d %b %Y %H:%M} · {message.subject}\n\n"
            f"{message.body}\n"
            for moment, message in messages
        ]
        name = re.sub(r"[^\w.@-]", "_", address)
        (folder / f"{name}.txt").write_text("".join(parts), encoding="utf-8")
        print(f"{len(messages):4}  {address}")
    print(f"{sum(map(len, sent.values())):4}  in all, written to {folder}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--to", type=Path, default=ROOT / "var" / "rehearsal")
    return parser.parse_args()


if __name__ == "__main__":
    main()
