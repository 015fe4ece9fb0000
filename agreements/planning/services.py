"""Plans back what is to come, in the sweep; and what people say of their paper (X11)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from django.db import transaction
from django.db.models import Exists, OuterRef

from agreements.core.parties import side_of, sides_of
from agreements.core.telling import record
from agreements.models import Agreement, PlannedBack
from agreements.planning.due import (
    NO_MEETING,
    PAPER_DUE,
    key_of_date,
    party_and_number,
    set_before,
)
from agreements.planning.targets import open_dates
from deadlines.models import Concerned, Deadline
from deadlines.services.setting import cancel_deadlines, meet_deadline, set_together
from house import clock
from house.lifecycle import lock
from house.once import one_job
from house.refusals import NotYours, Refused
from parties.acting import Acting
from parties.models import DiaryChange
from parties.models.dated import holds_on
from parties.who import DATE_KEEPERS

# So many dates are planned in one sweep; the next one goes on.
MOST = 500


def time_passed() -> None:
    """Plans what is not planned yet, has moved, or holds no longer."""
    _forget_changed_diaries()
    _close_what_is_past()
    for reference in _to_plan():
        plan_agreement(reference)


def plan_agreement(reference: str, *, again: int = 0) -> None:
    """What bodies need before each date of the agreement that is to come."""
    with one_job(), set_together():
        agreement = lock(Agreement.objects.only("pk").get(reference=reference))
        rows = open_dates(concerned__reference=reference)
        set_before(agreement, rows.prefetch_related("holders"), again=again)


def plan_again(agreement: Agreement) -> None:
    """What is planned rests on other bodies by now: the next sweep plans its dates anew."""
    PlannedBack.objects.filter(agreement=agreement).update(again_on=clock.today())


def paper_is_in(*, by: Acting, agreement: Agreement, deadline: Deadline) -> None:
    """A party's paper is with the secretary: nobody is reminded of it any more."""
    with one_job(), set_together():
        current = _lock_for(by, agreement, deadline)
        met = meet_deadline(
            kind=PAPER_DUE, subject_key=deadline.subject_key, occurrence=deadline.occurrence
        )
        if not met:
            raise Refused("This paper is in already, or is not due any more.")
        _tell(by, current, "paper_in", deadline)


def paper_is_not_in(*, by: Acting, agreement: Agreement, deadline: Deadline) -> None:
    """It was not in after all: it is planned again."""
    with one_job(), set_together():
        current = _lock_for(by, agreement, deadline)
        if Deadline.objects.get(pk=deadline.pk).state != Deadline.State.MET:
            raise Refused("Nobody has said that this paper is in.")
        plan_agreement(current.reference, again=deadline.pk)
        _tell(by, current, "paper_not_in", deadline)


def _lock_for(by: Acting, agreement: Agreement, deadline: Deadline) -> Agreement:
    """The agreement, locked, for whoever keeps the dates of the party whose paper it is."""
    side_of(agreement, by)
    party, _ = party_and_number(deadline.occurrence)
    if party not in {each.pk for each in sides_of(agreement, by)}:
        raise NotYours("This is the paper of another party.")
    if not DATE_KEEPERS.includes(by):
        raise NotYours(f"Only {DATE_KEEPERS.one_of_them} of your organisation may do this.")
    current = lock(agreement)
    if current.is_over:
        raise Refused("This agreement has ended.")
    return current


def _tell(by: Acting, agreement: Agreement, verb: str, deadline: Deadline) -> None:
    on = deadline.due_on.isoformat() if deadline.due_on else ""
    record(by=by, verb=verb, agreement=agreement, on=on)


# --- What the sweep looks for


def _to_plan() -> list[str]:
    """The references of agreements with a date to plan, in their order (one query)."""
    planned = PlannedBack.objects.filter(
        deadline=OuterRef("pk"), generation=OuterRef("generation"), again_on__gt=clock.today()
    )
    dates = open_dates().filter(~Exists(planned))[:MOST]
    found = Concerned.objects.filter(deadline__in=list(dates.values_list("pk", flat=True)))
    return sorted(set(found.values_list("reference", flat=True)))


def _close_what_is_past() -> None:
    """Of dates that are closed or past nothing is due before them."""
    gone = PlannedBack.objects.exclude(deadline__in=open_dates().values("pk"))
    for notes in _by_agreement(
        gone.select_related("agreement").order_by("agreement__reference")[:MOST]
    ):
        with one_job(), set_together():
            lock(notes[0].agreement)
            keys = [key_of_date(note.deadline_id) for note in notes]
            rows = Deadline.objects.still_open().filter(
                subject_key__in=keys, kind__in=[PAPER_DUE, NO_MEETING]
            )
            cancel_deadlines(list(rows.values_list("kind", "subject_key", "occurrence")))
            PlannedBack.objects.filter(pk__in=[note.pk for note in notes]).delete()


def _by_agreement(notes: Iterable[PlannedBack]) -> Iterator[list[PlannedBack]]:
    found: dict[int, list[PlannedBack]] = {}
    for note in notes:
        found.setdefault(note.agreement_id, []).append(note)
    yield from found.values()


def _forget_changed_diaries() -> None:
    """Whatever rests on a diary that changed is planned again."""
    with transaction.atomic():
        changed = list(DiaryChange.objects.order_by("pk").values_list("body", flat=True))
        if changed:
            # Before it is read: whoever changes the dates meanwhile leaves a new row.
            DiaryChange.objects.filter(body__in=changed).delete()
            _forget_plans(changed)


def _forget_plans(bodies: Collection[int]) -> None:
    today, to_organisation = clock.today(), "agreement__parties__spells__organisation__"
    resting = PlannedBack.objects.filter(
        holds_on(today, "agreement__parties__spells__"),
        holds_on(today, f"{to_organisation}served_by__"),
        **{f"{to_organisation}served_by__body__in": bodies},
    )
    pks = resting.values("pk")
    PlannedBack.objects.filter(pk__in=pks).update(again_on=today)
