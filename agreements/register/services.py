"""Registering a signed MoU that was made elsewhere (X14)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from agreements.contacts.services.naming import name_contacts
from agreements.core.confirming import is_news, require_as_shown, require_other_party
from agreements.core.parties import parties_of, require_role, side_of
from agreements.core.telling import record, tell_managers
from agreements.drafting.services.making import make_agreement
from agreements.models import (
    Agreement,
    Confirmation,
    Happening,
    Party,
    RegisteredCopy,
    TemplateVersion,
)
from agreements.register.confirmed import (
    confirmations_of,
    registered_by,
    times_put_right,
    unconfirmed_by,
)
from agreements.register.copies import check_is_new, signed_version
from agreements.register.due import ask_to_check, copy_confirmed, wait_for_word
from agreements.register.facts import Facts, check_dates
from agreements.register.rules import findings_of
from agreements.signing.services.in_force import put_in_force
from agreements.signing.services.repaired import note_repair
from deadlines.services.setting import wait_for
from documents.models import StoredFile
from house import clock
from house.lifecycle import lock
from house.refusals import Refused
from parties.acting import Acting
from parties.models import Organisation
from parties.who import DRAFTERS

WITHDRAWN = "The registration was withdrawn. There is nothing to check."


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
    ends_when: str = "",
    who_signed: str = "",
    who_approved: str = "",
    other_days: str = "",
    contacts: Mapping[str, Any] | None = None,
    dates_are_right: bool = False,
    typed_sha256: str = "",
) -> Agreement:
    """Puts a signed MoU in force with the duties of a template; what looks odd is a finding.

    Raises Refused for a day of signature in the future, for days that can hardly be meant unless
    `dates_are_right`, and for a file registered already. `typed_sha256` is of all that was typed.
    """
    require_role(by, DRAFTERS)
    facts = Facts(
        title, signed_on, review_on, effective_on, end_on, approval_sought_on, ends_when,
        who_signed, who_approved, other_days,
    )  # fmt: skip
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
        version = signed_version(by, agreement, signed_on)
        copy = RegisteredCopy.objects.create(
            agreement=agreement,
            file=file,
            recorded_by=by.who,
            recorded_for=by.on_behalf_of,
            recorded_at=clock.now(),
            typed_sha256=typed_sha256,
            **facts.of_copy,
        )
        put_in_force(
            version, by=by, start_on=signed_on, effective_on=effective_on, review_on=review_on,
            end_on=end_on,
        )  # fmt: skip
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
        closed = [each for each in parties_of(agreement) if each.organisation.is_closed]
        tell_managers(of=happening, kind="copy_registered", by=by, others_only=True, but=closed)
    return agreement


def say_of_copy(
    *,
    by: Acting,
    copy: RegisteredCopy,
    agrees: bool,
    because: str = "",
    edit_no: int | None = None,
) -> None:
    """Another party confirms the registered copy, or says why it is not right.

    What follows from the text waits for it from then on. Whoever registered the copy is told.
    `edit_no` is how often it was put right when the form was made: ChangedMeanwhile where it was
    since.
    """
    require_role(by, DRAFTERS)
    party = side_of(copy.agreement, by)
    require_other_party(by, copy.agreement, copy.recorded_for_id)
    with transaction.atomic():
        lock(copy.agreement)
        if lock(copy).withdrawn_at:
            raise Refused(WITHDRAWN)
        require_as_shown(edit_no, times_put_right(copy))
        if not is_news(by, copy.confirmations.order_by("at", "pk"), agrees=agrees, because=because):
            return
        Confirmation.objects.create(
            copy=copy,
            organisation=by.on_behalf_of,
            agrees=agrees,
            reason=because,
            user=by.who,
            by_link=by.by_link,
            at=clock.now(),
        )
        if agrees:
            copy_confirmed(copy, party)
            wait_for(copy.agreement.reference, party.organisation.pk)
        else:
            wait_for_word(copy, party)
        given, wanted = confirmations_of(copy)
        happening = record(
            by=by,
            verb="copy_confirmed" if agrees else "copy_disputed",
            agreement=copy.agreement,
            about=copy,
            because=because,
            given=given,
            wanted=wanted,
        )
        tell_managers(of=happening, kind="copy_answered", by=by, only=registered_by(copy))


def tell_of_copy(party: Party, by: Acting) -> None:
    """Whoever stands for the party by now is told of the copy that it has not confirmed: at the
    registration nobody there may have been known. Nobody is told twice."""
    agreement = party.agreement
    if not agreement.is_registered or agreement.is_over:
        return
    if party.organisation.pk in unconfirmed_by([agreement.reference])[agreement.reference]:
        happening = Happening.objects.filter(agreement=agreement, verb="registered").first()
        if happening:
            tell_managers(of=happening, kind="copy_registered", by=by, only=[party])
