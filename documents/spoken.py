"""What each piece of a page says, beside the glyphs that show it.

WeasyPrint tells of each glyph which letters it stands for. In the scripts of India and Thailand
letters change places and melt together, so that one glyph stands for several things, and some for
nothing: copied or read aloud, a name comes out as another. There the text itself goes along, as
the replacement (ActualText) of what is drawn.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from typing import Final

from pikepdf import Dictionary, Name, Object, Pdf

Spoken = Sequence[dict[int, str]]  # for each page: number of marked content -> its text
# A glyph that stands for nothing. Both validators want something, and this is not seen or heard.
NOTHING: Final = re.compile(rb"(<[0-9a-f]{4}>) <>")
MARKED: Final = re.compile(rb"/Span\s+<</MCID (\d+)>>\s+BDC")


def say(document: Pdf, spoken: Spoken) -> None:
    """Puts the texts beside their glyphs, and mends the table of glyphs."""
    for page, texts in zip(document.pages, spoken, strict=True):
        if texts:
            _say_on(page.obj.Contents, texts)
    for each in document.objects:
        if isinstance(each, Dictionary) and "/ToUnicode" in each:
            _replace(each.ToUnicode, NOTHING.sub(rb"\1 <200b>", each.ToUnicode.read_bytes()))


def _say_on(content: Object, texts: dict[int, str]) -> None:
    def with_text(found: re.Match[bytes]) -> bytes:
        text = texts.get(int(found[1]))
        if text is None:
            return found[0]
        said = f"\ufeff{text}".encode("utf-16-be").hex().encode()
        return b"/Span <</MCID %s/ActualText <%s>>> BDC" % (found[1], said)

    _replace(content, MARKED.sub(with_text, content.read_bytes()))


def _replace(stream: Object, said: bytes) -> None:
    stream.write(zlib.compress(said), filter=Name.FlateDecode)
