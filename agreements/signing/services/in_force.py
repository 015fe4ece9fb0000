"""What the last signature brings about: in force, 1.0, start and review dates, a signed copy."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from agreements.core.access import write_access
from agreements.core.due import APPROVAL_AWAITED, key_of
from agreements.core.locking import lock_version
from agreements.core.recipients import addresses_of
from agreements.core.rejections import rejections_ended, standings_of
from agreements.core.sides import parties_in
from agreements.core.telling import letters, record, tell_managers
from agreements.core.texts import signed_label
from agreements.models import (
    AGREEMENT_LIFECYCLE,
    VERSION_LIFECYCLE,
    Agreement,
    Happening,
    Seal,
    Signature,
    Version,
)
from agreements.signing.due import set_all_due
from agreements.terms import first_review_on
from agreements.variations.services import replace_in_force
from agreements.versions.changes import keep_changes_asked
from deadlines.services.lines import write_lines_of
from house import clock
from house.lifecycle import move_locked
from house.nudges import nudge
from house.rooms import rooms
from mail.services import queue_all
from parties.acting import Acting
from parties.reader import there

# The task that makes the signed copies that wait.
SEALER: Final = "agreements.tasks.seal_what_waits"


def come_into_force(*, by: Acting, version: Version) -> bool:
    """Puts the agreement in force when every signature is there. Returns whether it did.

    Call it with the version and its agreement locked. The start date is the London day of the last
    signature, on paper the date beside it (A25), or of a later approval that ended a rejection:
    none may stand (record 0021). The review date, the end and a day of effect of its own follow
    from the terms (A26). Of a variation that day is the first of the new text (record 0065).
    """
    given = Signature.objects.standing().filter(request__version=version)
    signatures = list(given.select_related("request__person__user", "request__party"))
    rows = standings_of(version)
    if not _complete(version, signatures) or any(row.rejection for row in rows):
        return False
    days = [signature.signed_on for signature in signatures]
    start_on = max([*days, *rejections_ended(rows)])
    _put_in_place(by, version, start_on)
    if any(row.asks_changes for row in rows):
        keep_changes_asked(version.agreement)
    Seal.objects.create(version=version, next_try=clock.now())
    _tell_signatories(signatures, _told(by, version, start_on))
    nudge(SEALER)
    return True


def _put_in_place(by: Acting, version: Version, on: date) -> None:
    """The first text begins the agreement's life; another replaces the one in force (E09)."""
    signed = {"label": signed_label(version), "in_force_on": on}
    move_locked(version, "sign", lifecycle=VERSION_LIFECYCLE, **signed)
    # What is still to be ratified is of version 1.0 from now on.
    write_lines_of(APPROVAL_AWAITED, key_of(version))
    if version.change:
        replace_in_force(by=by, version=version, on=on)
        return
    term, period = version.typed_terms.review, version.typed_terms.period
    review_on = first_review_on(term, period.starts_on or on) if term else None
    put_in_force(
        version, by=by, start_on=on, effective_on=period.starts_on, review_on=review_on,
        end_on=period.ends_on,
    )  # fmt: skip


def _told(by: Acting, version: Version, on: date) -> Happening:
    """All MoU managers hear that it is in force, or that a new text is."""
    review_on = version.agreement.review_on
    what = "varied" if version.change else "in_force"
    happening = record(
        by=by,
        verb=what,
        agreement=version.agreement,
        about=version,
        label=version.label,
        before=version.label_before_signature,
        start=on.isoformat(),
        review=review_on.isoformat() if review_on else "",
    )
    tell_managers(of=happening, kind=what, by=by)
    return happening


def go_on(agreement: Agreement, by: Acting) -> None:
    """What a rejection held up: coming into force, and the signed copy that was to be made."""
    out = agreement.versions.filter(state=Version.State.OUT_FOR_SIGNATURE).first()
    if out:
        come_into_force(by=by, version=lock_version(out))
    waiting = Seal.objects.filter(version__agreement=agreement, state=Seal.State.WAITING)
    waiting.update(next_try=clock.now())


def _tell_signatories(signatures: list[Signature], happening: Happening) -> None:
    """Each who signed, on paper too, gets the way to the final signed copy."""
    asked = [signature.request for signature in signatures]
    requests = [each for each in asked if not each.party.told_daily]
    there((each.person_id, each.party.organisation.pk) for each in requests)
    queue_all(
        letter
        for request in requests
        for letter in letters(
            addresses_of([request.person], request.party.organisation),
            of=happening, kind="signed_by_all", at=request.party.organisation.pk,
            request=request.pk,
        )
    )  # fmt: skip


def put_in_force(version: Version, *, by: Acting, **dates: Any) -> None:
    """Moves the agreement itself. Call it with its row locked, so that dates are set once.

    Rooms above begin with it what its terms ask them to keep.
    """
    agreement = version.agreement
    move_locked(
        agreement,
        "come_into_force",
        lifecycle=AGREEMENT_LIFECYCLE,
        in_force_version=version,
        **dates,
    )
    write_access(agreement)
    set_all_due(agreement)
    for room in rooms():
        room.came_into_force(agreement, by)


def _complete(version: Version, signatures: list[Signature]) -> bool:
    given = {(s.request.party_id, s.request.slot) for s in signatures}
    terms = version.typed_terms
    needed = {
        (party.pk, signatory.key)
        for party in parties_in(version)
        for signatory in terms.signatories_of(party.slot)
    }
    return needed <= given
