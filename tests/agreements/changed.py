"""A version that a party approved subject to changes, and the one that has them."""

from __future__ import annotations

from agreements.core.carrying import to_confirm
from agreements.drafting.services.editing import edit_clause
from agreements.models import Agreement, Approval, Party, Version
from agreements.versions.services.approving import record_approval
from agreements.versions.services.versions import recall
from house import clock
from parties.models import Person, User
from tests.cast import Cast, acting
from tests.stages import CHANGES, clause, sent


def asks_changes(by: User, version: Version, who: Person | None = None) -> Approval:
    """The manager's body approves it subject to changes, which somebody confirms."""
    return record_approval(
        by=acting(by), version=version, decision="subject_to_changes",
        decided_on=clock.today(), changes_asked=CHANGES, delegated_to=who, minute_reference="GB 9",
    )  # fmt: skip


def change(cast: Cast, version: Version, body: str = "The parties meet four times.") -> Version:
    """Recalled, changed in one clause, and out for approval again under the next number."""
    agreement = version.agreement
    recall(by=acting(cast.manager), version=version, because="What they asked for.")
    text = clause(agreement, "meet")
    edit_clause(by=acting(cast.manager), clause=text, edit_no=text.edit_no, body=body)
    return sent(cast, Agreement.objects.get(pk=agreement.pk))


def waiting(version: Version, slot: str = "ccg") -> Approval | None:
    """What the party's approval of this version still waits to be confirmed upon."""
    party: Party = version.agreement.parties.get(slot=slot)
    return to_confirm(Version.objects.get(pk=version.pk), party)
