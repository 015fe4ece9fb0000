"""What waits after a registration: each other party says whether the copy is right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef

from agreements.core.due import COPY_CHANGE, COPY_TO_CHECK, key_of
from agreements.core.parties import parties_of
from agreements.core.sides import now_called
from agreements.models import Agreement, CopyChange, Party, RegisteredCopy
from agreements.register.confirmed import answerers_of, registered_by, unconfirmed_by
from agreements.signing.due import set_all_due
from deadlines.kinds import without_reminders
from deadlines.lines import Line, always
from deadlines.models import Concerned, Deadline, Holder
from deadlines.services.setting import (
    For,
    cancel_deadline,
    meet_deadline,
    set_deadline,
    set_together,
    silence,
)
from deadlines.unconfirmed import kinds_by_text
from house.lifecycle import lock
from house.rooms import rooms
from parties.acting import Acting
from parties.models import User
from parties.who import DRAFTERS

KIND = without_reminders(
    COPY_TO_CHECK,
    "Registered copy to check",
    always(
        Line("Check the registered copy of", "registered/", "Check the copy", may=DRAFTERS.roles)
    ),
    "Check registered copies",
)


def _change_lines(deadlines: Sequence[Deadline]) -> Iterator[Line]:
    asked = CopyChange.objects.in_bulk({int(each.subject) for each in deadlines})
    for deadline in deadlines:
        change = asked[int(deadline.subject)]
        yield Line(
            f"Answer the {change.get_kind_display().lower()} of the registration of",
            f"registered/changes/{change.pk}/",
            "Look at it",
            may=DRAFTERS.roles,
        )


CHANGE_KIND = without_reminders(
    COPY_CHANGE, "Change of a registration", _change_lines, "Answer changes"
)


def ask_to_check(copy: RegisteredCopy) -> None:
    """Every party but the one that registered it, and those that have closed: nobody there can
    say anything. Call it with the agreement's row locked."""
    with set_together():
        for party in parties_of(copy.agreement):
            if copy.recorded_for_id not in party.held_by and not party.organisation.is_closed:
                wait_for_word(copy, party)


def wait_for_word(copy: RegisteredCopy, party: Party) -> None:
    """The party has not confirmed the copy, or does not any more; who registered it sees that."""
    set_deadline(
        kind=COPY_TO_CHECK,
        subject_key=key_of(copy),
        occurrence=party.key,
        holders=[
            *(For(party.organisation, role=role) for role in DRAFTERS.roles),
            *(For(each.organisation, watches=True) for each in registered_by(copy)),
        ],
        references=[copy.agreement.reference],
    )


def ask_about(change: CopyChange) -> None:
    """The parties of the other sides say whether it is right; one answer is enough."""
    set_deadline(
        kind=COPY_CHANGE,
        subject_key=key_of(change),
        holders=[
            For(party.organisation, role=role)
            for party in answerers_of(change)
            for role in DRAFTERS.roles
        ]
        + [For(change.made_for, watches=True)],
        references=[change.copy.agreement.reference],
    )


def question_answered(change: CopyChange) -> None:
    meet_deadline(kind=COPY_CHANGE, subject_key=key_of(change))


def no_longer_asked_to_check(copy: RegisteredCopy) -> None:
    """Whoever holds by now the side of who registered it says nothing of its own copy."""
    own = now_called(copy.agreement, copy.recorded_for_id)
    for party in parties_of(copy.agreement):
        if party.organisation.pk in own:
            cancel_deadline(kind=COPY_TO_CHECK, subject_key=key_of(copy), occurrence=party.key)


def copy_confirmed(copy: RegisteredCopy, party: Party) -> None:
    meet_deadline(kind=COPY_TO_CHECK, subject_key=key_of(copy), occurrence=party.key)


def make_up_for_copies() -> Iterator[str]:
    """Asks about copies from before this was a deadline, as after an upgrade. Gives the references
    of their agreements; a second run finds nothing to do."""
    asked = Concerned.objects.filter(deadline__kind=COPY_TO_CHECK)
    without = ~Exists(asked.filter(reference=OuterRef("agreement__reference")))
    for copy in RegisteredCopy.objects.filter(without).select_related("agreement"):
        with transaction.atomic():
            lock(copy.agreement)
            ask_to_check(copy)
            words = {
                said.organisation_id: said.agrees
                for said in copy.confirmations.order_by("at", "pk")
            }
            for party in parties_of(copy.agreement):
                if words.get(party.organisation.pk):
                    copy_confirmed(copy, party)
        yield copy.agreement.reference
    yield from _count_from_the_effect()
    yield from _silence_the_unconfirmed()


def _count_from_the_effect() -> Iterator[str]:
    """Where the MoU has effect from another day than its sign-off, what is counted runs from it, as
    in an agreement that was drafted here (record 0049)."""
    late = {"effective_on__isnull": False, "agreement__effective_on": None, "withdrawn_at": None}
    for copy in RegisteredCopy.objects.filter(**late).select_related("agreement"):
        with transaction.atomic(), set_together():
            for room in rooms():
                room.lock_counted(copy.agreement)
            agreement = lock(copy.agreement)
            agreement.effective_on = copy.effective_on
            agreement.save(update_fields=["effective_on"])
            set_all_due(agreement)
            for room in rooms():
                room.dates_corrected(agreement, Acting(User.objects.system(), None))
        yield agreement.reference


def _silence_the_unconfirmed() -> Iterator[str]:
    """What follows from a copy that a party has not confirmed waits for it no longer, where it did
    before (record 0023)."""
    waiting = Holder.objects.filter(is_open=True, deadline__kind__in=kinds_by_text())
    about = waiting.filter(deadline__concerned__reference=OuterRef("agreement__reference"))
    copies = RegisteredCopy.objects.filter(Exists(about), withdrawn_at=None)
    for reference in copies.values_list("agreement__reference", flat=True):
        with transaction.atomic():
            lock(Agreement.objects.get(reference=reference))
            if silence(reference, unconfirmed_by([reference])[reference]):
                yield reference
