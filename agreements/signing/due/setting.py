"""The deadlines of an agreement as a whole: set when it comes into force, or made up for later."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Exists, OuterRef

from agreements.contacts.due.setting import set_contacts_due
from agreements.core.access import write_access
from agreements.core.due import APPROVAL_AWAITED, REVIEW, SIGNATURE_AWAITED
from agreements.models import Agreement, Version
from agreements.reviews.due.setting import set_review_due
from agreements.versions.due.setting import chase_approvals, chase_signature
from deadlines.models import Concerned
from deadlines.services.setting import set_together
from house.lifecycle import lock


def set_all_due(agreement: Agreement) -> None:
    """Everything that follows from being in force. Call it with the agreement's row locked."""
    with set_together():
        set_review_due(agreement)
        set_contacts_due(agreement)


def make_up_for_missing() -> Iterator[str]:
    """Sets the deadlines of agreements that have none yet. Gives their references.

    For agreements from before the portal kept deadlines; a second run finds nothing to do.
    """
    yield from _in_force_without()
    yield from _under_way_without()


def _in_force_without() -> Iterator[str]:
    without = Agreement.objects.with_duties().filter(~_concerned("reference", REVIEW))
    for pk in without.exclude(review_on=None).values_list("pk", flat=True):
        with transaction.atomic():
            agreement = lock(Agreement(pk=pk))
            if agreement.has_duties:
                set_all_due(agreement)
                write_access(agreement)
        yield agreement.reference


def _under_way_without() -> Iterator[str]:
    """Versions that wait for approvals or signatures: they are chased from now on."""
    missing = ~_concerned("agreement__reference", APPROVAL_AWAITED, SIGNATURE_AWAITED)
    out = Version.objects.filter(missing, state__in=["out_for_approval", "out_for_signature"])
    for pk in out.values_list("pk", flat=True):
        with transaction.atomic():
            version = lock(Version(pk=pk))
            chase_approvals(version)
            for request in version.signature_requests.filter(state__in=["asked", "not_ready"]):
                chase_signature(request)
        yield version.agreement.reference


def _concerned(reference: str, *kinds: str) -> Exists:
    """Whether an agreement has, or once had, a deadline of one of these kinds."""
    return Exists(Concerned.objects.filter(reference=OuterRef(reference), deadline__kind__in=kinds))
