"""What a PDF that somebody uploads may hold, inside the limited child process.

`documents.uploads` is the way in. The answer is a reason for refusing, or nothing; of a file that
is damaged or locked, a copy that is neither comes along with what was wrong (`pdf_repair`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from pikepdf import Array, Dictionary, Object, Pdf, Stream

from documents import pdf_lists

MOST_PAGES: Final = 2000


def reason_against(document: Pdf) -> str | None:
    """ "empty", "pages", or what is on no list (`pdf_lists`); None for an ordinary document.

    Looks at all that the file holds, so it may raise whatever a damaged one raises.
    """
    pages = len(document.pages)
    if pages == 0:
        return "empty"
    if pages > MOST_PAGES:
        return "pages"
    for thing in things_in(document):
        if reason := pdf_lists.against(thing):
            return reason
    return pdf_lists.against_catalog(document.Root)


def things_in(document: Pdf) -> Iterator[Any]:
    """Every dictionary and stream in the file, whether anything leads to it or not."""
    waiting: list[Object] = [document.trailer, *document.objects]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Dictionary | Stream):
            yield each
            inner = [each[key] for key in each.keys()]  # noqa: SIM118 (a stream is no mapping)
        elif isinstance(each, Array):
            inner = list(each)
        else:
            continue
        # What has a number of its own is in the list already.
        waiting += [one for one in inner if isinstance(one, Object) and not one.is_indirect]
