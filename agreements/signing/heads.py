"""The head of the audit that each signed copy carries, written and read again.

It stands in the reason of the seal: there it is never compressed, so that reading it opens no PDF.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from agreements.models import Seal
from audit.heads import Noted
from audit.models import Link
from documents.storage import FileDamaged, read

_REASON: Final = re.compile(rb"/Reason \(((?:[^()\\]|\\.)*)\)", re.DOTALL)
_OCTAL: Final = re.compile(rb"\\([0-3][0-7]{2})")
_HEAD: Final = re.compile(rb"Audit: link (\d{1,18}), ([0-9a-f]{64})$")


def with_head(reason: str, newest: Link | None) -> str:
    return f"{reason}. Audit: link {newest.seq}, {newest.hash}" if newest else reason


def head_in(pdf: bytes, *, where: str) -> Noted | None:
    """What a signed copy noted; None for one from before, or one that is no signed copy."""
    reasons = _REASON.findall(pdf)
    # The seal comes last: a title may look like one.
    found = _HEAD.search(_OCTAL.sub(_letter, reasons[-1])) if reasons else None
    return Noted(int(found[1]), found[2].decode(), where) if found else None


def _letter(octal: re.Match[bytes]) -> bytes:
    return bytes([int(octal[1], 8)])


def heads_in_copies() -> Iterator[Noted | str]:
    """Of each stored signed copy its head, or a sentence on why there is none."""
    kept = Seal.objects.filter(state=Seal.State.SEALED, file__removal=None)
    sealed = kept.select_related("file", "version__agreement")
    for seal in sealed.order_by("pk").iterator(chunk_size=500):
        assert seal.file  # noqa: S101 - a constraint holds it
        where = f"the signed copy of {seal.version.agreement.reference}"
        try:
            head = head_in(read(seal.file), where=where)
        except (FileDamaged, OSError) as problem:
            yield f"Not read: {where}. {problem}"
            continue
        yield head or f"No head in {where}."
