"""Whether an agreement was approved and signed as its text asks, lasts, and is looked after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import prefetch_related_objects
from django.urls import reverse

from agreements.contacts import keeping as keeping_contacts
from agreements.core.approval import Standing, standings
from agreements.core.parties import read_parties
from agreements.models import Agreement, Approval, Signature, Version
from agreements.page.queries.page import approvals_by_version
from agreements.reviews import keeping as keeping_reviews
from house.months import months_after
from house.room import Evidence, Keeping
from nhsuk.dates import day
from nhsuk.words import plural

KINDS = {
    "review": "Reviews",
    "key_contacts": "Key contacts",
    "approval": "Approval of each version",
    "signature": "Signatures",
    "minimum_term": "Shortest time in force",
}


def keepings(agreements: Iterable[Agreement]) -> dict[int, dict[str, Keeping]]:
    """Agreement id -> the answers, for those that were ever in force (eleven queries at most)."""
    signed = [each for each in agreements if each.in_force_version_id]
    prefetch_related_objects(signed, "in_force_version")
    read_parties(signed)
    versions = [pk for each in signed if (pk := each.in_force_version_id)]
    approvals = approvals_by_version(frozenset(versions))
    signatures = _signatures(versions)
    reviews, contacts = keeping_reviews.keepings(signed), keeping_contacts.keepings(signed)
    return {
        each.pk: {
            "review": reviews[each.pk],
            "key_contacts": contacts[each.pk],
            "approval": _approved(each, approvals[each.in_force_version_id or 0]),
            "signature": _signed(each, signatures[each.in_force_version_id or 0]),
            "minimum_term": _lasted(each),
        }
        for each in signed
    }


def _signatures(versions: Iterable[int]) -> dict[int, list[Signature]]:
    found: dict[int, list[Signature]] = defaultdict(list)
    rows = Signature.objects.filter(request__version__in=versions).select_related("request")
    for signature in rows.order_by("signed_on", "pk"):
        found[signature.request.version_id].append(signature)
    return found


def _approved(agreement: Agreement, approvals: Sequence[Approval]) -> Keeping:
    rows = standings(_version(agreement), agreement.parties.all(), approvals)
    asked = [row for row in rows if row.route.route != "none"]
    if agreement.is_registered and not approvals:
        return Keeping("nothing_yet", "It was approved before it was registered here.")
    if not asked:
        return Keeping("nothing_yet", "By its terms nobody's approval is needed.")
    open_ones = [row.party.name for row in asked if not row.is_given]
    if open_ones:
        sentence = f"The approval of {' and '.join(open_ones)} is still to be recorded."
        return Keeping("due", sentence, _decisions(agreement, asked))
    return Keeping("kept", "Each party approved it.", _decisions(agreement, asked))


def _decisions(agreement: Agreement, rows: Iterable[Standing]) -> tuple[Evidence, ...]:
    url = f"{_page(agreement)}#approvals"
    return tuple(
        Evidence(f"{row.route.name}, {day(row.latest.decided_on)}", url)
        for row in rows
        if row.latest and row.is_given
    )


def _signed(agreement: Agreement, signatures: Sequence[Signature]) -> Keeping:
    if agreement.is_registered:
        url = reverse("agreements:registered_pdf", args=[agreement.reference])
        sentence = f"Signed outside the portal on {day(agreement.start_on)}."
        return Keeping("kept", sentence, (Evidence("Registered copy", url),))
    if not signatures:
        return Keeping("nothing_yet", "No signature is on record here.")
    url = f"{_page(agreement)}#signatures"
    evidence = tuple(Evidence(f"{s.typed_name}, {day(s.signed_on)}", url) for s in signatures)
    return Keeping("kept", "Signed for each party.", evidence)


def _lasted(agreement: Agreement) -> Keeping:
    """In force at least for the months that the terms ask for (A25)."""
    months, start_on = _version(agreement).typed_terms.minimum_months, agreement.start_on
    if not months or start_on is None:
        return Keeping("nothing_yet", "The terms ask for no shortest time in force.")
    least = months_after(start_on, months)
    if agreement.end_on and agreement.end_on < least:
        return Keeping("missed", f"It ends on {day(agreement.end_on)}, before {day(least)}.")
    sentence = f"In force since {day(start_on)}; {plural(months, 'month')} end on {day(least)}."
    label = f"Version {_version(agreement).label}"
    return Keeping("kept", sentence, (Evidence(label, _page(agreement)),))


def _version(agreement: Agreement) -> Version:
    assert agreement.in_force_version  # noqa: S101 - only those that were in force are asked
    return agreement.in_force_version


def _page(agreement: Agreement) -> str:
    return reverse("agreements:version", args=[agreement.reference, _version(agreement).seq])
