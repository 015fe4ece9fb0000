"""What days bring by themselves: a last day passes, an end that was agreed comes, a party leaves.

Nothing ends silently: an MoU past its last day is asked about until somebody answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from agreements.changes.due import AGREEMENT_END
from agreements.changes.queries import alive_in, said_of, waiting_in
from agreements.changes.rules import NEEDS, Kind, needs
from agreements.changes.services.effect import (
    close,
    hold,
    lock_change,
    lock_to_change,
    stand,
    tell_others,
)
from agreements.core.sides import now_called
from agreements.core.telling import record
from agreements.models import Agreement, Change, PartySpell
from deadlines.models import Concerned
from deadlines.services.setting import set_together
from house import clock
from house.lifecycle import lock
from house.once import one_job
from house.refusals import Refused
from parties.acting import Acting
from parties.models import User

MOST = 500
FOUR_WEEKS = timedelta(weeks=4)
TOO_LATE = "Its last day passed before all parties had accepted it."


def time_passed() -> None:
    """Ends what all parties agreed to end by now, and notes each MoU whose last day has passed."""
    today = clock.today()
    for change in _agreed_ends(today):
        _end(change)
    for notice in _leavers(today):
        _leave(notice)
    for notice in _too_late(today):
        _lapse(notice)
    for change in _unanswerable(today):
        _hold_alone(change)
    for agreement in _passed(today):
        _pass_end(agreement)


def _agreed_ends(today: date) -> Iterable[Change]:
    agreed = Change.objects.filter(kind=Kind.ENDING, state=Change.State.AGREED, on__lt=today)
    return list(agreed.select_related("agreement").order_by("agreement__reference")[:MOST])


def _leavers(today: date) -> Iterable[Change]:
    running = Change.objects.filter(leaves=True, state=Change.State.RUNNING, on__lt=today)
    return list(running.select_related("agreement").order_by("agreement__reference")[:MOST])


def _too_late(today: date) -> Iterable[Change]:
    """Withdrawals that nobody provided for, and that not all had accepted by their last day."""
    late = Change.objects.filter(kind=Kind.WITHDRAWAL, state=Change.State.OPEN, on__lt=today)
    return list(late.select_related("agreement").order_by("agreement__reference")[:MOST])


def _unanswerable(today: date) -> Iterator[Change]:
    """Those that wait for organisations alone that closed four weeks ago: by then whoever has
    taken their part would hold their side, and be asked."""
    spells = PartySpell.objects.filter(organisation__closed_on__lt=today - FOUR_WEEKS)
    closed = Exists(spells.filter(party__agreement=OuterRef("agreement")))
    by_word = [kind for kind, whose in NEEDS.items() if whose in {"all", "one"}]
    waiting = Change.objects.filter(closed, state=Change.State.OPEN, kind__in=by_word)
    for change in waiting.select_related("agreement").order_by("agreement__reference")[:MOST]:
        if not said_of(change).awaited(change.agreement):
            yield change


def _passed(today: date) -> Iterable[Agreement]:
    """Two index scans, of what has passed alone."""
    standing = Agreement.objects.filter(state__in=["in_force", "notice_given"])
    passed = standing.filter(Q(end_on__lt=today) | Q(noticed_end_on__lt=today))
    return list(passed.order_by("reference")[:MOST])


def _end(change: Change) -> None:
    with one_job(), set_together():
        try:
            agreement = lock_to_change(change.agreement)
        except Refused:
            return  # another way it has ended meanwhile
        current = lock(change)
        current.agreement = agreement
        if current.state == Change.State.AGREED:
            hold(_portal(), current)


def _leave(notice: Change) -> None:
    """Its party is none any more: the others are asked from now on. What it opened and nobody has
    answered would stand in the way of theirs; what waited for its word alone holds."""
    with one_job(), set_together():
        try:
            agreement = lock_to_change(notice.agreement)
        except Refused:
            return
        for each in alive_in(agreement):
            each.agreement = agreement
            if each.pk == notice.pk:
                close(each, "do")
                _say_left(each)
            elif each.state == Change.State.OPEN and now_called(
                agreement, each.opened_for_id
            ) == now_called(agreement, notice.opened_for_id):
                close(each, "withdraw", "Its party has left.")
        stand(agreement)
        for said in waiting_in(agreement):
            if needs(said.change) == "all" and not said.awaited(agreement):
                said.change.agreement = agreement
                hold(_portal(), said.change)


def _say_left(notice: Change) -> None:
    assert notice.on  # noqa: S101 - a constraint holds it
    on, who = notice.on.isoformat(), notice.opened_for.name
    record(
        by=_portal(), verb="party_left", agreement=notice.agreement, about=notice, on=on, who=who
    )


def _lapse(notice: Change) -> None:
    """It would take effect backwards: whoever gave it names another day."""
    with one_job(), set_together():
        try:
            agreement = lock_to_change(notice.agreement)
        except Refused:
            return
        current = lock(notice)
        current.agreement = agreement
        if current.state == Change.State.OPEN:
            close(current, "withdraw", TOO_LATE)
            tell_others(_portal(), current, "change_lapsed", others_only=False)


def _hold_alone(change: Change) -> None:
    """Nobody is left to answer, as where a change is opened then. What cannot hold any more, as an
    extension to a day before the end by now, waits for whoever opened it."""
    with suppress(Refused), one_job(), set_together():
        current = lock_change(change)
        if current.state == Change.State.OPEN and not said_of(current).awaited(current.agreement):
            hold(_portal(), current)


def _pass_end(agreement: Agreement) -> None:
    with one_job(), set_together():
        try:
            current = lock_to_change(agreement)
        except Refused:
            return
        stand(current)
        if current.state != Agreement.State.PAST_ITS_END or current.last_day is None:
            return
        # The reminder of the day after tells people, in working hours.
        record(by=_portal(), verb="end_passed", agreement=current, on=current.last_day.isoformat())


def make_up_for_ends() -> Iterator[str]:
    """Dates the ends of agreements from before these were deadlines, as after an upgrade. Gives
    their references; a second run finds nothing to do."""
    dated = Concerned.objects.filter(deadline__kind=AGREEMENT_END)
    without = ~Exists(dated.filter(reference=OuterRef("reference")))
    for agreement in Agreement.objects.with_duties().exclude(end_on=None).filter(without):
        with one_job(), set_together():
            stand(lock_to_change(agreement))
        yield agreement.reference


def _portal() -> Acting:
    return Acting(User.objects.system())
