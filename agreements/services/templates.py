"""Templates: kept by MoU managers, in versions; a published version never changes (A01)."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from agreements.library import LibraryTemplate
from agreements.models import EDIT_TEMPLATE, Template, TemplateClause, TemplateVersion
from agreements.services.keys import free_key
from agreements.terms import Terms
from audit.services import write_entry
from house import clock
from house.grants import grant, take_back
from house.lifecycle import lock
from house.refusals import NotYours, Refused
from house.tracked import create_all, save_all
from parties.acting import Acting
from parties.models import Role, User


def take_from_library(*, by: Acting, source: LibraryTemplate) -> Template:
    """Copies a template that comes with the portal to one's own organisation, published."""
    _require_manager(by)
    with transaction.atomic():
        if Template.objects.filter(organisation=by.on_behalf_of, key=source.key).exists():
            raise Refused("Your organisation has this template already.")
        template = Template.objects.create(
            organisation=by.on_behalf_of,
            key=source.key,
            name=source.name,
            description=source.description,
        )
        version = TemplateVersion.objects.create(
            template=template,
            seq=1,
            slots=[slot.model_dump(mode="json") for slot in source.slots],
            blanks=[blank.model_dump(mode="json") for blank in source.blanks],
            terms=source.terms.model_dump(mode="json"),
        )
        create_all(
            [
                TemplateClause(
                    version=version,
                    position=position,
                    key=clause.key,
                    kind=clause.kind,
                    heading=clause.heading,
                    body=clause.body,
                    bindings=list(clause.bindings),
                    owed_by=list(clause.owed_by),
                )
                for position, clause in enumerate(source.clauses, start=1)
            ]
        )
        _record(by, template, "template_taken")
        publish(by=by, version=version)
    return template


def new_template_draft(*, by: Acting, template: Template) -> TemplateVersion:
    """A draft of the next version with the newest version's clauses."""
    _require_right(by, template)
    with transaction.atomic():
        current = lock(template)
        newest = current.versions.order_by("-seq").first()
        if newest is None or newest.state == TemplateVersion.State.DRAFT:
            raise Refused("A draft of this template is open already.")
        version = TemplateVersion.objects.create(
            template=current,
            seq=newest.seq + 1,
            slots=newest.slots,
            blanks=newest.blanks,
            terms=newest.terms,
        )
        copied = ("key", "position", "kind", "heading", "body", "bindings", "owed_by")
        create_all(
            [
                TemplateClause(
                    version=version, **{field: getattr(clause, field) for field in copied}
                )
                for clause in newest.clauses.all()
            ]
        )
        _record(by, template, "template_draft_opened", seq=version.seq)
    return version


def publish(*, by: Acting, version: TemplateVersion) -> None:
    """From now on new agreements start from this version; earlier ones stay as they are."""
    with transaction.atomic():
        current = _lock_draft(by, version)
        current.state = TemplateVersion.State.PUBLISHED
        current.published_at = clock.now()
        current.save(update_fields=["state", "published_at"])
        _record(by, current.template, "template_published", seq=current.seq)


def edit_template_clause(
    *, by: Acting, clause: TemplateClause, edit_no: int, **changes: Any
) -> TemplateClause:
    """Saves a clause of a template's draft. Raises Refused when somebody else saved it first."""
    with transaction.atomic():
        _lock_draft(by, clause.version)
        current = lock(clause)
        if current.edit_no != edit_no:
            raise Refused(
                "Somebody else saved this clause while you were editing it. Open it again in "
                "another window, compare, and put both changes into one text."
            )
        for name, value in changes.items():
            setattr(current, name, value)
        current.edit_no += 1
        current.save()
        _record(by, current.version.template, "template_clause_edited", key=current.key)
    return current


def add_template_clause(*, by: Acting, version: TemplateVersion, **fields: Any) -> TemplateClause:
    with transaction.atomic():
        draft = _lock_draft(by, version)
        keys = set(draft.clauses.values_list("key", flat=True))
        clause = TemplateClause.objects.create(
            version=draft, key=free_key(fields["heading"], keys), position=len(keys) + 1, **fields
        )
        _record(by, draft.template, "template_clause_added", key=clause.key)
    return clause


def remove_template_clause(*, by: Acting, clause: TemplateClause) -> None:
    with transaction.atomic():
        draft = _lock_draft(by, clause.version)
        _record(by, draft.template, "template_clause_removed", key=clause.key)
        clause.delete()


def move_template_clause(*, by: Acting, clause: TemplateClause, places: int) -> None:
    with transaction.atomic():
        draft = _lock_draft(by, clause.version)
        clauses = list(draft.clauses.order_by("position", "pk"))
        place = clauses.index(clause)
        moved = clauses.pop(place)
        clauses.insert(max(0, min(place + places, len(clauses))), moved)
        for position, each in enumerate(clauses, start=1):
            each.position = position
        save_all(clauses, ["position"])
        _record(by, draft.template, "template_clause_moved", key=clause.key)


def edit_template_terms(*, by: Acting, version: TemplateVersion, terms: Terms) -> None:
    with transaction.atomic():
        draft = _lock_draft(by, version)
        draft.terms = terms.model_dump(mode="json")
        draft.save(update_fields=["terms"])
        _record(by, draft.template, "template_terms_edited")


def let_edit(*, by: Acting, template: Template, user: User) -> None:
    """Lets one person of another organisation edit this template."""
    _require_own(by, template)
    with transaction.atomic():
        grant(user=user, permission=EDIT_TEMPLATE, to=template)
        _record(by, template, "template_grant", user=user.pk)


def stop_letting_edit(*, by: Acting, template: Template, user: User) -> None:
    _require_own(by, template)
    with transaction.atomic():
        take_back(user=user, permission=EDIT_TEMPLATE, to=template)
        _record(by, template, "template_grant_ended", user=user.pk)


def may_edit(acting: Acting, template: Template) -> bool:
    """Its organisation's MoU managers may, and whoever was let in."""
    own = template.organisation_id == acting.organisation_id and acting.has(Role.MANAGER)
    return (
        own
        or template.grants.filter(
            user_id=acting.user.pk, permission__codename=EDIT_TEMPLATE
        ).exists()
    )


def _require_manager(by: Acting) -> None:
    if not by.has(Role.MANAGER):
        raise NotYours("Only an MoU manager may do this.")


def _require_own(by: Acting, template: Template) -> None:
    _require_manager(by)
    if template.organisation_id != by.organisation_id:
        raise NotYours("Only the organisation that keeps this template may let people in.")


def _require_right(by: Acting, template: Template) -> None:
    if not may_edit(by, template):
        raise NotYours("Only the MoU managers of the organisation that keeps it may change it.")


def _lock_draft(by: Acting, version: TemplateVersion) -> TemplateVersion:
    _require_right(by, version.template)
    current = lock(version)
    if current.state != TemplateVersion.State.DRAFT:
        raise Refused("This version is published and no longer changes. Open a new draft.")
    return current


def _record(by: Acting, template: Template, verb: str, **data: Any) -> None:
    write_entry(
        actor=by.user, organisation_id=by.organisation_id, verb=verb, about=template, payload=data
    )
