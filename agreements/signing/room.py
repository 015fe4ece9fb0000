"""What signatures answer to the rooms below and to the agreement's page."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from agreements.models import Agreement, PartySpell, SignatureRequest
from agreements.signing import keeping
from agreements.signing.due import signature_awaited
from deadlines.kinds import DeadlineKind
from house.room import Keeping, Room
from house.rooms import register
from parties.acting import Acting
from parties.holdings import Holding
from parties.models import Organisation, Person

SENTENCES = {
    "signature_asked": "{actor} asked {who} to sign version {label} for {party}.",
    "not_ready": "{who} is not ready to sign version {label}.",
    "signed": "{who} signed version {label} for {party}{how}.",
    "paper_recorded": "{actor} recorded a signature of {who} on paper under version {label}.",
    "paper_rejected": "{actor} said that the scanned signature of {who} is not right.",
    "in_force": "All have signed. Version {before} became {label}, in force since {start}.",
    "sealed": "The final signed copy was made and sealed.",
}


class SigningRoom(Room):
    name = "agreements.signing"

    def keeping_kinds(self) -> dict[str, str]:
        return {keeping.KEY: "the signatures"}

    def keepings(
        self, agreements: Sequence[Agreement], acting: Acting
    ) -> dict[int, dict[str, Keeping]]:
        return {pk: {keeping.KEY: each} for pk, each in keeping.keepings(agreements).items()}

    def deadline_kinds(self) -> list[DeadlineKind]:
        return [signature_awaited.KIND]

    def holdings(self, person: Person, organisation: Organisation) -> list[Holding]:
        """Signatures asked of the person for the organisation."""
        sides = PartySpell.objects.filter(organisation=organisation).values("party")
        asked = SignatureRequest.objects.filter(
            person=person, party__in=sides, state__in=["asked", "not_ready"]
        )
        found = []
        for request in asked.select_related("version__agreement"):
            version, reference = request.version, request.version.agreement.reference
            url = reverse("agreements:version", args=[reference, version.seq])
            found.append(Holding(f"Asked to sign version {version.label} of {reference}", url))
        return found

    def sentences(self) -> dict[str, str]:
        return SENTENCES


register(SigningRoom())
