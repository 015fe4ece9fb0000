"""What fell due between the back-up and the restore becomes e-mails in the outbox, held there.

The lost portal may have sent them, so an administrator decides on them together with those that
waited when the back-up was made.
"""

from __future__ import annotations

from django.db.models import Max

from audit.heads import note_restore
from deadlines.models import Reminder
from deadlines.sweep import sweep_reminders
from house import clock
from mail.models import Delivery, Hold
from parties.acting import Acting
from parties.models import User


def count_what_fell_due() -> None:
    """Once after a restore, on a database that has every migration; otherwise does nothing."""
    hold = Hold.objects.standing().filter(counted_to=None).order_by("-pk").first()
    if hold is None:
        return
    # Before anything new is linked: heads from the time that is lost are then known as such.
    note_restore(by=Acting(user=User.objects.system()))
    # One that cannot be told is put off each time it is tried, so this comes to an end.
    while Reminder.objects.filter(state="pending", next_try__lte=clock.now()).exists():
        sweep_reminders()
    hold.counted_to = Delivery.objects.aggregate(last=Max("pk"))["last"] or 0
    hold.save(update_fields=["counted_to"])
