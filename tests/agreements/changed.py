"""A version that a party approved subject to changes, and the one that has them."""

from __future__ import annotations

from typing import Any

from agreements.core.carrying import to_confirm
from agreements.drafting.services.editing import edit_clause
from agreements.models import Agreement, Approval, Party, Version
from agreements.versions.services.approving import record_approval
from agreements.versions.services.confirming import record_confirmation
from agreements.versions.services.versions import recall
from deadlines.models import Deadline
from house import clock
from mou_portal.home_page import HomePage
from nhsuk.forms import date_boxes
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


def ccg_of(version: Version) -> Party:
    party: Party = version.agreement.parties.get(slot="ccg")
    return party


def still_open(kind: str) -> list[Deadline]:
    return list(Deadline.objects.still_open().filter(kind=kind).order_by("pk"))


def sentences_for(who: User) -> list[str]:
    return [todo.sentence for todo in HomePage(acting(who)).mine]


def chairs_word(**more: Any) -> dict[str, Any]:
    """What a manager enters who records that the chair confirmed the changes."""
    on = date_boxes("confirmed_on", more.pop("on", clock.today()))
    word = {"answer": "yes", "confirmed_by": "Chris Chair", "evidence": "E-mail of today."}
    return word | on | more


def record(cast: Cast, version: Version, rests_on: Approval, **more: Any) -> Approval:
    said: dict[str, Any] = {"agrees": True, "confirmed_by": "Chris Chair", "note": "By phone."}
    return record_confirmation(
        by=acting(cast.other_manager), version=version, rests_on=rests_on,
        **said | {"confirmed_on": clock.today()} | more,
    )  # fmt: skip
