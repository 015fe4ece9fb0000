"""What became of the template since a draft began from it. The draft stays as it is (A01)."""

from __future__ import annotations

from typing import NamedTuple

from django.urls import reverse

from agreements.models import Agreement, TemplateVersion
from nhsuk.components import Link
from nhsuk.dates import day
from parties.acting import Acting


class SinceThen(NamedTuple):
    sentence: str
    link: Link


def since_then(agreement: Agreement, acting: Acting) -> SinceThen | None:
    """That a newer version exists, or that its own was withdrawn; None where neither is so, and
    for whoever may not use the template (one query)."""
    began = agreement.template_version
    seen = TemplateVersion.objects.visible_to(acting).exclude(state=TemplateVersion.State.DRAFT)
    rows = seen.filter(template=began.template_id, seq__gte=began.seq).select_related("template")
    versions = list(rows.order_by("-seq"))
    newest = next((each for each in versions if each.is_published and each.seq > began.seq), None)
    own = next((each for each in versions if each.pk == began.pk), None)
    if newest is None and (own is None or not own.withdrawn_at):
        return None
    said = _said(began, own, newest)
    page = reverse("templates:template", args=[began.template_id])
    return SinceThen(said, Link("Read the template", page))


def _said(
    began: TemplateVersion, own: TemplateVersion | None, newest: TemplateVersion | None
) -> str:
    said = [f"This draft began from version {began.seq} of its template."]
    if own and own.withdrawn_at:
        said.append(f"That version was withdrawn on {day(own.withdrawn_at)}.")
    if newest:
        said.append(f"A newer version exists: version {newest.seq} of {day(newest.published_at)}.")
    return " ".join([*said, "This draft stays as it is."])
