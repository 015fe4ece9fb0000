"""A disposal is carried out: once, in the background, a week after all have accepted it.

All rows go in one transaction, so that whoever is killed leaves all of it or nothing. The bytes of
the files go when that holds, and again by the next worker where one was killed before them.
"""

from __future__ import annotations

from datetime import time
from typing import Final

from agreements.changes.rules import disposed_of_on
from agreements.changes.services.effect import carried_out, close, lock_change, tell_others
from agreements.core.access import write_access
from agreements.core.telling import record, tell_managers
from agreements.disposal.queries import count_words, everything, in_the_way
from agreements.disposal.services.files import files_that_go
from agreements.disposal.what_goes import FILES
from agreements.models import AGREEMENT_LIFECYCLE, Agreement, Change, Disposal
from deadlines.services.setting import cancel_all_about, set_together
from documents.removing import remove_bytes, remove_names
from house import clock
from house.lifecycle import move_locked
from house.once import one_job
from jobs.kinds import JobKind, Work, register
from jobs.models import JobRow
from jobs.services import begin as begin_job
from parties.acting import Acting
from parties.models import User

DISPOSAL: Final = "agreements.disposal"
STOPPED: Final = "It could not be disposed of on its day."


def begin_carrying_out(*, by: Acting, change: Change) -> None:
    """On its day, in the transaction in which the last party accepted it."""
    on = disposed_of_on(clock.today())
    begin_job(
        kind=DISPOSAL, dedupe=f"{DISPOSAL}:{change.pk}", subjects=[str(change.pk)], user=by.who,
        organisation_id=by.organisation_id, not_before=clock.london_instant(on, time(9)),
    )  # fmt: skip


def carry_out(*, change: Change) -> Disposal | None:
    """Takes the words and names of files, and leaves the stub. None where it was stopped before,
    or something stands in the way by now: then it comes to nothing, and all are told why."""
    with one_job(), set_together():
        current = lock_change(change)
        if current.state != Change.State.AGREED:
            return None
        if because := " ".join(in_the_way(current.agreement)):
            close(current, "withdraw", f"{STOPPED} {because}"[:500])
            tell_others(_portal(), current, "change_stopped", others_only=False)
            return None
        return _dispose(current)


def _dispose(change: Change) -> Disposal:
    agreement = change.agreement
    words, files = everything()
    disposal = Disposal.objects.create(
        agreement=agreement, change=change, began_at=clock.now(), went=count_words(agreement)
    )
    _tell(change)
    going = files_that_go(agreement, files)
    for each in words:
        each.empty(agreement.pk)
    if removed := remove_names(going, by_key=_key_of(change)):
        disposal.went.append([FILES, removed])
    _leave_stub(change)
    disposal.done_at = clock.now()
    disposal.save(update_fields=["went", "done_at"])
    return disposal


def _leave_stub(change: Change) -> None:
    # As it is without its words: its history takes the whole row.
    agreement = Agreement.objects.get(pk=change.agreement_id)
    change.agreement = agreement
    move_locked(agreement, "dispose", lifecycle=AGREEMENT_LIFECYCLE)
    carried_out(change)
    cancel_all_about(agreement.reference)
    write_access(agreement)


def _tell(change: Change) -> None:
    """While it is known whom to tell: key contacts go too."""
    by = _portal()
    happening = record(by=by, verb="disposed_of", agreement=change.agreement, change=change.pk)
    tell_managers(of=happening, kind="agreement_disposed", by=by)


def _key_of(change: Change) -> str:
    return f"disposal:{change.pk}"


def _portal() -> Acting:
    return Acting(User.objects.system())


def _act(row: JobRow, _: None) -> None:
    carry_out(change=Change.objects.select_related("agreement").get(pk=row.subject))


def _afterwards(row: JobRow) -> None:
    remove_bytes(by_key=f"disposal:{row.subject}")


register(JobKind(DISPOSAL, each=Work(act=_act, afterwards=_afterwards)))
