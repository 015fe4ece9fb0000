"""What waits after a registration: each other party says whether the copy is right."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Exists, OuterRef

from agreements.core.due import COPY_TO_CHECK, key_of
from agreements.core.parties import parties_of
from agreements.models import Party, RegisteredCopy
from deadlines.kinds import without_reminders
from deadlines.lines import Line, always
from deadlines.models import Concerned
from deadlines.services.setting import For, meet_deadline, set_deadline, set_together
from house.lifecycle import lock
from parties.who import DRAFTERS

KIND = without_reminders(
    COPY_TO_CHECK,
    "Registered copy to check",
    always(
        Line("Check the registered copy of", "registered/", "Check the copy", may=DRAFTERS.roles)
    ),
    "Check registered copies",
)


def ask_to_check(copy: RegisteredCopy) -> None:
    """Every party but the one that registered it. Call it with the agreement's row locked."""
    with set_together():
        for party in parties_of(copy.agreement):
            if party.organisation.pk != copy.recorded_for_id:
                wait_for_word(copy, party)


def wait_for_word(copy: RegisteredCopy, party: Party) -> None:
    """The party has not confirmed the copy, or does not any more; the others see it and wait."""
    others = [each for each in parties_of(copy.agreement) if each.pk != party.pk]
    set_deadline(
        kind=COPY_TO_CHECK,
        subject_key=key_of(copy),
        occurrence=party.slot,
        holders=[
            *(For(party.organisation, role=role) for role in DRAFTERS.roles),
            *(For(each.organisation, watches=True) for each in others),
        ],
        references=[copy.agreement.reference],
    )


def copy_confirmed(copy: RegisteredCopy, party: Party) -> None:
    meet_deadline(kind=COPY_TO_CHECK, subject_key=key_of(copy), occurrence=party.slot)


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
