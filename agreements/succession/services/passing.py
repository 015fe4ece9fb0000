"""What a succession does on its day: one agreement after the other, each once, whatever is killed.

Sides go over as spells: the old organisation's ends on the day before. What it signed, approved,
said and recorded stays its own; whose it is to go on with is read through the spells
(`agreements.core.sides.stands_for`).
"""

from __future__ import annotations

from typing import Any

from agreements.core.access import write_access
from agreements.core.parties import parties_of
from agreements.core.telling import record
from agreements.models import Access, Agreement, Party, PartySpell, SuccessionMove
from agreements.succession.due import ask_what_becomes_of
from agreements.succession.queries import held_from
from agreements.succession.rules import Held, passed_on
from agreements.succession.services.beginning import SUCCEED
from agreements.succession.services.telling import tell_all
from deadlines.services.passing import concerned_with, pass_on
from deadlines.services.setting import set_together
from house import clock
from house.lifecycle import lock, move_locked
from house.rooms import rooms
from jobs.kinds import JobKind, Work, register
from jobs.models import JobRow
from nhsuk.words import and_list
from parties.acting import Acting
from parties.models import SUCCESSION_LIFECYCLE, Succession


def acting_in(succession: Succession) -> Acting:
    """For the successor, in the name of who recorded it. It was agreed to then, by both: on its day
    nobody is asked again, and who recorded it may have left."""
    return Acting(succession.recorded_by, succession.new)


def pass_agreement(row: JobRow, _prepared: Any) -> None:
    """Takes one agreement over, where it still has a side of the old organisation."""
    succession = _succession(row)
    by, agreement = acting_in(succession), _lock(row.subject)
    sides = [party for party in parties_of(agreement) if _passes(party, succession)]
    if not sides:
        return
    with set_together():
        for room in sorted(rooms(), key=lambda room: room.locks_at):
            room.lock_passed(agreement)
        for party in sides:
            _pass_side(party, succession)
        vars(agreement).pop("sides", None)
        _pass_access(agreement, succession)
        move, _ = SuccessionMove.objects.get_or_create(succession=succession, agreement=agreement)
        move.agreement, move.succession, move.moved_at = agreement, succession, clock.now()
        move.save(update_fields=["moved_at"])
        for room in rooms():
            room.succeed(succession, agreement, by)
        ask_what_becomes_of(move)
    # After what the rooms set: they set for who holds the sides now.
    _pass_deadlines(agreement, succession)
    write_access(agreement)
    _write_down(by, move, sides)


def finish(row: JobRow, _: Any) -> None:
    """What the old one held beside its agreements, last; then everybody is told, once."""
    current = lock(_succession(row))
    if current.state == Succession.State.DONE:
        return
    if current.full:
        # Templates and groups are locked before what serves several agreements.
        for room in sorted(rooms(), key=lambda room: not room.name.startswith("agreements")):
            room.succeed_beside(current, acting_in(current))
    move_locked(current, "finish", lifecycle=SUCCESSION_LIFECYCLE)
    tell_all(current)


def _succession(row: JobRow) -> Succession:
    found = Succession.objects.select_related("old", "new", "recorded_by__person")
    return found.get(pk=row.job.context["succession"])


def _lock(reference: str) -> Agreement:
    """With the others that its deadlines concern, in one order."""
    every = Agreement.objects.filter(reference__in=concerned_with(reference))
    locked = every.order_by("reference").select_for_update(no_key=True)
    return next(each for each in locked if each.reference == reference)


def _passes(party: Party, succession: Succession) -> bool:
    held = [_held(spell) for spell in party.spells.all()]
    return held != list(passed_on(held, succession.old_id, succession.new_id, succession.on))


def _pass_side(party: Party, succession: Succession) -> None:
    rows = {spell.pk: spell for spell in party.spells.all()}
    held = [_held(spell) for spell in rows.values()]
    for each in passed_on(held, succession.old_id, succession.new_id, succession.on):
        if each.row is None:
            PartySpell.objects.create(
                party=party, organisation=succession.new, starts_on=each.first, ends_on=each.last,
                succession=succession,
            )  # fmt: skip
        elif each != _held(spell := rows[each.row]):
            if each.by != spell.organisation_id:
                spell.organisation, spell.succession = succession.new, succession
            spell.ends_on = each.last
            spell.save()


def _held(spell: PartySpell) -> Held:
    return Held(spell.organisation_id, spell.starts_on, spell.ends_on, spell.pk)


def _pass_access(agreement: Agreement, succession: Succession) -> None:
    """The new one sees it; of a group it has it as one of many, as the old one had."""
    write_access(agreement)
    rows = Access.objects.filter(agreement=agreement)
    if rows.filter(organisation=succession.old_id, in_group=True).exists():
        rows.filter(organisation=succession.new_id).update(in_group=True)


def _pass_deadlines(agreement: Agreement, succession: Succession) -> None:
    held = held_from(succession.old_id, succession.on).exclude(pk=agreement.pk)
    stays = held.filter(reference__in=concerned_with(agreement.reference))
    still = set(stays.values_list("reference", flat=True))
    pass_on(agreement.reference, succession.old, succession.new, stays=still)


def _write_down(by: Acting, move: SuccessionMove, sides: list[Party]) -> None:
    succession = move.succession
    record(
        by=by, verb="succeeded", agreement=move.agreement, about=succession,
        was=succession.old.name_on(succession.on), now=succession.new.name_on(succession.on),
        on=succession.on.isoformat(), instrument=succession.instrument,
        sides=and_list(party.label for party in sides), succession=succession.pk,
    )  # fmt: skip


KIND = register(
    JobKind(
        SUCCEED,
        each=Work(act=pass_agreement),
        last=Work(act=finish),
    )
)
