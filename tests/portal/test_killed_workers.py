"""Whoever is killed while they seal, print, send or read a file: the next does it all, once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle, takewhile
from random import Random
from typing import Any

import pytest

from agreements.models import Seal, TemplateVersion, Version
from agreements.signing.services import sealing
from documents.models import StoredFile
from house import clock
from mail import sweep
from mail.holds import waiting
from mail.models import Delivery
from tests.cast import Cast, acting
from tests.conftest import ClientOf
from tests.killed import killed, put_back_to, rows
from tests.mail.sink import Sink, at_the_portal
from tests.portal.killable import upload
from tests.proof_plugin import Proof
from tests.stages import draft_of, in_force, make

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@dataclass
class Work:
    name: str
    does: Callable[[], object]
    # What comes next once somebody was killed over it; whether all is done then, and once.
    is_done_by_the_next: Callable[[], bool]
    # Seconds within which it is killed: more while kills come in time, less where it was done.
    lasts: float

    def is_killed(self, chance: Random) -> bool:
        was_killed = killed(self.does, after=chance.uniform(0, self.lasts))
        self.lasts *= 1.05 if was_killed else 0.8
        return was_killed


@pytest.mark.proof("F2")
def test_whoever_is_killed_half_way_loses_nothing(
    cast: Cast, client_of: ClientOf, can_seal: None, settings: Any, proof: Proof
) -> None:
    chance, kills, undone = proof.chance(), Counter[str](), 0
    wanted = proof.size(small=2, full=100)
    with at_the_portal(settings) as sink:
        works = works_of(cast, client_of, sink)
        before = rows()
        for work in takewhile(lambda _: kills.total() < wanted, cycle(works)):
            put_back_to(before)
            sink.received.clear()
            if work.is_killed(chance):
                kills[work.name] += 1
                undone += not work.is_done_by_the_next()
    each = ", ".join(f"{name} {number}" for name, number in kills.items())
    proof.shows(
        f"{wanted} kills ({each}): after {wanted - undone} the first sweep or try did all, "
        "with one seal and one file each; no child process worked on",
        reached=not undone,
    )


def works_of(cast: Cast, client_of: ClientOf, sink: Sink) -> list[Work]:
    """What workers do for an agreement in force, and two pages that need a child process."""
    in_force(cast)
    files, draft = StoredFile.objects.count(), print_of(another_draft(cast))
    manager, administrator = client_of(cast.manager), client_of(cast.administrator)
    people = f"/organisations/{cast.area_team.pk}/people/upload/"

    def is_sealed() -> bool:
        with clock.at(clock.now() + sealing.LEASE):
            sealing.seal_due()
        seal = Seal.objects.get()
        return seal.state == "sealed" and StoredFile.objects.count() == files + 1

    def is_sent() -> bool:
        with clock.at(clock.now() + sweep.LEASE):
            sweep.send_due()
        mails = Delivery.objects.filter(state="sent").count()
        again = len(sink.received) - mails
        return not waiting().exists() and len(set(sink.ids())) == mails and again <= 1

    def is_read() -> bool:
        return 'name="list"' in upload(administrator, people).content.decode()

    return [
        Work("sending", sweep.send_due, is_sent, 0.3),
        Work("sealing", sealing.seal_due, is_sealed, 1.5),
        Work("printing", lambda: manager.get(draft), lambda: is_a_pdf(manager.get(draft)), 1.0),
        Work("reading a list", lambda: upload(administrator, people), is_read, 0.5),
    ]


def another_draft(cast: Cast) -> Version:
    sides = {"area_team": cast.area_team, "ccg": cast.ccg}
    source = TemplateVersion.objects.get()
    return draft_of(make(acting(cast.manager), source, sides, {"area": "the dales"}))


def print_of(version: Version) -> str:
    return f"/agreements/{version.agreement.reference}/versions/{version.seq}/print.pdf"


def is_a_pdf(answer: Any) -> bool:
    return bool(answer.status_code == 200 and answer.content.startswith(b"%PDF-"))
