"""What the rows say of the agreements of a group: many at once, each kind of row read once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Final

from django.db.models import F, Max, Q

from agreements.core.due import (
    APPROVAL_AWAITED,
    REJECTION_STANDS,
    SCAN_TO_CONFIRM,
    SIGNATURE_AWAITED,
    SIGNATURE_TO_ASK,
    VERSION_TO_SEND,
)
from agreements.models import IssueLine, KeyContact, Signature, SignatureRequest
from deadlines.models import Holder
from jobs.models import JobRow
from parties.acting import Acting

OF_OURS: Final = (
    APPROVAL_AWAITED, REJECTION_STANDS, SCAN_TO_CONFIRM, SIGNATURE_AWAITED, SIGNATURE_TO_ASK,
    VERSION_TO_SEND,
)  # fmt: skip


def _theirs(of: dict[int, IssueLine], way: str) -> Q:
    """Rows of the side of whoever gets it: the party's slot is the line's."""
    slots = {line.issue.slot for line in of.values()}
    return Q(**{f"{way}__agreement__in": of, f"{way}__slot__in": slots})


def asked(of: dict[int, IssueLine]) -> list[tuple[int, str, str]]:
    """Line, state and why not, of each signature that its organisation is asked for."""
    if not of:
        return []
    rows = SignatureRequest.objects.filter(_theirs(of, "party")).newest()
    said = rows.order_by().values_list("party__agreement", "state", "not_ready_because")
    return [(of[agreement].pk, state, because) for agreement, state, because in said]


def signed(of: dict[int, IssueLine], open_ones: set[int]) -> dict[int, date]:
    """Line -> the day on which its organisation had given all its signatures."""
    if not of:
        return {}
    given = Signature.objects.filter(_theirs(of, "request__party"), request__state="signed")
    rows = given.values(agreement=F("request__party__agreement")).annotate(on=Max("signed_on"))
    found = {of[row["agreement"]].pk: row["on"] for row in rows}
    return {line: on for line, on in found.items() if line not in open_ones}


def contacts(of: dict[int, IssueLine]) -> dict[int, date | None]:
    """Line -> since when its organisation has named who looks after it."""
    if not of:
        return {}
    rows = KeyContact.objects.filter(_theirs(of, "party")).current()
    named = rows.order_by("starts_on").values_list("party__agreement", "starts_on")
    return {of[agreement].pk: on for agreement, on in named}


def waiting_for(lines: Collection[IssueLine], acting: Acting) -> dict[str, set[str]]:
    """Reference -> the kinds of what waits for the reader's organisation in the agreement."""
    references = [line.agreement.reference for line in lines if line.agreement]
    if not references:
        return {}
    held = Holder.objects.filter(
        organisation=acting.organisation_id or 0, is_open=True, watches=False,
        deadline__kind__in=OF_OURS, deadline__concerned__reference__in=references,
    )  # fmt: skip
    found: dict[str, set[str]] = defaultdict(set)
    named = held.order_by().values_list("deadline__concerned__reference", "deadline__kind")
    for reference, kind in named.distinct():
        found[reference].add(kind)
    return found


def problems(lines: Collection[IssueLine]) -> dict[int, str]:
    """Line -> why its agreement could not be made."""
    jobs = {line.share.job_id for line in lines if line.share.job_id and not line.agreement_id}
    if not jobs:
        return {}
    failed = JobRow.objects.filter(job__in=jobs, state=JobRow.State.FAILED)
    return {int(subject): problem for subject, problem in failed.values_list("subject", "problem")}
