"""An agreement in force, and actions under it, recorded by the people of the cast."""

from __future__ import annotations

from typing import Any

from agreements.models import Agreement, Party
from commitments.models import Action
from commitments.services.recording import record_action
from parties.models import User
from tests.cast import Cast, acting
from tests.stages import in_force

WHAT = "Send the audit template"


def agreement_of(cast: Cast) -> Agreement:
    return in_force(cast).agreement


def side(agreement: Agreement, slot: str = "area_team") -> Party:
    return agreement.parties.get(slot=slot)


def recorded(by: User, owner: Party, **more: Any) -> Action:
    """An action that this person recorded for a party; by default nobody is named for it."""
    said = {"what": WHAT} | more
    return record_action(by=acting(by), agreement=owner.agreement, owner=owner, **said)
