from __future__ import annotations

from agreements.models import TemplateVersion
from parties.acting import Acting


def newest_published(acting: Acting) -> list[TemplateVersion]:
    """The newest published version of each template that the reader may use, by name."""
    versions = TemplateVersion.objects.visible_to(acting).published().select_related("template")
    newest = {version.template_id: version for version in versions.order_by("seq")}
    return sorted(newest.values(), key=lambda version: version.template.name.casefold())
