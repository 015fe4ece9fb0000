"""Numbered versions: freeze the draft, send it round, recall it."""

from __future__ import annotations

from agreements.core.access import write_access
from agreements.core.carrying import confirmer_here, to_confirm
from agreements.core.locking import check_not_fixed
from agreements.core.parties import require_role, side_of
from agreements.core.recipients import addresses_of
from agreements.core.sides import parties_in
from agreements.core.states import deciding_parties
from agreements.core.telling import record, tell, tell_managers
from agreements.core.texts import texts_of
from agreements.drafting.services.editing import lock_draft
from agreements.drafting.typed_figures import as_written
from agreements.models import (
    AGREEMENT_LIFECYCLE,
    SIGNATURE_LIFECYCLE,
    VERSION_LIFECYCLE,
    Agreement,
    Change,
    ClauseText,
    Happening,
    SignatureRequest,
    Version,
)
from agreements.terms import as_stored
from agreements.versions.changes import keep_changes_asked
from agreements.versions.services.asked_by_links import tell_whom_links_asked
from agreements.versions.services.numbering import (
    check_figures,
    check_filled,
    number_version,
    numbered,
)
from agreements.versions.steps import keep_steps, stop_awaiting_checks, stop_chasing_signature
from deadlines.services.setting import set_together
from house import clock
from house.lifecycle import lock, move, move_locked
from house.once import one_job
from house.refusals import Refused
from house.tracked import create_all
from parties.acting import Acting
from parties.who import MANAGERS


def freeze(
    *, by: Acting, version: Version, summary: str, send: bool = False, read: str = ""
) -> Version:
    """Gives the draft the next number (0.1, 0.2, …). From now on its text never changes.

    Blanks for terms become the words of the terms. Raises Refused while another blank is open, with
    its clause; and for figures that are typed against the terms, or when the terms changed, unless
    `read` says that the person read them as they are now (`figures_read`).

    With `send` it goes out for approval at once, where the terms ask for one. Whoever has nothing
    to decide learns that it is ready to read.
    """
    require_role(by, MANAGERS)
    with one_job(), set_together():
        draft = lock_draft(by, version)
        against = check_figures(draft, read)
        number_version(draft, by=by, summary=summary)
        move_locked(draft, "freeze", lifecycle=VERSION_LIFECYCLE, **numbered(draft))
        facts = {"summary": summary, "sha256": draft.sha256}
        if against:
            facts["against_terms"] = " ".join(against)
        happening = _record(by, "frozen", draft, **facts)
        deciding = deciding_parties(draft) if send else []
        tell_managers(of=happening, kind="version_frozen", by=by, others_only=True, but=deciding)
        if deciding:
            send_for_approval(by=by, version=draft)
        else:
            keep_steps(draft)
    return draft


def send_for_approval(*, by: Acting, version: Version) -> None:
    """Tells both sides that the version is ready for their approval, and whom it was left to.

    Raises Refused where a blank is open in it, as the portal once let it be.
    """
    _check_manager(by, version)
    check_filled(version)
    with one_job(), set_together():
        lock(version.agreement)
        move(version, "send_for_approval", lifecycle=VERSION_LIFECYCLE)
        keep_steps(version)
        happening = _record(by, "sent_for_approval", version)
        tell_managers(of=happening, kind="approval_awaited", by=by)
        _tell_delegates(version, happening)


def _tell_delegates(version: Version, happening: Happening) -> None:
    for party in parties_in(version):
        left = to_confirm(version, party)
        person = confirmer_here(left, party) if left else None
        if person:
            tell(
                addresses_of([person], party.organisation),
                of=happening,
                kind="changes_to_confirm",
                at=party.organisation.pk,
                party=party.pk,
                version=version.pk,
            )


def recall(*, by: Acting, version: Version, because: str) -> Version:
    """Takes a numbered version back, voids its signatures, and opens a new draft with its text.

    Either side may, with its reason: nobody is held to a text that the other wants to change.
    Raises Refused for a text that is the same for many: whoever does not want it declines.
    """
    _check_manager(by, version)
    with one_job(), set_together():
        check_not_fixed(lock(version.agreement))
        take_back(version, because=because)
        draft = new_draft(by=by, based_on=version, change=version.change)
        keep_changes_asked(version.agreement)
        happening = _record(by, "recalled", version, because=because)
        tell_managers(of=happening, kind="version_recalled", by=by)
        tell_signatories(version, happening)
    return draft


