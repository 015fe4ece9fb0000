"""The deadlines of an agreement as a whole: set when it comes into force, or made up for later."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Exists, OuterRef

from agreements.due import REVIEW
from agreements.models import Agreement
from agreements.services.access import write_access
from agreements.services.due_contacts import set_contacts_due
from agreements.services.due_reviews import set_review_due
from deadlines.models import Concerned
from house.lifecycle import lock


def set_all_due(agreement: Agreement) -> None:
    """Everything that follows from being in force. Call it with the agreement's row locked."""
    set_review_due(agreement)
    set_contacts_due(agreement)


def make_up_for_missing() -> Iterator[Agreement]:
    """Sets the deadlines of agreements in force that have none, one transaction for each.

    For agreements from before the portal kept deadlines; a second run finds nothing to do.
    """
    reviewed = Concerned.objects.filter(reference=OuterRef("reference"), deadline__kind=REVIEW)
    missing = Agreement.objects.filter(~Exists(reviewed), state=Agreement.State.IN_FORCE)
    for pk in missing.exclude(review_on=None).values_list("pk", flat=True):
        with transaction.atomic():
            agreement = lock(Agreement(pk=pk))
            if agreement.state == Agreement.State.IN_FORCE:
                set_all_due(agreement)
                write_access(agreement)
        yield agreement
