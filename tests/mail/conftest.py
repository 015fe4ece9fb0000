from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from house import clock
from mail import kinds
from mail.kinds import Message, NotNeeded, NotYet
from mail.models import Delivery
from mail.services import queue_mail
from tests.mail.sink import Sink, at_the_portal


@pytest.fixture
def sink(settings: Settings) -> Iterator[Sink]:
    """An SMTP server that the portal sends to for this test."""
    with at_the_portal(settings) as sink:
        yield sink


@pytest.fixture(autouse=True)
def _kinds_of_these_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    monkeypatch.setattr(kinds, "_labels", dict(kinds._labels))

    @kinds.kind("greeting")
    def greeting(context: dict[str, Any]) -> Message:
        return Message(
            subject="Westmoor CCG: review due (MOU-0142)",
            paragraphs=("The review is due.", "It is <b>yours</b> & mine."),
            why="you are MoU manager of Eastmoor CCG.",
            button_text="Open the agreement",
            button_url="http://127.0.0.1:8000/agreements/MOU-0142/",
        )

    @kinds.kind("not needed")
    def not_needed(context: dict[str, Any]) -> Message:
        raise NotNeeded

    @kinds.kind("not yet")
    def not_yet(context: dict[str, Any]) -> Message:
        until = datetime.fromisoformat(context["until"])
        if clock.now() < until:
            raise NotYet(until)
        return greeting(context)

    @kinds.kind("broken")
    def broken(context: dict[str, Any]) -> Message:
        raise ZeroDivisionError


def queued(address: str = "ada@moors.example", kind: str = "greeting") -> Delivery:
    """One e-mail in the outbox."""
    queue_mail(kind=kind, address=address, context={}, dedupe=f"{kind}:{address}")
    return Delivery.objects.get(dedupe=f"{kind}:{address}")
