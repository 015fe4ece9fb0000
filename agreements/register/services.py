"""Registering a signed MoU that was made elsewhere (X14)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects

from agreements.contacts.services.naming import name_contacts
from agreements.core.confirming import is_news, require_other_side
from agreements.core.parties import parties_of, require_role, side_of
from agreements.core.telling import record, tell_managers
from agreements.core.texts import hash_of
from agreements.drafting.services.making import first_draft, make_agreement
from agreements.models import (
    VERSION_LIFECYCLE,
    Agreement,
    Confirmation,
    RegisteredCopy,
    TemplateVersion,
)
from agreements.register.due import ask_to_check, copy_confirmed, wait_for_word
from agreements.register.rules import findings_of
from agreements.signing.services.in_force import put_in_force
from documents.models import StoredFile
from house import clock
from house.lifecycle import lock, move
from house.refusals import Refused
from parties.acting import Acting
from parties.models import Organisation
from parties.who import DRAFTERS


def register_signed(
    *,
    by: Acting,
    template_version: TemplateVersion,
    title: str,
    organisations: Mapping[str, Organisation],
    file: StoredFile,
    signed_on: date,
    review_on: date,
    approval_sought_on: date | None = None,
    end_on: date | None = None,
    contacts: Mapping[str, Any] | None = None,
) -> Agreement:
    """Puts a signed MoU in force with the duties of a template; what looks odd is a finding.

    Raises Refused for a day of signature in the future, and for a file registered already.
    """
    require_role(by, DRAFTERS)
    if signed_on > clock.today():
        raise Refused("Enter the date of sign-off: it cannot be in the future.", field="signed_on")
    with transaction.atomic():
        agreement = make_agreement(
            by=by,
            template_version=template_version,
            title=title,
            organisations=organisations,
            origin=Agreement.Origin.REGISTERED,
        )
        # Asked after the reference was taken: its lock lets one registration through at a time.
        if RegisteredCopy.objects.filter(file__sha256=file.sha256).exists():
            raise Refused("This very file is registered already.", field="file")
        # First, so that no role counts as vacant that is about to be filled.
        name_contacts(by=by, agreement=agreement, contacts=contacts or {})
        _version_in_force(by, agreement, signed_on, review_on, end_on)
        found = findings_of(agreement, signed_on, review_on, approval_sought_on)
        copy = RegisteredCopy.objects.create(
            agreement=agreement,
            file=file,
            recorded_by=by.who,
            recorded_for=by.on_behalf_of,
            recorded_at=clock.now(),
            findings=found,
        )
        ask_to_check(copy)
        happening = record(
            by=by,
            verb="registered",
            agreement=agreement,
            about=copy,
            file=file.sha256,
            on=signed_on.isoformat(),
            findings=len(found),
        )
        tell_managers(of=happening, kind="copy_registered", by=by, others_only=True)
    return agreement


def say_of_copy(*, by: Acting, copy: RegisteredCopy, agrees: bool, because: str = "") -> None:
    """Another party confirms the registered copy, or says why it is not right."""
    require_role(by, DRAFTERS)
    party = side_of(copy.agreement, by)
    require_other_side(by, copy.recorded_for_id)
    with transaction.atomic():
        lock(copy.agreement)
        lock(copy)
        if not is_news(by, copy.confirmations.order_by("at", "pk"), agrees=agrees, because=because):
            return
        Confirmation.objects.create(
            copy=copy,
            organisation=by.on_behalf_of,
            agrees=agrees,
            reason=because,
            user=by.who,
            at=clock.now(),
        )
        copy_confirmed(copy, party) if agrees else wait_for_word(copy, party)
        happening = record(
            by=by,
            verb="copy_confirmed" if agrees else "copy_disputed",
            agreement=copy.agreement,
            about=copy,
            because=because,
        )
        tell_managers(of=happening, kind="copy_answered", by=by, others_only=True)


def _version_in_force(
    by: Acting, agreement: Agreement, signed_on: date, review_on: date, end_on: date | None
) -> None:
    prefetch_related_objects([party.organisation for party in parties_of(agreement)], "names")
    values = {blank.key: f"[{blank.label}]" for blank in agreement.template_version.typed_blanks}
    for party in parties_of(agreement):
        values[party.slot] = party.organisation.name_on(signed_on)
    version = first_draft(by=by, agreement=agreement, values=values, words=False)
    version.party_names = [
        {"slot": party.slot, "label": party.label, "name": party.organisation.name_on(signed_on)}
        for party in parties_of(agreement)
    ]
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
    put_in_force(version, by=by, start_on=signed_on, review_on=review_on, end_on=end_on)
    agreement.refresh_from_db()
