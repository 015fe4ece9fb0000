"""States of a template's versions, in words."""

from __future__ import annotations

from agreements.models import TemplateVersion
from nhsuk.components import Tag


def state_tag(version: TemplateVersion) -> Tag:
    return Tag(version.get_state_display(), "blue" if version.is_draft else "green")
