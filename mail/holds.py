"""After a restore e-mails are held: the outbox is that of the day of the back-up, and most of what
waits in it has gone out since. An administrator looks, and says what becomes of it."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction
from django.db.models import Q, QuerySet

from audit.services import write_entry
from house import clock
from house.refusals import Refused
from mail.models import Delivery, Hold

NOT_SENT: Final = "It was due before the portal was restored from a back-up."


def is_held() -> bool:
    return Hold.objects.standing().exists()


def held_now() -> Hold | None:
    """The newest restore after which nobody has released the e-mails."""
    return Hold.objects.standing().order_by("-pk").first()


def waiting() -> QuerySet[Delivery]:
    """What a sender takes up, today or later."""
    states = ["waiting", "leased", "maybe_sent"]
    return Delivery.objects.filter(state__in=states, next_try__isnull=False)


def due_before(hold: Hold) -> QuerySet[Delivery]:
    """What waits and may have gone out since the back-up.

    It was due or tried before the restore, or is of reminders that were due before it.

    Empty until what fell due is counted (`Hold.counted_to`).
    """
    old = waiting().filter(pk__lte=hold.counted_to or 0)
    taken_up_after = Q(created_at__gte=hold.restored_at)
    return old.filter(taken_up_after | Q(next_try__lte=hold.restored_at) | Q(attempts__gt=0))


def release(*, actor: Any, send_old: bool) -> int:
    """Lets e-mails go again, with the next sweep. Returns how many were due before the restore.

    With `send_old` these go as well; otherwise they are marked as not sent. Raises Refused when
    nothing is held, or while it is not yet known what fell due before the restore.
    """
    with transaction.atomic():
        holds = list(Hold.objects.standing().select_for_update().order_by("pk"))
        if not holds:
            raise Refused("No e-mails are held. Nothing was changed.")
        hold = holds[-1]
        if hold.counted_to is None:
            raise Refused(
                "What fell due before the restore is not known yet. Run: python manage.py set_up. "
                "Then release the e-mails."
            )
        old = due_before(hold).count() if send_old else _leave_out(hold)
        released = {"released_at": clock.now(), "released_by": actor, "old_sent": send_old}
        Hold.objects.filter(pk__in=[each.pk for each in holds]).update(**released)
        _record(actor, hold, old, send_old)
    return old


def _leave_out(hold: Hold) -> int:
    return due_before(hold).update(
        state=Delivery.State.LEFT_OUT, next_try=None, lease_until=None, last_error=NOT_SENT
    )


def _record(actor: Any, hold: Hold, old: int, send_old: bool) -> None:
    write_entry(
        actor=actor,
        organisation_id=None,
        verb="released e-mails after a restore",
        about=hold,
        payload={"due_before": old, "sent": send_old},
    )
