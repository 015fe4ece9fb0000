"""A copy older than the last e-mails: what went out since then never goes again by itself."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command
from django.db import connection

from deadlines.sweep import sweep_reminders
from house import clock
from house.rooms import registered
from mail.sweep import send_due
from parties.models import Organisation
from tests.backups.conftest import backed_up, restored
from tests.cast import Cast
from tests.databases import own_database
from tests.deadlines.bell import Bells
from tests.deadlines.many import ringing_now
from tests.proof_plugin import Proof

pytestmark = pytest.mark.sqlite


@pytest.mark.proof("R4")
def test_an_older_copy_mails_nobody_again(
    files: Path, django_db_blocker: Any, tmp_path: Path, proof: Proof,
    mailoutbox: list[EmailMultiAlternatives],
) -> None:  # fmt: skip
    """A third went before the back-up, a third waited in it, a third was not yet made of its
    reminder; all of them go before the portal is lost."""
    third = proof.size(small=4, full=1000)
    with django_db_blocker.unblock(), own_database(), registered(Bells()):
        rang = ringing_now(Cast(), 3 * third)
        _go(third)
        sweep_reminders(at_most=third)
        archive = backed_up(tmp_path)
        _go(2 * third)
        assert {mail.to[0] for mail in mailoutbox} == rang
        restored(archive, replace=Path(str(connection.settings_dict["NAME"])).name)
        held = [_go(3 * third, days) for days in range(3)]
        call_command("release_mail", "--leave-out-old", stdout=StringIO())
        left_out = [_go(3 * third, days) for days in range(3)]
        new = _ring_anew(3 * third)
    times = Counter(mail.to[0] for mail in mailoutbox)
    twice = sum(each > 1 for each in times.values())
    proof.shows(
        f"{3 * third:,} e-mails had gone, {third:,} of them before the back-up: {sum(held)} went "
        f"while they were held, {sum(left_out)} after an administrator left them out, {twice} "
        f"twice; a new one went {new} time",
        reached=not sum(held) and not sum(left_out) and not twice and new == 1,
    )


def _go(at_most: int, days: int = 0) -> int:
    """How many go when the portal looks, so many days later."""
    with clock.at(clock.now() + timedelta(days=days)):
        sweep_reminders(at_most=at_most)
        return send_due(at_most=at_most)


def _ring_anew(rang: int) -> int:
    cast = Cast()
    cast.area_team = Organisation.objects.get()
    ringing_now(cast, 1, first=rang)
    return _go(1)
