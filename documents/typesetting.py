"""HTML to PDF, inside the limited child process (`documents.rendering` is the way in)."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

from weasyprint import CSS, DEFAULT_OPTIONS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from documents.boxes import continuing, noting
from documents.conformance import conform
from documents.letters import FONTS, faces_of, missing_in, scripts_in

HERE: Final = Path(__file__).resolve().parent
STYLE: Final = HERE / "print"
SCHEME: Final = "asset:"
OPTIONS: Final = {
    **DEFAULT_OPTIONS,
    "pdf_variant": "pdf/a-3a",
    "pdf_version": "1.7",
    "presentational_hints": True,  # the number that an item of a list was given: <li value=4>
}
TYPES: Final = {".css": "text/css", ".ttf": "font/ttf"}


class Assets(URLFetcher):
    """Gives the print style sheet and the fonts by name, and refuses everything else.

    Nothing is ever asked of the network or of the disk: a name that is not in one of the two
    folders' listings is not there.
    """

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self.files = {path.name: path for path in (*STYLE.glob("*.css"), *FONTS.glob("*.ttf"))}

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        path = self.files.get(unquote(url.removeprefix(SCHEME)))
        if path is None or not url.startswith(SCHEME):
            raise ValueError(f"Not an asset of the print style: {url[:80]}")
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": TYPES[path.suffix]})


def answer(data: dict[str, Any], files: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """The first files are so many `tries`, HTML; the others the attachments that `data` describes.

    What is printed is the first of the tries that has no more than `most_pages`, where that is
    said; where none has, there is no file.
    """
    tries, most = data.get("tries", 1), data.get("most_pages")
    # Here and not in the page: without a single font Pango does not complain, it crashes.
    pages = [_printable(html.decode()) for html in files[:tries]]
    assets, fonts = Assets(), FontConfiguration()
    style = CSS(url=f"{SCHEME}print.css", url_fetcher=assets, font_config=fonts)
    scripts = scripts_in("".join(pages))
    names = CSS(string=faces_of(scripts), url_fetcher=assets, font_config=fonts)
    for page in pages:
        source = HTML(string=page, url_fetcher=assets, base_url=SCHEME)
        document = source.render(font_config=fonts, **OPTIONS | {"stylesheets": [style, names]})
        if most is None or len(document.pages) <= most:
            break
    else:
        return {}, []
    # What <link rel=attachment> asks for is not even looked at.
    document.metadata.attachments = []
    goes_on = continuing(document)
    with noting() as spoken:
        pdf = document.write_pdf(**OPTIONS)
    attachments = list(zip(data["attachments"], files[tries:], strict=True))
    at = _date(document.metadata.created)
    return {}, [conform(pdf, attachments, at, going_on=goes_on, spoken=spoken)]


def _printable(html: str) -> str:
    """The page with the replacement character for what no print font can show.

    An empty box in its place would break PDF/A and PDF/UA, and leave the whole agreement
    unsealed for one smiley.
    """
    missing = dict.fromkeys(map(ord, missing_in(html)), "\N{REPLACEMENT CHARACTER}")
    return html.translate(missing)


def _date(created: str | None) -> datetime:
    """The date that the page gives itself (dcterms.created), or the fixed one of the build."""
    if created is None:
        return datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC)
    return datetime.fromisoformat(created).astimezone(UTC)
