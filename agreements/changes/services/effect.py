"""What a change brings about once it holds: a notice runs, a later end, the end itself.

All of it is called with the agreement locked, and writes its dates, its row on the list and what
is due together.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from agreements.changes.due import no_longer_asked, set_end_due
from agreements.changes.queries import alive_in
from agreements.changes.rules import Kind, noticed_end, state_on
from agreements.core.access import write_access
from agreements.core.sides import now_called
from agreements.core.telling import record, tell_managers
from agreements.models import (
    AGREEMENT_LIFECYCLE,
    CHANGE_LIFECYCLE,
    Agreement,
    Change,
    Happening,
    PartySpell,
    SignatureRequest,
)
from deadlines.services.setting import cancel_all_about
from house import clock
from house.lifecycle import lock, move_locked
from house.refusals import Refused
from house.rooms import rooms
from nhsuk.dates import day
from parties.acting import Acting
from parties.models import User
from parties.models.dated import holds_on

State = Change.State
_STEPS: Final[dict[str, str]] = {
    Agreement.State.NOTICE_GIVEN: "give_notice",
    Agreement.State.PAST_ITS_END: "pass_end",
    Agreement.State.IN_FORCE: "go_on",
}


def lock_to_change(agreement: Agreement) -> Agreement:
    """The agreement, locked behind what is counted from its days. Raises Refused for one that is
    not in force, or not any more."""
    for room in rooms():
        room.lock_counted(agreement)
    current = lock(agreement)
    if current.state not in Agreement.ALIVE:
        raise Refused("Only an agreement in force is changed, extended or ended.")
    _lock_text(current)
    return current


def _lock_text(agreement: Agreement) -> None:
    """The text that is being agreed, and who is asked to sign it: a change that comes to nothing,
    or the end of the MoU, takes both back."""
    of_text = {"kind__in": Change.OF_TEXT, "state": State.OPEN}
    changes = Change.objects.filter(agreement=agreement, **of_text).values("pk")
    versions = list(agreement.versions.filter(change__in=changes).select_for_update(no_key=True))
    if versions:
        asked = SignatureRequest.objects.filter(version__in=versions)
        list(asked.order_by("pk").select_for_update(no_key=True))


def begin_notice(notice: Change) -> None:
    """It runs from now on. One that its party alone leaves by lets the MoU go on."""
    _move(notice, "run")
    if notice.leaves:
        _hold_sides_until(notice, notice.on)
    stand(notice.agreement)


def hold(by: Acting, change: Change) -> None:
    """All whose word it needs have accepted: it takes effect, or on its day that is to come."""
    no_longer_asked(change)
    if change.kind == Kind.WITHDRAWAL:
        begin_notice(change)
        return
    if change.kind == Kind.ENDING and change.on and change.on >= clock.today():
        _move(change, "agree")
        stand(change.agreement)
        return
    _move(change, "do")
    if change.kind == Kind.EXTENSION:
        _extend(change)
    elif change.kind == Kind.TAKING_BACK:
        _take_back(change)
    elif change.kind in (Kind.ENDING, Kind.EVENT, Kind.END):
        end(by, change)
        return
    stand(change.agreement)


def stand(agreement: Agreement) -> None:
    """Writes how it stands: its sooner end, its state today, and what is due about its end."""
    alive = alive_in(agreement)
    if agreement.noticed_end_on != (noticed := noticed_end(alive)):
        agreement.noticed_end_on = noticed
        agreement.save(update_fields=["noticed_end_on"])
    ends = [each for each in alive if each.is_notice and not each.leaves]
    runs = any(each.state == State.RUNNING for each in ends)
    target = state_on(clock.today(), agreement.last_day, notice_runs=runs)
    if agreement.state != target:
        move_locked(agreement, _STEPS[target], lifecycle=AGREEMENT_LIFECYCLE)
        write_access(agreement)
    set_end_due(agreement)


def end(by: Acting, change: Change) -> None:
    """The MoU has ended: what it asked for is due no longer, what is open stays open to decide."""
    agreement = change.agreement
    assert change.on  # noqa: S101 - a constraint holds it
    others = [each for each in alive_in(agreement) if each.pk != change.pk]
    how = _how(change, others)
    for other in others:
        ran_out = other.is_notice and other.state == State.RUNNING and other.on == change.on
        close(other, "do" if ran_out else "withdraw", "The MoU has ended.", by)
    said = {"noticed_end_on": change.on, "ended_how": how[:300]}
    move_locked(agreement, "end", lifecycle=AGREEMENT_LIFECYCLE, **said)
    cancel_all_about(agreement.reference)
    write_access(agreement)
    for room in rooms():
        room.agreement_ended(agreement, by)
    happening = record(
        by=by, verb="ended", agreement=agreement, about=change,
        on=change.on.isoformat(), how=agreement.ended_how,
    )  # fmt: skip
    tell_managers(of=happening, kind="agreement_ended", by=by)


def tell_others(
    by: Acting, change: Change, verb: str, *, others_only: bool = True, **data: Any
) -> None:
    """Writes down what was done about the change, and tells the other parties; of what nobody did
    all of them."""
    tell_of(noted(by, change, verb, **data), by, others_only=others_only)


def tell_of(happening: Happening, by: Acting, *, others_only: bool = True) -> None:
    tell_managers(of=happening, kind="change_told", by=by, others_only=others_only)


def noted(by: Acting, change: Change, verb: str, **data: Any) -> Happening:
    """Writes down what was done about the change."""
    return record(
        by=by,
        verb=verb,
        agreement=change.agreement,
        about=change,
        change=change.pk,
        what=change.get_kind_display(),
        day_said=f", {day(change.on)}" if change.on else "",
        **data,
    )


def close(change: Change, step: str, because: str = "", by: Acting | None = None) -> None:
    """It comes to an end without effect: nobody is asked any more. Without `by` it is the portal
    that says so."""
    no_longer_asked(change)
    _move(change, step, because)
    if change.is_of_text:
        for room in rooms():
            room.change_of_text_closed(change, by or Acting(User.objects.system()), because)


def complete(change: Change, on: date) -> None:
    """All have signed its text, which is in force from this day on."""
    _move(change, "do", on=on)
    stand(change.agreement)


def close_all(agreement: Agreement, because: str) -> None:
    """What waits or runs comes to an end with the agreement, which never was what it said."""
    for change in alive_in(agreement):
        change.agreement = agreement
        close(change, "withdraw", because)


def _extend(change: Change) -> None:
    """The later end; a notice of not extending is overtaken by what all have agreed."""
    agreement = change.agreement
    if change.on and agreement.end_on and change.on <= agreement.end_on:
        raise Refused(
            f"Its end is {day(agreement.end_on)} by now, so this extends nothing. Say no, or ask "
            "for another extension."
        )
    agreement.end_on = change.on
    agreement.save(update_fields=["end_on"])
    overtake_not_extending(agreement, "All parties agreed to extend the MoU.")


def overtake_not_extending(agreement: Agreement, because: str) -> None:
    """Its end is later by now, by what all have agreed: who was not to extend it has done so."""
    for other in alive_in(agreement):
        if Kind.NOT_EXTENDING in (other.kind, other.about and other.about.kind):
            other.agreement = agreement
            close(other, "withdraw", because)


def _take_back(change: Change) -> None:
    notice = change.about
    assert notice  # noqa: S101 - a constraint holds it
    if notice.leaves:
        _hold_sides_until(notice, None)
    notice.agreement = change.agreement
    close(notice, "withdraw", "Taken back; all parties agreed.")


def _hold_sides_until(notice: Change, last: date | None) -> None:
    """Its party holds its side until the notice is over; the history row says so too."""
    own = now_called(notice.agreement, notice.opened_for_id)
    held = {"party__agreement": notice.agreement, "organisation__in": own}
    for spell in PartySpell.objects.filter(holds_on(clock.today()), **held):
        spell.ends_on = last
        spell.save(update_fields=["ends_on"])


def _move(change: Change, step: str, because: str = "", **more: Any) -> None:
    said: dict[str, Any] = {"closed_at": clock.now(), "closed_because": because, **more}
    move_locked(change, step, lifecycle=CHANGE_LIFECYCLE, **said)


def _how(change: Change, others: Iterable[Change]) -> str:
    """ "by agreement of all parties", to follow "Ended on 31 March 2016,"."""
    if change.kind == Kind.ENDING:
        return "by agreement of all parties"
    if change.kind == Kind.EVENT:
        return f"when this happened: {change.because.rstrip('.')}"
    for notice in others:
        if notice.is_notice and notice.state == State.RUNNING and notice.on == change.on:
            return f"by the notice that {notice.opened_for} gave on {day(notice.given_on)}"
    return "as its last day had passed"
