"""What signatures answer to the rooms below and to the agreement's page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.urls import reverse

from agreements.core.parties import versions_in_force
from agreements.models import Agreement, Signature, SignatureRequest, Version
from agreements.signing import due, making_up
from agreements.signing.services.in_force import go_on
from agreements.signing.services.leaving import (
    asked_of,
    leave_requests,
    lock_requests,
    request_key,
)
from agreements.signing.services.succeeding import lock_asked, withdraw_for_successor
from deadlines.kinds import DeadlineKind
from house.answers import Evidence, Keeping
from house.asked_together import Asking
from house.room import Room
from house.rooms import register
from nhsuk.dates import day
from parties.acting import Acting
from parties.holdings import Holding
from parties.models import Organisation, Person, Role, Succession
from parties.services.people import Leaving

KEEPING = "signature"
SENTENCES = {
    "signature_asked": "{actor} asked {who} to sign version {label} for {party}{place_said}"
    "{link_said}.",
    "signature_planned": "{actor} planned to ask {who} to sign version {label} for {party}"
    "{place_said}, when the {after} has signed.",
    "turn_came": "The {after} has signed, so {who} is asked to sign version {label} for {party}"
    "{place_said}{link_said}.",
    "sign_by_set": "{actor} asked {who} to sign version {label} for {party} by {on}.",
    "sign_by_taken_away": "{actor} took away the day by which {who} was to sign version {label} "
    "for {party}.",
    "message_changed": "{actor} changed the message to {who}, who is asked to sign version {label} "
    "for {party}.",
    "request_withdrawn": "{actor} withdrew the request to {who} to sign version {label} for "
    "{party}.",
    "signature_withdrawn": "{who} withdrew the signature under version {label} for {party}"
    "{place_said}{by_link_said}.",
    "paper_withdrawn": "{actor} withdrew the signature of {who} on paper under version {label} for "
    "{party}{place_said}.",
    "not_ready": "{who} is not ready to sign version {label}{by_link_said}.",
    "declined": "{who} declined to sign version {label} for {party}{by_link_said}.",
    "asked_about_text": "{who} of {party} asked about version {label}{by_link_said}.",
    "contact_named_by_link": "{by_whom} named {who} as {role_said} for {party}{by_link_said}.",
    "signed": "{who} signed version {label} for {party}{place_said}{how}.",
    "paper_recorded": "{actor} recorded a signature of {who} on paper under version {label}"
    "{place_said}.",
    "paper_rejected": "{actor} said that the scanned signature of {who} is not right.",
    "copy_compared": "{actor} uploaded a file that was {what}, and said that the copy which "
    "the portal made of it, with {pages}, has everything. Both are kept.",
    "in_force": "All have signed. Version {before} became {label}, in force since {start}.",
    "sealed": "The final signed copy was made and sealed.",
}


class SigningRoom(Room):
    name, called = "agreements.signing", "Signatures"
    locks_at = 20

    def keeping_kinds(self) -> dict[str, str]:
        return {KEEPING: "the signatures"}

    def asking_keepings(
        self, agreements: Sequence[Agreement], acting: Acting
    ) -> Asking[Mapping[int, Mapping[str, Keeping]]]:
        return asking_keepings(agreements)

    def deadline_kinds(self) -> list[DeadlineKind]:
        return [due.KIND]

    def make_up_for_missing(self) -> Iterator[str]:
        return making_up.make_up_for_missing()

    def asking_holdings(
        self, person: Person, organisation: Organisation, most: int
    ) -> Asking[Sequence[Holding]]:
        """Signatures asked of the person for the organisation."""
        asked = asked_of(person, organisation).select_related("version__agreement")
        [found] = yield [asked[:most]]
        return [_holding(request) for request in found]

    def held_under(self, person: Person, organisation: Organisation) -> set[int]:
        return set(asked_of(person, organisation).values_list("version__agreement", flat=True))

    def lock_held(self, leaving: Leaving) -> None:
        lock_requests(leaving)

    def person_leaves(self, leaving: Leaving) -> None:
        leave_requests(leaving)

    def rejection_ended(self, agreement: Agreement, by: Acting) -> None:
        go_on(agreement, by)

    def lock_passed(self, agreement: Agreement) -> None:
        lock_asked(agreement)

    def succeed(self, succession: Succession, agreement: Agreement, by: Acting) -> None:
        withdraw_for_successor(succession, agreement, by)

    def sentences(self) -> dict[str, str]:
        return SENTENCES


def _holding(request: SignatureRequest) -> Holding:
    version, reference = request.version, request.version.agreement.reference
    return Holding(
        f"Asked to sign version {version.label} of {reference}",
        reverse("agreements:version", args=[reference, version.seq]),
        key=request_key(request),
        otherwise="Not asked for any more: your MoU manager asks another signatory",
        needs=(Role.SIGNATORY,),
    )


def asking_keepings(
    agreements: Iterable[Agreement],
) -> Asking[Mapping[int, Mapping[str, Keeping]]]:
    """Agreement id -> the answer, for those that were ever in force (one query)."""
    signed = versions_in_force(agreements)
    here = [version.pk for version in signed if not version.agreement.is_registered]
    given = Signature.objects.standing().filter(request__version__in=here)
    [rows] = yield [given.select_related("request__person").order_by("signed_on", "pk")]
    found: dict[int, list[Signature]] = defaultdict(list)
    for signature in rows:
        found[signature.request.version_id].append(signature)
    return {each.agreement_id: {KEEPING: _keeping(each, found[each.pk])} for each in signed}


def _keeping(version: Version, signatures: Sequence[Signature]) -> Keeping:
    agreement = version.agreement
    if agreement.is_registered:
        url = reverse("agreements:registered_pdf", args=[agreement.reference])
        sentence = f"Signed outside the portal on {day(agreement.start_on)}, as it was registered."
        return Keeping("kept", sentence, (Evidence("Registered copy", url),))
    if not signatures:
        return Keeping("nothing_yet", "No signature is on record here.")
    url = reverse("agreements:version", args=[agreement.reference, version.seq]) + "#signatures"
    evidence = tuple(Evidence(f"{s.signed_as}, {day(s.signed_on)}", url) for s in signatures)
    return Keeping("kept", "Signed for each party.", evidence)


register(SigningRoom())
