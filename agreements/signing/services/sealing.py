"""Making the final signed copy: rendered, sealed, stored once.

Like the outbox: a waiting `Seal` row is leased by pushing its next try ahead, the work is done
outside the transaction, and the result is written only by whoever still holds the row waiting.
A worker killed half-way leaves a row that the next sweep takes up.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from math import inf
from time import monotonic
from typing import Any, Final

from django.db import connection, transaction

from agreements.core.rejections import rejections_of
from agreements.core.telling import record
from agreements.models import Seal
from agreements.signing.services.in_force import SEALER
from agreements.signing.signed_copy import build_signed_copy
from audit.services import write_entry
from documents.rendering import RenderingFailed
from documents.seal import SealUnavailable
from documents.storage import store
from house import clock
from house.lifecycle import Lifecycle, move, step
from house.nudges import nudge
from house.refusals import Refused
from parties.acting import Acting
from parties.models import User

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=3)
REJECTED = "A party's latest decision rejects this version. It waits for one that approves it."
REJECTED_WAIT = timedelta(hours=1)
WAITS = [timedelta(minutes=m) for m in (1, 5, 15, 60)] + [timedelta(hours=6)] * 8
MOST_ATTEMPTS = len(WAITS) + 1
TOO_OFTEN = "It was tried too often: each try ended before it was done."

# What a person may do about a copy that could not be made; the sweep alone does the rest.
SEAL_LIFECYCLE: Final = Lifecycle("signed copy", {"make_again": step("failed", to="waiting")})


def make_again(*, actor: Any, seal: Seal) -> None:
    """Lets a signed copy that could not be made wait for the sweep again, its cause being mended.

    Raises Refused for one that was made, or is being made.
    """
    with transaction.atomic():
        move(seal, "make_again", lifecycle=SEAL_LIFECYCLE, attempts=0, next_try=clock.now())
        agreement = seal.version.agreement.reference
        write_entry(
            actor=actor,
            organisation_id=None,
            verb="asked for a signed copy again",
            about=seal,
            payload={"agreement": agreement},
        )


def seal_due(*, seconds: float = inf) -> int:
    """Makes the signed copies that wait, for about so long. Returns how many were sealed."""
    sealed, until = 0, monotonic() + seconds
    while seal := _lease_next():
        sealed += _make(seal)
        if monotonic() > until:
            nudge(SEALER)
            break
    return sealed


def _lease_next() -> Seal | None:
    now = clock.now()
    with transaction.atomic():
        skip = connection.features.has_select_for_update_skip_locked
        rows = Seal.objects.select_for_update(skip_locked=skip)
        seal = rows.filter(state=Seal.State.WAITING, next_try__lte=now).order_by("next_try").first()
        if seal is None:
            return None
        seal.next_try = now + LEASE
        seal.attempts += 1
        seal.save(update_fields=["next_try", "attempts"])
        return seal


def _make(seal: Seal) -> bool:
    if seal.attempts > MOST_ATTEMPTS:
        # Nobody marked the last ones: each may have ended its process.
        _try_later(seal, TOO_OFTEN)
        return False
    if rejections_of(seal.version):
        _wait_for_approval(seal)
        return False
    sealed_at = clock.now()
    try:
        return _keep(seal, build_signed_copy(seal.version, sealed_at=sealed_at), sealed_at)
    except (RenderingFailed, SealUnavailable, Refused, OSError) as problem:
        logger.exception("The signed copy of %s could not be made", seal.version)
        _try_later(seal, str(problem))
    except Exception as problem:
        # One that cannot be made must never hold up the others, nor be tried for ever.
        logger.exception("The signed copy of %s could not be made", seal.version)
        _try_later(seal, repr(problem))
    return False


def _keep(seal: Seal, pdf: bytes, sealed_at: datetime) -> bool:
    """Stores the copy, unless another worker was faster. Returns whether it did."""
    name = f"{seal.version.agreement.reference} final signed copy.pdf"
    with transaction.atomic():
        current = Seal.objects.select_for_update().get(pk=seal.pk)
        if current.state != Seal.State.WAITING:
            return False
        current.file = store(pdf, name=name, content_type="application/pdf")
        current.state, current.sealed_at, current.problem = Seal.State.SEALED, sealed_at, ""
        current.save()
        record(
            by=Acting(user=User.objects.system()),
            verb="sealed",
            about=current,
            agreement=seal.version.agreement,
            sha256=current.file.sha256,
        )
    return True


def _wait_for_approval(seal: Seal) -> None:
    """No try counts while a rejection stands; the approval that ends it has it made at once."""
    waiting = Seal.objects.filter(pk=seal.pk, state=Seal.State.WAITING)
    next_try = clock.now() + REJECTED_WAIT
    waiting.update(problem=REJECTED, next_try=next_try, attempts=seal.attempts - 1)


def _try_later(seal: Seal, problem: str) -> None:
    with transaction.atomic():
        current = Seal.objects.select_for_update().get(pk=seal.pk)
        if current.state != Seal.State.WAITING:
            return  # another worker had it after our lease, and made it
        current.problem = problem[:300]
        if current.attempts > len(WAITS):
            current.state = Seal.State.FAILED
        else:
            current.next_try = clock.now() + WAITS[current.attempts - 1]
        current.save(update_fields=["problem", "state", "next_try"])
