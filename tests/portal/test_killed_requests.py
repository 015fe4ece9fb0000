"""A request whose process is killed leaves nothing half done, and its form can be sent again."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from functools import partial
from io import StringIO
from itertools import cycle, islice
from unittest.mock import patch

import pytest
from django.core.management import call_command

from agreements.models import Seal
from deadlines.holidays import bank_holidays
from deadlines.rules.working_hours import no_earlier
from house import clock
from house.nudges import _Nudge
from mail.holds import waiting
from mail.models import Delivery
from tests.cast import Cast
from tests.conftest import ClientOf
from tests.killed import Steps, die, how_many, killed, put_back_to, rows
from tests.portal.killable import (
    FORMS,
    Form,
    approving,
    registering,
    sending,
    signing_last,
    uploading_people,
)
from tests.proof_plugin import Proof
from tests.put_back import Rows

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
# What tells a worker: of e-mails, the last signature of a copy to be sealed too.
TELLING = (approving, sending, signing_last, registering, uploading_people)


@pytest.mark.proof("F4")
def test_a_killed_request_is_done_or_not_and_sent_again_gives_one_result(
    client_of: ClientOf, proof: Proof
) -> None:
    found, acts, nothing = Counter[str](), [], rows()
    for make in FORMS[: proof.size(small=2, full=len(FORMS))]:
        here = what_kills_leave(make(Cast(), client_of), proof)
        found += here
        acts.append(f"{make.__name__.replace('_', ' ')} {here.total()}")
        put_back_to(nothing)
    proof.shows(
        f"{found.total()} kills ({', '.join(acts)}): {found['undone']} left nothing, "
        f"{found['done']} the whole, {found['half']} half of it; "
        f"of {found['twice']} the form sent again gave another result",
        reached=not found["half"] + found["twice"]
        and found.total() >= proof.size(small=8, full=30),
    )


def what_kills_leave(form: Form, proof: Proof) -> Counter[str]:
    """Kills before and after each step of the form's request; small, at a few of them."""
    before, steps, found = rows(), Steps(), Counter[str]()
    with steps.counted():
        assert form.send().status_code == 302
    whole = how_many(rows())
    points = [Steps(n, after) for n in range(1, steps.seen + 1) for after in (False, True)]
    for point in proof.chance().sample(points, min(len(points), proof.size(small=4, full=15))):
        put_back_to(before)
        if killed(partial(_request, form, point)):
            found[what_is_left(form, before, whole)] += 1
    return found


def _request(form: Form, steps: Steps) -> None:
    with steps.counted():
        form.send()


def what_is_left(form: Form, before: Rows, whole: dict[str, int]) -> str:
    """By a request that was killed, and by the same form sent again after it."""
    left = rows()
    if left != before and how_many(left) != whole:
        return "half"
    if form.send().status_code != 302 or how_many(rows()) != whole:
        return "twice"
    return "undone" if left == before else "done"


@pytest.mark.proof("F13")
def test_what_was_committed_is_taken_up_though_no_worker_was_told(
    client_of: ClientOf, can_seal: None, mailoutbox: list[object], proof: Proof
) -> None:
    """Each request dies after its commit, as it begins to tell a worker; at night it tells none."""
    with clock.at(no_earlier(clock.now(), bank_holidays())):
        _all_is_taken_up(client_of, mailoutbox, proof)


def _all_is_taken_up(client_of: ClientOf, mailoutbox: list[object], proof: Proof) -> None:
    taken_up, mails, nothing = 0, 0, rows()
    kills = proof.size(small=2, full=100)
    chosen = Counter(islice(cycle(TELLING), kills))
    for make in chosen:
        form = make(Cast(), client_of)
        before = rows()
        for _ in range(chosen[make]):
            put_back_to(before)
            assert killed(partial(_dies_as_it_tells, form)), f"{make.__name__} tells no worker."
            mailoutbox.clear()
            with clock.at(clock.now() + timedelta(minutes=2)):
                call_command("sweep", stdout=StringIO())
            sent = Delivery.objects.filter(state="sent").count()
            taken_up += nothing_waits() and len(mailoutbox) == sent > 0
            mails += len(mailoutbox)
        put_back_to(nothing)
    proof.shows(
        f"{kills} requests died as they told a worker: of {taken_up} the next sweep sent and made "
        f"all, {mails} e-mails, {chosen[signing_last]} signed copies",
        reached=taken_up == kills,
    )


def _dies_as_it_tells(form: Form) -> None:
    with patch.object(_Nudge, "__call__", lambda _: die()):
        form.send()


def nothing_waits() -> bool:
    return not (waiting().exists() or Seal.objects.exclude(state="sealed").exists())
