"""Sets what agreements from before the portal kept it have no deadlines for; after an upgrade."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Exists, OuterRef

from agreements.core.access import write_access
from agreements.core.carrying import asking_changes
from agreements.core.due import (
    APPROVAL_AWAITED,
    CHANGES_ASKED,
    REJECTION_STANDS,
    REVIEW,
    SCAN_TO_CONFIRM,
    SIGNATURE_AWAITED,
    SIGNATURE_TO_ASK,
    VERSION_TO_SEND,
)
from agreements.core.locking import lock_version
from agreements.core.rejections import rejections_of
from agreements.core.situations import UNDER_WAY
from agreements.models import Agreement, Approval, PaperSignature, Version
from agreements.signing.due import set_all_due
from agreements.versions.holding import hold_signatures, stop_asking
from agreements.versions.steps import await_check, chase_signature, keep_steps
from deadlines.models import Concerned, Deadline
from deadlines.services.setting import set_together
from house.lifecycle import lock

UNHEARD = ("rejected", "subject_to_changes")
STEPS = (VERSION_TO_SEND, SIGNATURE_TO_ASK, SCAN_TO_CONFIRM)


def make_up_for_missing() -> Iterator[str]:
    """Sets the deadlines of agreements that have none yet. Gives their references.

    A second run finds nothing to do.
    """
    yield from _in_force_without()
    yield from _under_way_without()
    yield from _rejected_but_chased()
    yield from _decided_but_unheard()


def _in_force_without() -> Iterator[str]:
    without = Agreement.objects.with_duties().filter(~_concerned("reference", kind__in=[REVIEW]))
    for pk in without.exclude(review_on=None).values_list("pk", flat=True):
        with transaction.atomic():
            agreement = lock(Agreement(pk=pk))
            if agreement.has_duties:
                set_all_due(agreement)
                write_access(agreement)
        yield agreement.reference


def _under_way_without() -> Iterator[str]:
    """Versions whose steps are no deadlines yet, or only for the party that has to take them.

    What is chased already goes on from when it began.
    """
    reference = "agreement__reference"
    as_steps = _concerned(reference, kind__in=STEPS)
    watched = _concerned(
        reference, kind__in=[APPROVAL_AWAITED, SIGNATURE_AWAITED], holders__watches=True
    )
    out = Version.objects.filter(~as_steps, ~watched, state__in=UNDER_WAY)
    for pk in out.values_list("pk", flat=True):
        with transaction.atomic(), set_together():
            version = lock_version(Version.objects.get(pk=pk))
            keep_steps(version)
            for request in version.signature_requests.filter(state__in=["asked", "not_ready"]):
                chase_signature(request, anew=False)
            for paper in PaperSignature.objects.filter(request__version=version, state="recorded"):
                await_check(paper)
        yield version.agreement.reference


def _rejected_but_chased() -> Iterator[str]:
    """Versions whose party rejected them before a rejection held its signatures (record 0021)."""
    rejected = Approval.objects.filter(version=OuterRef("pk"), decision="rejected")
    for pk in Version.objects.filter(Exists(rejected), state__in=UNDER_WAY).values_list(
        "pk", flat=True
    ):
        with transaction.atomic(), set_together():
            version = lock_version(Version.objects.get(pk=pk))
            held = [hold_signatures(version, row.party) for row in rejections_of(version)]
        if any(held):
            yield version.agreement.reference


def _decided_but_unheard() -> Iterator[str]:
    """Rejections, and changes asked for, from before these waited on Home (record 0022)."""
    asked = Approval.objects.filter(version__agreement=OuterRef("pk"), decision__in=UNHEARD)
    heard = _concerned("reference", kind__in=[CHANGES_ASKED, REJECTION_STANDS])
    prepared = Agreement.objects.filter(~heard, Exists(asked), state="being_prepared")
    for pk in prepared.values_list("pk", flat=True):
        with transaction.atomic(), set_together():
            newest = lock_version(Version.objects.filter(agreement=pk).latest("seq"))
            keep_steps(newest)
            if asking_changes(newest) and newest.is_under_way:
                stop_asking(newest)
        waits = Deadline.objects.still_open().about(newest.agreement.reference)
        if waits.filter(kind__in=[CHANGES_ASKED, REJECTION_STANDS]).exists():
            yield newest.agreement.reference


def _concerned(reference: str, **which: object) -> Exists:
    """Whether an agreement has, or once had, a deadline like this."""
    deadlines = Deadline.objects.filter(**which)
    rows = Concerned.objects.filter(reference=OuterRef(reference), deadline__in=deadlines)
    return Exists(rows)
