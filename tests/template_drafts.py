"""A template's draft, as the tests of its pages open and read it."""

from __future__ import annotations

from typing import Any

from django.test import Client

from agreements.models import TemplateClause, TemplateVersion
from agreements.templates.services.keeping import new_template_draft
from agreements.templates.services.people import let_edit
from tests.cast import Cast, acting
from tests.stages import template
from tests.typed import fields_of


def template_draft(cast: Cast) -> TemplateVersion:
    """A draft of version 2; another organisation's editor was let in."""
    kept = template(cast.area_team).template
    let_edit(by=acting(cast.manager), template=kept, user=cast.other_colleague)
    return new_template_draft(by=acting(cast.manager), template=kept)


def url(draft: TemplateVersion, path: str = "") -> str:
    return f"/templates/{draft.template_id}/versions/{draft.seq}/{path}"


def opened(client: Client, path: str) -> dict[str, Any]:
    """What the browser holds after opening a page."""
    return fields_of(client.get(path).content.decode())


def clause(draft: TemplateVersion, key: str = "meet") -> TemplateClause:
    found: TemplateClause = draft.clauses.get(key=key)
    return found


def keys(draft: TemplateVersion) -> list[str]:
    return list(draft.clauses.order_by("position").values_list("key", flat=True))
