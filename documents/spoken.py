"""What each piece of a page says, beside the glyphs that show it.

WeasyPrint tells of each glyph which letters it stands for. In the scripts of India and Thailand
letters change places and melt together, so that one glyph stands for several things, and some for
nothing: copied or read aloud, a name comes out as another. There the text itself goes along, as
the replacement (ActualText) of what is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final
from unicodedata import bidirectional, category

import weasyprint.pdf as writer
from pikepdf import Pdf, Stream
from weasyprint.formatting_structure.boxes import TextBox

Spoken = Sequence[dict[int, str]]  # for each page: number of marked content -> its text
# A glyph that stands for nothing. Both validators want something, and this is not seen or heard.
NOTHING: Final = re.compile(rb"(<[0-9a-f]{4}>) <>")
MARKED: Final = re.compile(rb"/Span\s+<</MCID (\d+)>>\s+BDC")
MARKS: Final = ("Mn", "Mc")


@contextmanager
def noting() -> Iterator[list[dict[int, str]]]:
    """While a document is written: the texts of its pages that glyphs alone do not tell."""
    noted: list[dict[int, str]] = []
    add_tags = writer.add_tags

    def note(pdf: Any, document: Any, version: Any, streams: Any) -> None:
        for stream in streams:
            texts = {kid["mcid"]: box.text for box, kid in stream._tags.items() if _tells(box)}
            noted.append(texts)
        add_tags(pdf, document, version, streams)

    writer.add_tags = note
    try:
        yield noted
    finally:
        writer.add_tags = add_tags


def _tells(box: Any) -> bool:
    """Not of what is written from right to left: readers of PDFs turn it around themselves."""
    return (
        isinstance(box, TextBox)
        and any(category(letter) in MARKS for letter in box.text)
        and not any(bidirectional(letter) in ("R", "AL") for letter in box.text)
    )


def say(document: Pdf, spoken: Spoken) -> None:
    """Puts the texts beside their glyphs, and mends the table of glyphs."""
    for page, texts in zip(document.pages, spoken, strict=True):
        if texts:
            _say_on(page.obj.Contents, texts)
    for each in document.objects:
        if isinstance(each, Stream) and b"begincmap" in (table := _start(each)):
            each.write(NOTHING.sub(rb"\1 <200b>", table))


def _say_on(content: Any, texts: dict[int, str]) -> None:
    def with_text(found: re.Match[bytes]) -> bytes:
        text = texts.get(int(found[1]))
        if text is None:
            return found[0]
        said = f"\ufeff{text}".encode("utf-16-be").hex().encode()
        return b"/Span <</MCID %s/ActualText <%s>>> BDC" % (found[1], said)

    content.write(MARKED.sub(with_text, content.read_bytes()))


def _start(stream: Stream) -> bytes:
    return b"" if "/Subtype" in stream or "/Type" in stream else stream.read_bytes()
