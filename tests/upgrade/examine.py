"""Asks the portal that the settings point to what it answers, and lets its sweeps run.

A process of its own, because the database of a test process is another one. It reads what to ask
as JSON (`asked` in a release's `expected.json`) and writes the answers as JSON.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from datetime import datetime
from io import StringIO
from typing import Any

import django
from django.core import mail
from django.core.management import call_command
from django.test import Client

django.setup()

from agreements.models import Seal  # noqa: E402
from audit.chain import first_fault  # noqa: E402
from deadlines.models import Reminder  # noqa: E402
from house import clock  # noqa: E402
from mail.models import Delivery  # noqa: E402
from parties.models import User  # noqa: E402
from tests.upgrade.answers import answers  # noqa: E402


def main() -> None:
    asked = json.load(sys.stdin)
    at, following, last = (
        datetime.fromisoformat(asked[name]) for name in ("at", "next sweep", "last sweep")
    )
    with clock.at(at):
        found = answers() | {"pages": pages(asked["pages"])}
        # As `set_up` does after the migrations.
        call_command("set_deadlines", stdout=StringIO())
    found |= {"next sweep": next_sweep(following), "last sweep": last_sweep(last)}
    json.dump(found, sys.stdout)


def pages(of: dict[str, list[str]]) -> dict[str, dict[str, int]]:
    """Address of a person -> path -> the status that they get there."""
    return {address: _pages(address, paths) for address, paths in of.items()}


def _pages(address: str, paths: list[str]) -> dict[str, int]:
    client = Client()
    client.force_login(User.objects.get(email=address))
    return {path: client.get(path, follow=True).status_code for path in paths}


def next_sweep(at: datetime) -> dict[str, Any]:
    """What was waiting goes out, once: a second sweep at the same time finds nothing."""
    waited = list(Delivery.objects.filter(state="waiting", next_try__lte=at).order_by("pk"))
    due = list(Reminder.objects.filter(state="pending", next_try__lte=at).order_by("pk"))
    sent, again = swept(at), swept(at)
    return {
        "e-mails": {each.message_id: outcome(each, sent) for each in waited},
        "reminders": {name_of(each): told(each) for each in due},
        "seals": dict(Seal.objects.values_list("version__agreement__reference", "state")),
        "twice": [number for number, times in sent.items() if times > 1],
        "again": len(again),
    }


def last_sweep(at: datetime) -> dict[str, Any]:
    """After a long silence everything that was pending is taken up: nothing of it may fail."""
    failed = set(Delivery.objects.filter(state="failed").values_list("pk", flat=True))
    swept(at)
    mails = Delivery.objects.filter(state="failed").exclude(pk__in=failed)
    reminders = Reminder.objects.select_related("deadline")
    return {
        "failed e-mails": [f"{each}: {each.last_error}" for each in mails],
        "failed reminders": [f"{each}: {each.problem}" for each in reminders.exclude(problem="")],
        "left": [name_of(each) for each in reminders.filter(state="pending", next_try__lte=at)],
        "fault in the audit": first_fault(),
    }


def swept(at: datetime) -> Counter[str]:
    """One sweep of all that the workers do: how often each Message-ID went out."""
    mail.outbox = []
    with clock.at(at):
        call_command("sweep", stdout=StringIO())
    return Counter(message.extra_headers["Message-ID"] for message in mail.outbox)


def outcome(delivery: Delivery, sent: Counter[str]) -> str:
    delivery.refresh_from_db()
    return f"{delivery.kind} to {delivery.address}: {delivery.state}, {sent[delivery.message_id]}"


def told(reminder: Reminder) -> str:
    reminder.refresh_from_db()
    return f"{reminder.state}, {sum(reminder.told.values())} people"


def name_of(reminder: Reminder) -> str:
    return f"{reminder}, generation {reminder.generation}"


if __name__ == "__main__":
    main()