def take_back(version: Version, *, because: str) -> None:
    """The version is withdrawn, and nobody signs it any more. The agreement is locked."""
    move(version, "recall", lifecycle=VERSION_LIFECYCLE, withdrawn_because=because)
    for request in version.signature_requests.select_for_update().live():
        if request.state == SignatureRequest.State.WAITS:
            # Nobody was asked yet: nobody has to hear that it is void.
            move_locked(
                request, "withdraw", lifecycle=SIGNATURE_LIFECYCLE,
                ended_at=clock.now(), ended_because=because,
            )  # fmt: skip
            continue
        move_locked(request, "void", lifecycle=SIGNATURE_LIFECYCLE)
        stop_chasing_signature(request)
        stop_awaiting_checks(request)
    keep_steps(version)


def tell_signatories(version: Version, happening: Happening) -> None:
    """Who was asked to sign, or has signed, learns that it is no longer so."""
    void = version.signature_requests.filter(state="void")
    for request in void.select_related("person", "party"):
        if request.party.told_daily:
            continue
        told = addresses_of([request.person], request.party.organisation)
        tell(
            [address for address in told if address != happening.actor.email],
            of=happening,
            kind="signature_void",
            at=request.party.organisation.pk,
            party=request.party_id,
            title=request.title,
            request=request.pk,
        )


def new_draft(*, by: Acting, based_on: Version, change: Change | None = None) -> Version:
    """A draft with the text and terms of an earlier version; of a change of the MoU, for it."""
    agreement = lock(based_on.agreement)
    newest = agreement.versions.order_by("-seq").values_list("seq", flat=True)[0]
    draft = Version.objects.create(
        agreement=agreement,
        seq=newest + 1,
        terms=as_stored(based_on.typed_terms),
        author=by.who,
        author_organisation=by.on_behalf_of,
        based_on=based_on,
        change=change,
    )
    _copy_clauses(based_on, draft)
    return draft


def _copy_clauses(based_on: Version, draft: Version) -> None:
    """The edit number goes on counting: a form opened before the recall must not overwrite. Who
    edited a text that is in force did not edit the one that varies it."""
    copied = ("clause", "position", "kind", "status", "bindings", "owed_by")
    stamps = ("edit_no",) if based_on.is_complete else ("edit_no", "edited_by", "edited_at")
    create_all(
        [
            ClauseText(
                version=draft,
                **as_written(text)._asdict(),
                **{name: getattr(text, name) for name in (*copied, *stamps)},
            )
            for text in texts_of(based_on)
        ]
    )


def _record(by: Acting, verb: str, version: Version, **facts: str) -> Happening:
    agreement = version.agreement
    return record(
        by=by, verb=verb, agreement=agreement, about=version, label=version.label, **facts
    )


def _check_manager(by: Acting, version: Version) -> None:
    require_role(by, MANAGERS)
    side_of(version.agreement, by)


def stop_preparing(*, by: Acting, agreement: Agreement, because: str) -> None:
    """Ends work on an agreement that nobody will sign. Its texts and its history stay.

    Raises Refused while a version is frozen or out: recall it first, so that nobody signs it. A
    text that nobody may change is taken back with it.
    """
    require_role(by, MANAGERS)
    side_of(agreement, by)
    with one_job(), set_together():
        is_fixed = lock(agreement).has_fixed_text
        taken = []
        # The draft's row too: somebody may be freezing it at this moment.
        for version in list(agreement.versions.select_for_update()):
            if version.is_under_way and not is_fixed:
                raise Refused("A version is under way. Recall it first, then stop.")
            if version.is_under_way:
                version.agreement = agreement
                take_back(version, because=because)
                taken.append(version)
        move(agreement, "stop_preparing", lifecycle=AGREEMENT_LIFECYCLE, ended_how=because)
        keep_changes_asked(agreement)
        write_access(agreement)
        happening = record(by=by, verb="stopped", agreement=agreement, because=because)
        tell_managers(of=happening, kind="preparing_stopped", by=by)
        for version in taken:
            tell_whom_links_asked(version, happening)
