"""What is registered: a file that is new here, and the one version of a signed MoU."""

from __future__ import annotations

from datetime import date

from django.db.models import prefetch_related_objects

from agreements.core.parties import parties_of
from agreements.core.sides import names_to_freeze
from agreements.core.texts import hash_of, named_in_text
from agreements.drafting.services.making import first_draft
from agreements.models import VERSION_LIFECYCLE, Agreement, RegisteredCopy, Version
from documents.storage import kept_as
from house import clock
from house.lifecycle import move
from house.refusals import Refused
from parties.acting import Acting


def check_is_new(by: Acting, sha256: str) -> None:
    """Raises Refused where the very file is registered; as what, only to those who may see it."""
    there = RegisteredCopy.objects.filter(file__in=kept_as(sha256), withdrawn_at=None)
    there = there.exclude(agreement__state=Agreement.State.DISPOSED)
    seen = there.visible_to(by).select_related("agreement", "recorded_for").first()
    if seen:
        raise Refused(
            f"This very file is registered already as {seen.agreement.reference}, "
            f"“{seen.agreement.title}”, by {seen.recorded_for}. Nothing of what you typed here was "
            "registered. To put something right, correct that registration.",
            field="file",
        )
    if there.exists():
        raise Refused(
            "This very file is registered already, by parties of which your organisation is none. "
            "Nothing was registered. Make sure that it is the right file.",
            field="file",
        )


def signed_version(by: Acting, agreement: Agreement, signed_on: date) -> Version:
    """The one version of a registered MoU: headings and duties, signed elsewhere."""
    prefetch_related_objects([party.organisation for party in parties_of(agreement)], "names")
    values = {blank.key: f"[{blank.label}]" for blank in agreement.template_version.typed_blanks}
    names = names_to_freeze(agreement, lambda party: party.organisation.name_on(signed_on))
    values |= named_in_text(parties_of(agreement), [each["name"] for each in names])
    version = first_draft(by=by, agreement=agreement, values=values, words=False)
    version.party_names = names
    move(
        version,
        "register",
        lifecycle=VERSION_LIFECYCLE,
        label="1.0",
        summary="Registered from a signed copy.",
        party_names=version.party_names,
        sha256=hash_of(version),
        frozen_at=clock.now(),
    )
    return version
