"""Which parties have confirmed a registered copy, and who may change it (record 0023)."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from agreements.core.confirming import by_any_of
from agreements.core.parties import parties_of, require_role, side_of
from agreements.core.sides import names_ever, now_called, other_sides, stands_for
from agreements.models import (
    Confirmation,
    CopyChange,
    Party,
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
        own = now_called(copy.agreement, copy.recorded_for_id)
        said = {copy.recorded_for_id} | own | agreed[copy.pk]
        found[copy.agreement.reference] = frozenset(
            each.organisation.pk for each in copy.agreement.sides if each.held_by.isdisjoint(said)
        )
    return found


def _agreed(copies: Collection[RegisteredCopy]) -> dict[int, set[int]]:
    """Copy -> the organisations that confirmed it once."""
    found: dict[int, set[int]] = {copy.pk: set() for copy in copies}
    said = Confirmation.objects.filter(copy__in=found, agrees=True)
    for copy, organisation in said.values_list("copy", "organisation"):
        found[copy].add(organisation)
    return found


def is_confirmed(copy: RegisteredCopy) -> bool:
    """Whether some party of another side has confirmed it: one party's word alone changes it no
    more. Whoever shares the side of the party that registered it confirms for itself alone."""
    own_side = [pk for party in _own_side(copy) for pk in party.held_by]
    said = copy.confirmations.filter(agrees=True)
    return said.exclude(organisation__in=own_side).exists()


def shares_its_side(copy: RegisteredCopy) -> bool:
    """Whether the party that registered it has fellows, whose word is not another side's."""
    return len(_own_side(copy)) > 1


def _own_side(copy: RegisteredCopy) -> list[Party]:
    others = other_sides(copy.agreement, copy.recorded_for_id)
    return [party for party in parties_of(copy.agreement) if party not in others]


def registered_by(copy: RegisteredCopy) -> list[Party]:
    """The party that registered it, as it is told what another says of it."""
    parties = parties_of(copy.agreement)
    return [party for party in parties if copy.recorded_for_id in party.held_by]


def confirmations_of(copy: RegisteredCopy) -> tuple[int, int]:
    """How many other parties have confirmed it, of how many."""
    agreed = _agreed([copy])[copy.pk]
    others = [p for p in parties_of(copy.agreement) if copy.recorded_for_id not in p.held_by]
    return sum(not p.held_by.isdisjoint(agreed) for p in others), len(others)


def times_put_right(copy: RegisteredCopy) -> int:
    """How often what is entered was corrected: a form says over which of these it was made."""
    return copy.changes.filter(state=CopyChange.State.MADE).count()


def require_changer(by: Acting, copy: RegisteredCopy, *, confirmed: bool) -> None:
    """Raises NotYours for whoever may not change it, Refused where it was withdrawn."""
    require_role(by, DRAFTERS)
    side_of(copy.agreement, by)
    if copy.withdrawn_at:
        raise Refused("This registration was withdrawn. Register the MoU again.")
    own = stands_for(copy.agreement, by.organisation_id, copy.recorded_for_id)
    if not own and not confirmed:
        raise NotYours(NOT_YET.format(who=names_ever(copy.agreement)[copy.recorded_for_id]))


def check_may_change(by: Acting, current: RegisteredCopy) -> None:
    """Raises NotYours for whoever may not change it, Refused while nobody may."""
    require_changer(by, current, confirmed=is_confirmed(current))
    if asked := current.changes.filter(state=CopyChange.State.ASKED).first():
        raise Refused(
            f"{asked.made_by} asked for a {asked.get_kind_display().lower()} already. It waits for "
            "the other parties: another one can be asked for after their answer."
        )


def somebody_may_answer(by: Acting, copy: RegisteredCopy) -> bool:
    """Whether anybody of another side is still there to say that a change is right."""
    others = other_sides(copy.agreement, by.organisation_id)
    return any(not party.organisation.is_closed for party in others)


def answerers_of(change: CopyChange) -> list[Party]:
    """Whose word a change waits for: the parties of the other sides; one is enough."""
    return other_sides(change.copy.agreement, change.made_for_id)


def require_answerer(by: Acting, change: CopyChange) -> None:
    """Raises NotYours for the party that asked for it, and for who shares its side."""
    if stands_for(change.copy.agreement, by.organisation_id, change.made_for_id):
        raise NotYours("Your organisation asked for this itself. Another party answers.")
    awaited = answerers_of(change)
    if by.organisation_id not in {party.organisation.pk for party in awaited}:
        raise NotYours(f"Your own side asked for this. It waits for {by_any_of(awaited)}.")


def concerned(change: CopyChange, verb: str) -> list[Party]:
    """Whom it concerns: who may answer, then who asked; of what is made all are told."""
    if verb.endswith("_asked"):
        return answerers_of(change)
    parties = parties_of(change.copy.agreement)
    if verb == "change_refused":
        return [party for party in parties if change.made_for_id in party.held_by]
    return parties
