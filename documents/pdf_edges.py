"""What stands before and after a PDF in the bytes of a file, inside the limited child process.

A file can be a PDF and another kind of file at once: what begins it, or what ends a ZIP, decides
what other programs take it for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

BEGINS: Final = b"%PDF-"
ENDS: Final = b"%%EOF"
# Where readers look for the beginning, and where they look for the end of a ZIP.
FIRST, ZIP_LAST = 1024, 66_000
ZIP_STARTS, ZIP_ENDS = b"PK\x03\x04", b"PK\x05\x06"
# Scanners put zeros there, old systems end a text with \x1a, editors begin one with a mark.
BLANK: Final = b"\0\t\n\f\r \x1a\xef\xbb\xbf"
# Programs, archives, pages of the web, pictures, office files.
OTHERS: Final = (
    b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"#!", ZIP_STARTS, ZIP_ENDS,
    b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"<", b"GIF8", b"\xff\xd8\xff", b"\x89PNG", b"RIFF",
    b"\xd0\xcf\x11\xe0", b"{\\rtf",
)  # fmt: skip
_MARKUP: Final = re.compile(rb"<(?:[!?]|/?(?:html|head|body|script|svg|iframe|img|meta)\b)", re.I)
_OF_A_PDF: Final = re.compile(rb"\d\s+obj\b|\bendobj\b|\bendstream\b")


@dataclass(frozen=True)
class Edges:
    before: bytes
    body: bytes
    after: bytes

    @property
    def other_kind(self) -> bool:
        """Whether another program would take the file for one of its own."""
        start = self.before.lstrip(BLANK)
        if start.startswith(OTHERS) or _MARKUP.search(start):
            return True
        last = (self.body[-ZIP_LAST:] + self.after)[-ZIP_LAST:]
        return ZIP_ENDS in last or self.after.lstrip(BLANK).startswith(ZIP_STARTS)

    @property
    def clean(self) -> bool:
        return not (self.before.strip(BLANK) or self.after.strip(BLANK))


def edges_of(data: bytes) -> Edges:
    """The PDF in the bytes, up to its last end; without one, or where parts of a PDF follow it,
    the file was cut off: all of it is the body then."""
    start = max(data[:FIRST].find(BEGINS), 0)
    end = data.rfind(ENDS) + len(ENDS)
    if end < len(ENDS) or _OF_A_PDF.search(data, end):
        end = len(data)
    return Edges(data[:start], data[start:end], data[end:])
