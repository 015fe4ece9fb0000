"""Templates: kept by MoU managers, in versions. A draft is edited, a published one never (A01)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from agreements.drafting.services.clauses import Editing
from agreements.library import LibraryClause, LibraryTemplate
from agreements.models import ClauseText, Template, TemplateClause, TemplateVersion
from agreements.templates.rules import text_fingerprint, what_is_missing
from agreements.templates.services.people import require_manager, require_right
from agreements.templates.services.sharing import tell_users
from agreements.terms import Blank, Slot, Terms, as_stored
from audit.services import record
from house import clock
from house.lifecycle import lock
from house.refusals import Refused
from house.tracked import create_all
from parties.acting import Acting


def take_from_library(*, by: Acting, source: LibraryTemplate) -> Template:
    """Copies a template that comes with the portal to one's own organisation, published."""
    require_manager(by)
    with transaction.atomic():
        # Locked: two managers who take it at once get one template between them.
        organisation = lock(by.on_behalf_of)
        if Template.objects.filter(organisation=organisation, key=source.key).exists():
            raise Refused("Your organisation has this template already.")
        template = Template.objects.create(
            organisation=organisation,
            key=source.key,
            name=source.name,
            description=source.description,
        )
        version = open_version(
            template,
            1,
            source.clauses,
            source.terms,
            slots=parts_as_stored(source.slots),
            blanks=parts_as_stored(source.blanks),
        )
        record(by, "template_taken", template)
        publish(by=by, version=version)
    return template


def new_template_draft(*, by: Acting, template: Template) -> TemplateVersion:
    """A draft of the next version with the newest version's clauses."""
    require_right(by, template)
    with transaction.atomic():
        current = lock(template)
        newest = current.versions.order_by("-seq").first()
        if newest is None:
            return open_version(current, 1, (), Terms())
        if newest.is_draft:
            raise Refused("A draft of this template is open already.")
        version = open_version(
            current,
            newest.seq + 1,
            newest.clauses.all(),
            newest.typed_terms,
            slots=newest.slots,
            blanks=newest.blanks,
        )
        record(by, "template_draft_opened", template, seq=version.seq)
    return version


def parts_as_stored(parts: Iterable[Slot | Blank]) -> list[dict[str, Any]]:
    """Sides or blanks as the version keeps them."""
    return [part.model_dump(mode="json") for part in parts]


def publish(*, by: Acting, version: TemplateVersion, shown: str = "") -> None:
    """From now on new agreements start from this version; earlier ones stay as they are.

    `shown` is the fingerprint of the text that the person read. Raises Refused when somebody
    changed it since, or when there is no text.
    """
    with transaction.atomic():
        current = lock_draft(by, version)
        if missing := what_is_missing(current):
            raise Refused(missing[0])
        if shown and text_fingerprint(current) != shown:
            raise Refused(
                "Somebody changed this draft since you opened this page. "
                "Read what changes as it is now, then publish it if it is right."
            )
        current.state = TemplateVersion.State.PUBLISHED
        current.published_at = clock.now()
        current.save(update_fields=["state", "published_at"])
        record(by, "template_published", current.template, seq=current.seq)
        tell_users("template_published", current)


def withdraw(*, by: Acting, version: TemplateVersion, because: str) -> None:
    """No new agreement starts from this version; those that did stay as they are."""
    require_right(by, version.template)
    with transaction.atomic():
        current = lock(version)
        if not current.is_published:
            raise Refused("This version is not published now, so it is offered to nobody.")
        current.state, current.withdrawn_at = TemplateVersion.State.WITHDRAWN, clock.now()
        current.withdrawn_because = because
        current.save(update_fields=["state", "withdrawn_at", "withdrawn_because"])
        record(by, "template_withdrawn", current.template, seq=current.seq)
        tell_users("template_withdrawn", current)


def discard_draft(*, by: Acting, version: TemplateVersion) -> bool:
    """Takes the draft away with its clauses; their history keeps what they said.

    A template that never had another version, nor was shared, goes with it: then True.
    """
    with transaction.atomic():
        template = lock(version.template)
        current = lock_draft(by, version)
        record(by, "template_draft_discarded", template, seq=current.seq)
        current.clauses.all().delete()
        current.delete()
        if alone := not (template.versions.exists() or template.shares.exists()):
            template.delete()
    return alone


def lock_draft(by: Acting, version: TemplateVersion) -> TemplateVersion:
    require_right(by, version.template)
    current = lock(version)
    if not current.is_draft:
        raise Refused("This version is published and no longer changes. Open a new draft.")
    return current


def open_version(
    template: Template,
    seq: int,
    clauses: Iterable[LibraryClause | TemplateClause | ClauseText],
    terms: Terms,
    **sides_and_blanks: list[Any],
) -> TemplateVersion:
    """A draft with the same clauses, in this order."""
    version = TemplateVersion.objects.create(
        template=template, seq=seq, terms=as_stored(terms), **sides_and_blanks
    )
    rows = [
        TemplateClause(
            version=version,
            position=position,
            key=clause.key,
            kind=clause.kind,
            heading=clause.heading,
            body=clause.body,
            status=clause.status,
            bindings=list(clause.bindings),
            owed_by=list(clause.owed_by),
        )
        for position, clause in enumerate(clauses, start=1)
    ]
    create_all(rows)
    return version


class TemplateEditing(Editing[TemplateVersion, TemplateClause]):
    """The text of a draft. The history of the rows says who edited what."""

    rows = TemplateClause
    lock = staticmethod(lock_draft)

    def keys_taken(self, draft: TemplateVersion) -> set[str]:
        # A key that an earlier version used stays that clause's own.
        ever = TemplateClause.objects.filter(version__template=draft.template_id)
        return set(ever.values_list("key", flat=True))

    def make(self, by: Acting, draft: TemplateVersion, key: str, **fields: Any) -> TemplateClause:
        made: TemplateClause = TemplateClause.objects.create(version=draft, key=key, **fields)
        return made

    def write_down(
        self, by: Acting, verb: str, draft: TemplateVersion, clause: TemplateClause | None = None
    ) -> None:
        said = {"key": clause.key} if clause else {}
        record(by, f"template_{verb}", draft.template, **said)


EDITING = TemplateEditing()
