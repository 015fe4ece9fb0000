"""Numbered versions: freeze the draft, send it round, recall it."""

from __future__ import annotations

from django.db import transaction

from agreements.models import (
    SIGNATURE_LIFECYCLE,
    VERSION_LIFECYCLE,
    ClauseText,
    Version,
)
from agreements.record import record
from agreements.rules.content import hash_of, texts_of
from agreements.rules.parties import parties_of, require_role, side_of
from agreements.services.editing import lock_draft
from agreements.services.tell import tell_managers
from house import clock
from house.lifecycle import lock, move
from house.refusals import Refused
from house.tracked import create_all
from parties.acting import Acting
from parties.models import Role


def freeze(*, by: Acting, version: Version, summary: str) -> Version:
    """Gives the draft the next number (0.1, 0.2, …). From now on its text never changes."""
    require_role(by, Role.MANAGER)
    with transaction.atomic():
        draft = lock_draft(by, version)
        number_version(draft, by=by, summary=summary)
        move(draft, "freeze", lifecycle=VERSION_LIFECYCLE, **_numbered(draft))
        happening = record(
            by=by, verb="frozen", agreement=draft.agreement, about=draft,
            label=draft.label, summary=summary, sha256=draft.sha256,
        )
        tell_managers(of=happening, kind="version_frozen", by=by, others_only=True)
    return draft


def number_version(draft: Version, *, by: Acting, summary: str) -> None:
    """Sets on the draft, unsaved, what a numbered version has: label, names, hash, author."""
    if not draft.texts.exists():
        raise Refused("The draft has no clauses yet. Add one first.")
    given = draft.agreement.versions.exclude(label="").count()
    draft.label = draft.label_before_signature = f"0.{given + 1}"
    draft.summary = summary
    draft.author = by.user  # type: ignore[assignment]
    draft.author_organisation = by.organisation  # type: ignore[assignment]
    draft.frozen_at = clock.now()
    draft.party_names = [
        {"slot": party.slot, "label": party.label, "name": party.name}
        for party in parties_of(draft.agreement)
    ]
    draft.sha256 = hash_of(draft)


def _numbered(draft: Version) -> dict[str, object]:
    fields = (
        "label", "label_before_signature", "summary", "author", "author_organisation",
        "frozen_at", "party_names", "sha256",
    )
    return {field: getattr(draft, field) for field in fields}


def send_for_approval(*, by: Acting, version: Version) -> None:
    """Tells both sides that the version is ready for their approval."""
    _check_manager(by, version)
    with transaction.atomic():
        move(version, "send_for_approval", lifecycle=VERSION_LIFECYCLE)
        happening = record(
            by=by, verb="sent_for_approval", agreement=version.agreement, about=version,
            label=version.label,
        )
        tell_managers(of=happening, kind="approval_awaited", by=by)


def recall(*, by: Acting, version: Version, because: str) -> Version:
    """Takes a numbered version back, voids its signatures, and opens a new draft with its text.

    Either side may, with its reason: nobody is held to a text that the other wants to change.
    """
    _check_manager(by, version)
    with transaction.atomic():
        move(version, "recall", lifecycle=VERSION_LIFECYCLE, withdrawn_because=because)
        for request in version.signature_requests.select_for_update().exclude(state="void"):
            move(request, "void", lifecycle=SIGNATURE_LIFECYCLE)
        happening = record(
            by=by, verb="recalled", agreement=version.agreement, about=version,
            label=version.label, because=because,
        )
        draft = new_draft(by=by, based_on=version)
        tell_managers(of=happening, kind="version_recalled", by=by)
    return draft


def new_draft(*, by: Acting, based_on: Version) -> Version:
    """A draft with the text and terms of an earlier version."""
    agreement = lock(based_on.agreement)
    newest = agreement.versions.order_by("-seq").values_list("seq", flat=True)[0]
    draft = Version.objects.create(
        agreement=agreement,
        seq=newest + 1,
        terms=based_on.terms,
        author=by.user,  # type: ignore[misc]
        author_organisation=by.organisation,  # type: ignore[misc]
        based_on=based_on,
    )
    copied = ("clause", "position", "kind", "heading", "body", "status", "bindings", "owed_by")
    create_all(
        [
            ClauseText(version=draft, **{field: getattr(text, field) for field in copied})
            for text in texts_of(based_on)
        ]
    )
    return draft


def _check_manager(by: Acting, version: Version) -> None:
    require_role(by, Role.MANAGER)
    side_of(version.agreement, by)
