"""A version about which parties decide: its pages, how it stands by now, and what is printed."""

from __future__ import annotations

from agreements.models import Version
from agreements.signing.pages.agreement_document import AgreementDocument
from agreements.signing.signed_copy import as_html
from house import clock


def page_of(version: Version, path: str = "") -> str:
    return f"/agreements/{version.agreement.reference}/versions/{version.seq}/{path}"


def as_it_is(version: Version) -> Version:
    """Read anew."""
    return Version.objects.select_related("agreement").get(pk=version.pk)


def as_printed(version: Version) -> str:
    return as_html(AgreementDocument(as_it_is(version), at=clock.now()))
