"""Varying and correcting the text of an agreement in force: a draft of it, which replaces it in the
end (E09, record 0065). In between everything is as in the first life: the drafting and the signing
of any text."""

from __future__ import annotations

from datetime import date
from typing import Any

from agreements.changes.rules import Kind
from agreements.changes.services.effect import complete, overtake_not_extending
from agreements.changes.services.opening import begin_change, lock_for
from agreements.core.access import write_access
from agreements.core.locking import lock_version
from agreements.core.telling import record
from agreements.models import VERSION_LIFECYCLE, Agreement, Change, Version
from agreements.terms import Terms, as_stored
from agreements.variations.rules import Days, days_after, with_end_of_now
from agreements.versions.changes import keep_changes_asked
from agreements.versions.services.versions import new_draft, take_back, tell_signatories
from agreements.versions.steps import keep_steps
from deadlines.services.setting import set_together
from house.lifecycle import lock, move_locked
from house.once import forget, one_job
from house.refusals import Refused
from house.rooms import rooms
from parties.acting import Acting


def begin_variation(*, by: Acting, agreement: Agreement, because: str) -> Change:
    """Opens a draft with the text in force, which stays in force until all have signed the new one.

    Raises Refused while another text is being agreed.
    """
    return _begin(by, agreement, Kind.VARIATION, because)


def begin_correction(*, by: Acting, agreement: Agreement, because: str) -> Change:
    """The same for spelling and references alone: nothing else can be numbered in it."""
    return _begin(by, agreement, Kind.CORRECTION, because)


def _begin(by: Acting, agreement: Agreement, kind: str, because: str) -> Change:
    with one_job(), set_together():
        current = lock_for(by, agreement)
        if current.is_registered or current.in_force_version is None:
            raise Refused(
                "The text of this MoU is on the registered paper alone. Agree the new text on "
                "paper, and register the new signed copy."
            )
        change = begin_change(by, current, kind, because=because)
        in_force = current.in_force_version
        in_force.agreement = current
        draft = new_draft(by=by, based_on=in_force, change=change)
        if kind == Kind.VARIATION:
            terms = with_end_of_now(in_force.typed_terms, current.end_on)
            draft.terms = as_stored(terms)
            draft.save(update_fields=["terms"])
    return change


def give_up_text(change: Change, *, by: Acting, because: str) -> None:
    """The text of a change that came to nothing: nobody edits, approves or signs it any more, and
    who was asked to sign it is told. What was written stays. The agreement is locked."""
    under_way = change.versions.filter(
        state__in=["draft", "frozen", "out_for_approval", "out_for_signature"]
    )
    for row in under_way:
        row.agreement = change.agreement
        version = lock_version(row)
        if version.is_draft:
            move_locked(
                version, "give_up", lifecycle=VERSION_LIFECYCLE, withdrawn_because=because[:500]
            )
        else:
            take_back(version, because=because[:500])
            happening = record(
                by=by, verb="text_given_up", agreement=change.agreement, about=version,
                label=version.label, because=because,
            )  # fmt: skip
            tell_signatories(version, happening)
    keep_changes_asked(change.agreement)


def replace_in_force(*, by: Acting, version: Version, on: date) -> None:
    """Puts the new text in the place of the old one, from this day on. Both are locked, behind
    their agreement; the new one is signed by all.

    What the terms say otherwise is dated anew, and the rooms begin or end what they ask for.
    """
    agreement, change = version.agreement, version.change
    before = agreement.in_force_version
    assert before  # noqa: S101 - a text replaces another,
    assert change  # noqa: S101 - for a change
    old = lock(before)
    old.agreement = agreement
    move_locked(old, "replace", lifecycle=VERSION_LIFECYCLE)
    keep_steps(old)
    ended_on, days = agreement.end_on, _days_after(change, old.typed_terms, version, on)
    _write(agreement, in_force_version=version, **vars(days))
    forget()  # what was read of the terms before they were replaced
    if ended_on and (days.end_on is None or days.end_on > ended_on):
        overtake_not_extending(agreement, "All parties signed a text with a later end.")
    change.agreement = agreement
    complete(change, on)
    for room in rooms():
        room.text_replaced(agreement, old, by)
    write_access(agreement)


def _days_after(change: Change, old: Terms, version: Version, on: date) -> Days:
    """By what the draft says otherwise than when it was begun: an end that the parties extended
    since then stays."""
    agreement = version.agreement
    is_variation = change.kind == Kind.VARIATION
    begun = with_end_of_now(old, change.end_before) if is_variation else old
    now = Days(agreement.effective_on, agreement.end_on, agreement.review_on)
    return days_after(now, begun, version.typed_terms, on)


def _write(agreement: Agreement, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(agreement, name, value)
    agreement.save(update_fields=list(fields))
