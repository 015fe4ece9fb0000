"""What registered copies answer to the agreement's page."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.urls import reverse

from agreements.core.sides import now_called
from agreements.core.situations import Situation
from agreements.core.steps import NextStep, quoted
from agreements.models import Agreement, Confirmation, Party, RegisteredCopy
from agreements.register.confirmed import unconfirmed_by
from agreements.register.due import (
    CHANGE_KIND,
    KIND,
    make_up_for_copies,
    no_longer_asked_to_check,
)
from agreements.register.services import tell_of_copy
from deadlines.kinds import DeadlineKind
from house.room import Room
from house.rooms import register
from parties.acting import Acting
from parties.models import Succession
from parties.who import DRAFTERS


class RegisterRoom(Room):
    name, called = "agreements.register", "Registration"

    def deadline_kinds(self) -> list[DeadlineKind]:
        return [KIND, CHANGE_KIND]

    def not_confirmed(self, references: Collection[str]) -> list[tuple[str, int]]:
        found = unconfirmed_by(references)
        return [(each, pk) for each, organisations in found.items() for pk in organisations]

    def succeed(self, succession: Succession, agreement: Agreement, by: Acting) -> None:
        """Who registered it, by whose place it took, is not asked whether it is right."""
        if copy := RegisteredCopy.objects.filter(agreement=agreement).first():
            copy.agreement = agreement
            no_longer_asked_to_check(copy)

    def contact_named(self, party: Party, by: Acting) -> None:
        tell_of_copy(party, by)

    def make_up_for_missing(self) -> Iterator[str]:
        return make_up_for_copies()

    def sentences(self) -> dict[str, str]:
        return {
            "registered": "{actor} registered the signed MoU, signed on {on}.",
            "copy_confirmed": "{actor} confirmed the registered copy.",
            "copy_disputed": "{actor} said that the registered copy is not right.",
            "correction_made": "{actor} put the registration right.",
            "correction_asked": "{actor} asked to put the registration right.",
            "withdrawal_made": "{actor} withdrew the registration: it was an error.",
            "withdrawal_asked": "{actor} asked to withdraw the registration.",
            "change_confirmed": "{actor} said that the change of the registration is right.",
            "change_refused": "{actor} said that the change of the registration is not right.",
        }


def steps_of_copy(situation: Situation, acting: Acting) -> Iterator[NextStep]:
    """Each other party says whether the registered copy is right; what one says is not, whoever
    registered it puts right."""
    copy, drafts = situation.copy, DRAFTERS.includes(acting)
    if copy is None or copy.withdrawn_at:
        return
    own = now_called(situation.agreement, copy.recorded_for_id)
    for party in situation.parties:
        said = situation.word_of(party)
        if party.organisation.pk in own or (said and said.agrees):
            continue
        if party.organisation.is_closed:
            # Nobody there can say anything.
            continue
        yield NextStep(
            "Check the registered copy",
            "Check the copy",
            reverse("agreements:copy_answer", args=[situation.agreement.reference]),
            party,
            situation.managers(party),
            mine=drafts and party.organisation.pk == acting.organisation_id,
            said=quoted("Not right", said.reason) if said else "",
        )
        if said and _stands(said):
            yield from _to_put_right(situation, copy, said, acting)


def _stands(said: Confirmation) -> bool:
    """Whether nothing was put right since."""
    put_right_at = getattr(said, "put_right_at", None)
    return put_right_at is None or put_right_at < said.at


def _to_put_right(
    situation: Situation, copy: RegisteredCopy, said: Confirmation, acting: Acting
) -> Iterator[NextStep]:
    for party in situation.parties:
        if copy.recorded_for_id in party.held_by:
            yield NextStep(
                "Put the registration right",
                "Correct the registration",
                reverse("agreements:copy_correct", args=[situation.agreement.reference]),
                party,
                situation.managers(party),
                mine=DRAFTERS.includes(acting) and party.organisation.pk == acting.organisation_id,
                said=quoted("Not right", said.reason),
            )


register(RegisterRoom())
