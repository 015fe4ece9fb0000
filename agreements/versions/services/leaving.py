"""An organisation to which a text was sent takes no part: it declines, or it opted out."""

from __future__ import annotations

from datetime import date

from agreements.core.access import write_access
from agreements.core.parties import require_role
from agreements.core.telling import record, tell_managers
from agreements.models import AGREEMENT_LIFECYCLE, Happening, IssueLine, Signature
from agreements.versions.changes import keep_changes_asked
from agreements.versions.services.asked_by_links import tell_whom_links_asked
from agreements.versions.services.versions import take_back
from deadlines.services.setting import set_together
from house import clock
from house.lifecycle import lock, move_locked
from house.once import one_job
from house.refusals import NotYours, Refused
from parties.acting import Acting
from parties.models import Role
from parties.who import MANAGERS, Who
from parties.who import holders as who_hold

DECLINERS: Who = who_hold(Role.MANAGER, Role.SIGNATORY)


def decline(*, by: Acting, line: IssueLine, because: str) -> None:
    """The organisation itself says no, by its MoU manager or a signatory: work on it ends.

    Whoever is asked to sign by a link declines there (agreements/signing/services/by_link.py).
    """
    require_role(by, DECLINERS)
    if line.organisation_id != by.organisation_id:
        raise NotYours("Only the organisation that was asked may decline.")
    _end(by, line, IssueLine.End.DECLINED, because, said_by=by.who.get_full_name())


def record_opt_out(
    *, by: Acting, line: IssueLine, because: str, said_by: str, said_on: date
) -> None:
    """Writes down what the organisation told its commissioner. Another person confirms it."""
    _check_manager(by, line)
    if said_on > clock.today():
        raise Refused(
            "Enter the day on which they said so: it cannot be in the future.", field="said_on"
        )
    with one_job():
        current = _lock(line)
        _write(current, by, IssueLine.End.OPTED_OUT, because, said_by, said_on)
        _note(by, current, "opt_out_recorded", because)


def answer_opt_out(*, by: Acting, line: IssueLine, agrees: bool) -> None:
    """A second person of the commissioner, or the organisation itself, says whether it is so."""
    own = line.organisation_id == by.organisation_id
    if not own:
        _check_manager(by, line)
    with one_job(), set_together():
        current = _lock(line, waiting=True)
        if current.end_recorded_by_id == by.who.pk:
            raise NotYours("You recorded this yourself. Somebody else confirms it.")
        if agrees:
            current.end_confirmed_by, current.end_confirmed_at = by.who, clock.now()
            current.save(update_fields=["end_confirmed_by", "end_confirmed_at"])
            _stop(by, current, "opted_out")
            return
        current.end = current.end_because = current.end_said_by = ""
        current.end_said_on = current.end_recorded_by = current.end_recorded_at = None
        current.save()
        _note(by, current, "opt_out_not_right", "")


def _end(by: Acting, line: IssueLine, how: str, because: str, *, said_by: str) -> None:
    with one_job(), set_together():
        current = _lock(line)
        _check_not_signed(current)
        _write(current, by, how, because, said_by, clock.today())
        _stop(by, current, "takes_no_part")


def _lock(line: IssueLine, *, waiting: bool = False) -> IssueLine:
    """The line behind its agreement, in the state in which this can be done."""
    agreement = lock(line.agreement) if line.agreement else None
    current = lock(line)
    current.agreement = agreement
    if waiting != current.is_waiting_to_opt_out:
        raise Refused(
            "Nobody is waiting for this answer any more. Look at where it stands."
            if waiting
            else f"It is on record that {current.organisation} takes no part."
        )
    if current.has_ended or (agreement and agreement.is_over):
        raise Refused(f"It is on record that {current.organisation} takes no part.")
    if agreement and agreement.in_force_version_id:
        raise Refused("This agreement is in force. It can no longer be declined.")
    return current


def _write(
    line: IssueLine, by: Acting, how: str, because: str, said_by: str, said_on: date
) -> None:
    line.end, line.end_because = how, because
    line.end_said_by, line.end_said_on = said_by, said_on
    line.end_recorded_by, line.end_recorded_at = by.who, clock.now()
    line.save()


def _stop(by: Acting, line: IssueLine, verb: str) -> None:
    """Work on the agreement ends, and nobody is asked for anything. It is locked."""
    agreement = line.agreement
    if agreement is None:
        return
    taken = []
    for version in list(agreement.versions.select_for_update().order_by("pk")):
        if version.is_under_way:
            version.agreement = agreement
            take_back(version, because=line.end_because)
            taken.append(version)
    how = f"{line.get_end_display()}: {line.end_because}"[:300]
    move_locked(agreement, "stop_preparing", lifecycle=AGREEMENT_LIFECYCLE, ended_how=how)
    keep_changes_asked(agreement)
    write_access(agreement)
    happening = _note(by, line, verb, line.end_because)
    if happening:
        for version in taken:
            tell_whom_links_asked(version, happening)


def _note(by: Acting, line: IssueLine, verb: str, because: str) -> Happening | None:
    if line.agreement is None:
        return None
    happening = record(
        by=by, verb=verb, agreement=line.agreement, about=line, because=because,
        party=line.organisation.name, said_by=line.end_said_by,
    )  # fmt: skip
    if verb in ("takes_no_part", "opted_out"):
        tell_managers(of=happening, kind="preparing_stopped", by=by)
    return happening


def _check_not_signed(line: IssueLine) -> None:
    own = Signature.objects.filter(
        request__version__agreement=line.agreement_id, request__state="signed",
        request__party__spells__organisation=line.organisation_id,
    )  # fmt: skip
    if own.exists():
        raise Refused("This is signed for your organisation already, so it cannot be declined.")


def _check_manager(by: Acting, line: IssueLine) -> None:
    require_role(by, MANAGERS)
    if line.share.organisation_id != by.organisation_id:
        raise NotYours("Only the commissioner of this line may record that.")
