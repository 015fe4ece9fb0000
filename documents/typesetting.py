"""HTML to PDF, inside the limited child process (`documents.rendering` is the way in)."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

from weasyprint import DEFAULT_OPTIONS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from documents.conformance import conform

HERE: Final = Path(__file__).resolve().parent
FONTS: Final = HERE.parent / "static" / "built" / "fonts"
STYLE: Final = HERE / "print"
SCHEME: Final = "asset:"
OPTIONS: Final = {**DEFAULT_OPTIONS, "pdf_variant": "pdf/a-3a", "pdf_version": "1.7"}
TYPES: Final = {".css": "text/css", ".ttf": "font/ttf"}


class Assets(URLFetcher):
    """Gives the print style sheet and the fonts by name, and refuses everything else.

    Nothing is ever asked of the network or of the disk: a name that is not in one of the two
    folders' listings is not there.
    """

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self.files = {path.name: path for path in (*STYLE.glob("*.css"), *FONTS.glob("*.ttf"))}

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # noqa: ARG002
        path = self.files.get(unquote(url.removeprefix(SCHEME)))
        if path is None or not url.startswith(SCHEME):
            raise ValueError(f"Not an asset of the print style: {url[:80]}")
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": TYPES[path.suffix]})


def answer(data: dict[str, Any], files: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """The first file is the HTML, the others are the attachments that `data` describes."""
    html, *contents = files
    source = HTML(string=html.decode(), url_fetcher=Assets(), base_url=SCHEME)
    document = source.render(font_config=FontConfiguration(), **OPTIONS)
    # What <link rel=attachment> asks for is not even looked at.
    document.metadata.attachments = []
    pdf = document.write_pdf(**OPTIONS)
    attachments = zip(data["attachments"], contents, strict=True)
    return {}, [conform(pdf, list(attachments), _date(document.metadata.created))]


def _date(created: str | None) -> datetime:
    """The date that the page gives itself (dcterms.created), or the fixed one of the build."""
    if created is None:
        return datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC)
    return datetime.fromisoformat(created).astimezone(UTC)
