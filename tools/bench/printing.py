"""S7: PDFs made and handed out."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse

from agreements.models import Version
from agreements.signing.pages.agreement_document import AgreementDocument
from agreements.signing.signed_copy import as_html
from documents.rendering import render
from house import clock
from tools.bench.cpu import cost_of, typical
from tools.bench.figures import Figure
from tools.bench.people import Seer

BARE = (
    "import sys, weasyprint; "
    "weasyprint.HTML(string=sys.stdin.read()).write_pdf(pdf_variant='pdf/a-3a')"
)
AGAIN_MS = 100  # a process that renders takes more than ten times as long
MOST_TIMES_BARE, MOST_TIMES_STATIC = 1.3, 3


def measure_printing(seer: Seer, *, times: int) -> Iterator[Figure]:
    """A fresh PDF, the same again, and the signed copy."""
    version = _version(seer, "frozen", "out_for_approval", "out_for_signature")
    html = as_html(AgreementDocument(version, at=clock.now()))
    bare = cost_of(lambda: _bare(html)).children
    fresh = cost_of(lambda: render(html)).children
    yield Figure(
        "S7", "fresh PDF, its process", fresh, "ms CPU",
        limit=bare, beside="WeasyPrint alone", times=MOST_TIMES_BARE,
    )  # fmt: skip
    for name, printed in (("frozen version", version), ("draft", _version(seer, "draft"))):
        yield _again(seer, name, printed)
    yield _stored(seer, times)


def _version(seer: Seer, *states: str) -> Version:
    mine = Version.objects.filter(agreement__access__organisation=seer.organisation)
    found: Version = mine.filter(state__in=states).order_by("pk")[0]
    return found


def _bare(html: str) -> None:
    subprocess.run([sys.executable, "-c", BARE], input=html.encode(), check=True)


def _again(seer: Seer, name: str, version: Version) -> Figure:
    """The second time that somebody prints a text that has not changed."""
    client = seer.client()
    address = reverse("agreements:print", args=[version.agreement.reference, version.seq])
    client.get(address)
    cost = cost_of(lambda: client.get(address))
    took = cost.total + cost.children
    return Figure("S7", f"{name} printed a second time", took, "ms CPU", goal=AGAIN_MS)


def _stored(seer: Seer, times: int) -> Figure:
    """The signed copy beside a style sheet, both through the whole portal."""
    client, version = seer.client(), _version(seer, "signed")
    address = reverse("agreements:signed_pdf", args=[version.agreement.reference])
    sheet = max(Path(settings.STATIC_ROOT).rglob("*.css"), key=lambda file: file.stat().st_size)
    static = settings.STATIC_URL + str(sheet.relative_to(settings.STATIC_ROOT))
    ours = typical(lambda: client.get(address), times=times).total
    plain = typical(lambda: _read(client.get(static)), times=times).total
    return Figure(
        "S7", "signed copy handed out", ours, "ms CPU",
        limit=plain, beside="a static file", times=MOST_TIMES_STATIC,
    )  # fmt: skip


def _read(response: Any) -> bytes:
    return b"".join(response.streaming_content)
