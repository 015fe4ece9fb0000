"""Which parties have confirmed a registered copy, and who may change it (record 0023)."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from agreements.core.parties import require_role, side_of
from agreements.models import (
    Confirmation,
    CopyChange,
    PartySpell,
    RegisteredCopy,
    read_parties,
)
from house.once import each_once
from house.refusals import NotYours, Refused
from parties.acting import Acting
from parties.who import DRAFTERS

NOT_YET = "Nobody but {who} changes it before it is confirmed. Say what is not right instead."


def unconfirmed_by(references: Iterable[str]) -> dict[str, frozenset[int]]:
    """Reference -> the organisations that have not confirmed its registered copy; none for an
    agreement that was drafted here (one query; three where some was registered)."""
    return _unconfirmed(references)


@each_once(RegisteredCopy, Confirmation, PartySpell)
def _unconfirmed(references: Collection[str]) -> dict[str, frozenset[int]]:
    found: dict[str, frozenset[int]] = dict.fromkeys(references, frozenset())
    rows = RegisteredCopy.objects.filter(agreement__reference__in=references)
    copies = list(rows.select_related("agreement"))
    if not copies:
        return found
    read_parties([copy.agreement for copy in copies])
    agreed = _agreed(copies)
    for copy in copies:
        sides = {party.organisation.pk for party in copy.agreement.sides}
        others = sides - {copy.recorded_for_id} - agreed[copy.pk]
        found[copy.agreement.reference] = frozenset(others)
    return found


def _agreed(copies: Collection[RegisteredCopy]) -> dict[int, set[int]]:
    """Copy -> the organisations that confirmed it once."""
    found: dict[int, set[int]] = {copy.pk: set() for copy in copies}
    said = Confirmation.objects.filter(copy__in=found, agrees=True)
    for copy, organisation in said.values_list("copy", "organisation"):
        found[copy].add(organisation)
    return found


def is_confirmed(copy: RegisteredCopy) -> bool:
    """Whether some other party has confirmed it: one party's word alone changes it no more."""
    return copy.confirmations.filter(agrees=True).exists()


def require_changer(by: Acting, copy: RegisteredCopy, *, confirmed: bool) -> None:
    """Raises NotYours for whoever may not change it, Refused where it was withdrawn."""
    require_role(by, DRAFTERS)
    side_of(copy.agreement, by)
    if copy.withdrawn_at:
        raise Refused("This registration was withdrawn. Register the MoU again.")
    if by.organisation_id != copy.recorded_for_id and not confirmed:
        raise NotYours(NOT_YET.format(who=copy.recorded_for))


def check_may_change(by: Acting, current: RegisteredCopy) -> None:
    """Raises NotYours for whoever may not change it, Refused while nobody may."""
    require_changer(by, current, confirmed=is_confirmed(current))
    if asked := current.changes.filter(state=CopyChange.State.ASKED).first():
        raise Refused(
            f"{asked.made_by} asked for a {asked.get_kind_display().lower()} already. It waits for "
            "the other parties: another one can be asked for after their answer."
        )
