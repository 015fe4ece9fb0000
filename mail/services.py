from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from email.utils import parseaddr
from typing import Any, Final

from django.conf import settings
from django.db import transaction

from audit.services import write_entry
from house import clock, nudges
from house.lifecycle import move
from house.refusals import Refused
from mail.models import DELIVERY_LIFECYCLE, Delivery

# The task that sends what is due.
SENDER: Final = "mail.tasks.send_due_mail"


def queue_mail(*, nudge: bool = True, **said: Any) -> None:
    """Puts one e-mail into the outbox (`delivery`), in the caller's transaction."""
    queue_all([delivery(**said)], nudge=nudge)


def delivery(
    *,
    kind: str,
    address: str,
    context: dict[str, Any],
    dedupe: str,
    organisation_id: int | None = None,
    not_before: datetime | None = None,
) -> Delivery:
    """One e-mail, to be queued.

    `organisation_id` says whose managers see it when it fails; `not_before` holds it back.
    """
    now = clock.now()
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2]
    return Delivery(
        dedupe=dedupe,
        address=address,
        organisation_id=organisation_id,
        kind=kind,
        context=context,
        created_at=now,
        next_try=not_before or now,
        message_id=f"<{uuid.uuid4().hex}@{domain}>",
    )


def queue_all(deliveries: Iterable[Delivery], *, nudge: bool = True) -> None:
    """Puts e-mails into the outbox, in the caller's transaction. The same `dedupe` goes once.

    Who queues many sends them afterwards, and asks for no worker with each (`nudge`).
    """
    # One statement, and nothing where a key is there already, even from a moment ago.
    made = Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)
    now = clock.now()
    if nudge and any(each.next_try and each.next_try <= now for each in made):
        nudges.nudge(SENDER)


def send_again(
    *, actor: Any, organisation_id: int | None, delivery: Delivery, address: str = ""
) -> None:
    """Puts an e-mail that did not arrive back into the outbox; `address` is where to, if elsewhere.

    It keeps its Message-ID, so that whoever got it after all sees it once. Raises Refused when
    somebody else has dealt with it meanwhile, and for another address where the e-mail carries a
    link or a code for its own alone.
    """
    if address and address != delivery.address and {"link", "code"} & delivery.context.keys():
        raise Refused(
            f"This e-mail has a link for {delivery.address} alone. Ask that address again, or ask "
            "somebody else, where the e-mail was sent from."
        )
    changes = {"attempts": 0, "silences": 0, "last_error": "", "next_try": clock.now()}
    to = {"address": address} if address else {}
    with transaction.atomic():
        move(delivery, "send_again", lifecycle=DELIVERY_LIFECYCLE, **changes, **to)
        _record(actor, organisation_id, "sent an e-mail again", delivery)
        nudges.nudge(SENDER)


def leave(*, actor: Any, organisation_id: int | None, delivery: Delivery) -> None:
    """Says that an e-mail which did not arrive is not needed any more. Raises Refused as above."""
    with transaction.atomic():
        move(delivery, "leave", lifecycle=DELIVERY_LIFECYCLE, next_try=None)
        _record(actor, organisation_id, "gave up an e-mail", delivery)


def _record(actor: Any, organisation_id: int | None, verb: str, delivery: Delivery) -> None:
    write_entry(
        actor=actor,
        organisation_id=organisation_id,
        verb=verb,
        about=delivery,
        payload={"kind": delivery.kind},
    )
