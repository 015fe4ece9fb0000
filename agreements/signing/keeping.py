"""Whether an agreement is signed, and by whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.urls import reverse

from agreements.core.parties import versions_in_force
from agreements.models import Agreement, Signature, Version
from house.room import Evidence, Keeping
from nhsuk.dates import day

KEY = "signature"


def keepings(agreements: Iterable[Agreement]) -> dict[int, Keeping]:
    """Agreement id -> the answer, for those that were ever in force (one query)."""
    signed = versions_in_force(agreements)
    signatures = _signatures(version.pk for version in signed)
    return {version.agreement_id: _keeping(version, signatures[version.pk]) for version in signed}


def _signatures(versions: Iterable[int]) -> dict[int, list[Signature]]:
    found: dict[int, list[Signature]] = defaultdict(list)
    rows = Signature.objects.filter(request__version__in=list(versions)).select_related("request")
    for signature in rows.order_by("signed_on", "pk"):
        found[signature.request.version_id].append(signature)
    return found


def _keeping(version: Version, signatures: Sequence[Signature]) -> Keeping:
    agreement = version.agreement
    if agreement.is_registered:
        url = reverse("agreements:registered_pdf", args=[agreement.reference])
        sentence = f"Signed outside the portal on {day(agreement.start_on)}."
        return Keeping("kept", sentence, (Evidence("Registered copy", url),))
    if not signatures:
        return Keeping("nothing_yet", "No signature is on record here.")
    url = reverse("agreements:version", args=[agreement.reference, version.seq]) + "#signatures"
    evidence = tuple(Evidence(f"{s.typed_name}, {day(s.signed_on)}", url) for s in signatures)
    return Keeping("kept", "Signed for each party.", evidence)
