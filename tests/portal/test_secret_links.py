"""Links with a secret: none works that is wrong, old, another's or used; opening uses up none."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.db import transaction

from agreements.contacts.asking import SALT as ASKED
from agreements.contacts.proposed import SALT as PROPOSED
from agreements.templates.services.offering import SALT as OFFERED
from deadlines.services.preferring import SALT as PREFERRED
from house import clock
from mou_portal.browsers import COOKIE
from tests.access.world import written
from tests.cast import Cast
from tests.portal.secret_links import Link, links
from tests.proof_plugin import Proof

SALTS = [ASKED, PROPOSED, OFFERED, PREFERRED, "mou_portal.letting_in", "parties.invitation",
         "mou_portal.browsers", "django.core.signing", ""]  # fmt: skip
LETTERS = "abcXYZ019-_:=.%"


@pytest.mark.django_db
@pytest.mark.proof("B10")
def test_no_link_works_but_the_right_one(cast: Cast, proof: Proof) -> None:
    chance, tried, accepted, spent = proof.chance(), 0, [], []
    every = list(links(cast))
    for link in every:
        others = [each.secret for each in every if each is not link]
        wrong = [
            *others,
            *wrongly_signed(link),
            *mutated(link, chance, proof.size(small=8, full=300)),
        ]
        for secret in wrong:
            tried += 1
            if works(link, link.with_secret(secret)):
                accepted.append(f"{link.kind}: {secret[:60]!r} for {link.secret[:60]!r}")
        for how, worked in (
            ("old", old(link)),
            ("another's", anothers(link, cast)),
            ("used", used(link)),
        ):
            tried += 1
            accepted += [f"{link.kind}: {how}"] if worked else []
        spent += [] if right_after_a_scanner(link) else [link.kind]
    print(*accepted, *spent, sep="\n")
    proof.shows(
        f"{len(every)} kinds of link, {tried:,} wrong, old, another's or used: {len(accepted)} "
        f"accepted; opened by a scanner, {len(spent)} used up",
        reached=not accepted and not spent,
    )


def works(link: Link, path: str = "") -> bool:
    """Whether the button behind it does what the link is for; all is put back."""
    with transaction.atomic():
        done = link.press(link.browser(), path)
        transaction.set_rollback(True)
    return done


def mutated(link: Link, chance: random.Random, times: int) -> Iterator[str]:
    """One letter of the secret is another, is gone, or there are more."""
    secret = link.secret
    for _ in range(times):
        at = chance.randrange(len(secret))
        other = chance.choice([each for each in LETTERS if each != secret[at]])
        yield chance.choice(
            [secret[:at] + other + secret[at + 1 :], secret[:at] + secret[at + 1 :],
             secret[:at] + other + secret[at:], secret[:at] or "x", secret + other]
        )  # fmt: skip


def wrongly_signed(link: Link) -> Iterator[str]:
    """The same content, signed for something else: each kind has a salt of its own."""
    value, colon, _ = link.secret.partition(":")
    if not colon:
        return
    content = signing.b64_decode(value.encode())
    for salt in SALTS:
        if not is_for(link, salt):
            yield signing.TimestampSigner(salt=salt).sign(signing.b64_encode(content).decode())


def is_for(link: Link, salt: str) -> bool:
    try:
        signing.loads(link.secret, salt=salt)
    except signing.BadSignature:
        return False
    return True


def old(link: Link) -> bool:
    with time_machine.travel(clock.now() + link.lasts + timedelta(minutes=1)):
        return works(link)


def anothers(link: Link, cast: Cast) -> bool:
    """Of one that is for whoever logs in as somebody, somebody else."""
    return bool(link.whose) and works(replace(link, whose=cast.stranger))


def used(link: Link) -> bool:
    """Whether a second press, in another browser, does anything or lets anybody in."""
    with transaction.atomic():
        client = link.browser()
        assert link.press(client), link.kind
        link.then(client)
        again, before = link.browser(), written()
        again.post(link.open(again), link.form)
        done = written() != before or COOKIE in again.cookies
        transaction.set_rollback(True)
    return link.once and done


def right_after_a_scanner(link: Link) -> bool:
    """Programs that look through e-mails open each link, and follow where it leads."""
    with transaction.atomic():
        before = written()
        for _ in range(3):
            scanner = link.browser()
            page = link.open(scanner)
            for path in (link.path, page):
                scanner.head(path)
                scanner.options(path)
        untouched = written() == before and COOKIE not in scanner.cookies
        done = link.press(link.browser())
        transaction.set_rollback(True)
    return untouched and done
