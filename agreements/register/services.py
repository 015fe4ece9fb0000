"""Registering a signed MoU that was made elsewhere (X14)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects

from agreements.contacts.services.naming import name_contacts
from agreements.core.confirming import is_news, require_other_party
from agreements.core.parties import parties_of, require_role, side_of
from agreements.core.sides import names_to_freeze
from agreements.core.telling import record, tell_managers
from agreements.core.texts import hash_of, named_in_text
from agreements.drafting.services.making import first_draft, make_agreement
from agreements.models import (
    VERSION_LIFECYCLE,
    Agreement,
    Confirmation,
    RegisteredCopy,
    TemplateVersion,
    Version,
)
from agreements.register.due import ask_to_check, copy_confirmed, wait_for_word
from agreements.register.facts import Facts, check_dates
from agreements.register.rules import findings_of
from agreements.signing.services.in_force import put_in_force
from agreements.signing.services.repaired import note_repair
from deadlines.services.setting import wait_for
from documents.models import StoredFile
from documents.storage import kept_as
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
    review_on: date | None,
    effective_on: date | None = None,
    approval_sought_on: date | None = None,
    end_on: date | None = None,
    contacts: Mapping[str, Any] | None = None,
    dates_are_right: bool = False,
    typed_sha256: str = "",
) -> Agreement:
    """Puts a signed MoU in force with the duties of a template; what looks odd is a finding.

    Raises Refused for a day of signature in the future, for days that can hardly be meant unless
    `dates_are_right`, and for a file registered already. `typed_sha256` is of all that was typed.
    """
    require_role(by, DRAFTERS)
    facts = Facts(title, signed_on, review_on, effective_on, end_on, approval_sought_on)
    check_dates(facts, are_right=dates_are_right)
    with transaction.atomic():
        agreement = make_agreement(
            by=by,
            template_version=template_version,
            title=title,
            organisations=organisations,
            origin=Agreement.Origin.REGISTERED,
        )
        # Asked after the reference was taken: its lock lets one registration through at a time.
        check_is_new(by, file.sha256)
        # First, so that no role counts as vacant that is about to be filled.
        name_contacts(by=by, agreement=agreement, contacts=contacts or {})
        version = _signed_version(by, agreement, signed_on)
        copy = RegisteredCopy.objects.create(
            agreement=agreement,
            file=file,
            recorded_by=by.who,
            recorded_for=by.on_behalf_of,
            recorded_at=clock.now(),
            effective_on=effective_on,
            approval_sought_on=approval_sought_on,
            typed_sha256=typed_sha256,
        )
        put_in_force(version, by=by, start_on=signed_on, review_on=review_on, end_on=end_on)
        agreement.refresh_from_db()
        copy.findings = findings_of(agreement, facts)
        copy.save(update_fields=["findings"])
        ask_to_check(copy)
        happening = record(
            by=by,
            verb="registered",
            agreement=agreement,
            about=copy,
            file=file.sha256,
            on=signed_on.isoformat(),
            findings=len(copy.findings),
        )
        note_repair(by=by, agreement=agreement, about=copy, file=file)
        tell_managers(of=happening, kind="copy_registered", by=by, others_only=True)
    return agreement


def say_of_copy(*, by: Acting, copy: RegisteredCopy, agrees: bool, because: str = "") -> None:
    """Another party confirms the registered copy, or says why it is not right."""
    require_role(by, DRAFTERS)
    party = side_of(copy.agreement, by)
    require_other_party(by, copy.recorded_for_id)
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
        if agrees:
            copy_confirmed(copy, party)
            wait_for(copy.agreement.reference, party.organisation.pk)
        else:
            wait_for_word(copy, party)
        happening = record(
            by=by,
            verb="copy_confirmed" if agrees else "copy_disputed",
            agreement=copy.agreement,
            about=copy,
            because=because,
        )
        tell_managers(of=happening, kind="copy_answered", by=by, others_only=True)


def check_is_new(by: Acting, sha256: str) -> None:
    """Raises Refused where the very file is registered; as what, only to those who may see it."""
    there = RegisteredCopy.objects.filter(file__in=kept_as(sha256), withdrawn_at=None)
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


def _signed_version(by: Acting, agreement: Agreement, signed_on: date) -> Version:
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
