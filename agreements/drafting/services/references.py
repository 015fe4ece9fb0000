from __future__ import annotations

from django.db import transaction

from agreements.models import Counter


def next_reference() -> str:
    """The next free reference, such as MOU-0042; two people never get the same one."""
    with transaction.atomic():
        Counter.objects.get_or_create(name="agreement")
        counter = Counter.objects.select_for_update().get(name="agreement")
        counter.last += 1
        counter.save(update_fields=["last"])
    return f"MOU-{counter.last:04d}"
