"""A template made in the portal, from nothing or as a copy, and what each is called."""

from __future__ import annotations

from django.db import transaction
from django.utils.text import slugify

from agreements.drafting.rules import free_key
from agreements.library import library
from agreements.models import Template, TemplateVersion
from agreements.templates.services.keeping import open_version
from agreements.templates.services.people import require_manager, require_right
from agreements.terms import Terms
from audit.services import record
from house.lifecycle import lock
from house.refusals import Refused
from parties.acting import Acting
from parties.models import Organisation


def make_template(*, by: Acting, name: str, description: str = "") -> TemplateVersion:
    """A template of one's own organisation with an empty draft: no side, no blank, no clause."""
    require_manager(by)
    with transaction.atomic():
        template = new_template(by, name, description)
        version = open_version(template, 1, (), Terms())
        record(by, "template_made", template)
    return version


def copy_template(
    *, by: Acting, version: TemplateVersion, name: str, description: str = ""
) -> TemplateVersion:
    """One's own template with the sides, blanks, terms and clauses of this version, as a draft."""
    require_manager(by)
    with transaction.atomic():
        template = new_template(by, name, description)
        copy = open_version(
            template,
            1,
            version.clauses.all(),
            version.typed_terms,
            slots=version.slots,
            blanks=version.blanks,
        )
        record(by, "template_copied", template, source=version.template_id, seq=version.seq)
    return copy


def new_template(by: Acting, name: str, description: str) -> Template:
    """The row alone, in the caller's transaction. Raises Refused where the name is taken."""
    # Locked: two managers who use one name at once are told.
    organisation = lock(by.on_behalf_of)
    require_free_name(organisation, name)
    # One that comes with the portal keeps its key: it can still be taken.
    taken = {*organisation.templates.values_list("key", flat=True), *library()}
    key = free_key(slugify(name)[:70] or "template", taken)
    return Template.objects.create(
        organisation=organisation, key=key, name=name, description=description
    )


def describe(*, by: Acting, template: Template, name: str, description: str) -> None:
    """What the template is called and is for, from now on. Its history keeps what it was."""
    require_right(by, template)
    with transaction.atomic():
        require_free_name(lock(template.organisation), name, but=template.pk)
        current = lock(template)
        current.name, current.description = name, description
        current.save(update_fields=["name", "description"])
        record(by, "template_described", current)


def require_free_name(organisation: Organisation, name: str, but: int = 0) -> None:
    """Raises Refused where another of the organisation's templates, not `but`, is called this."""
    if organisation.templates.filter(name__iexact=name).exclude(pk=but).exists():
        raise Refused(
            "Your organisation has a template of this name already. Choose another name.",
            field="name",
        )
