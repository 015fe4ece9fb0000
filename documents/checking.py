"""Whether a file is one that this portal sealed, and whether it is as it was.

The caller compares `Inspection.sha256` with the stored files first: that alone is certain. What
the signature says comes second, for a file that is not among them: some bits around a signature
belong to nothing that is signed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from documents.limited import BUSY, MEGABYTE, Limits, Stopped, run
from documents.places import PERSON, STRANGER, Caller
from documents.seal import certificates

LIMITS: Final = Limits(memory=512 * MEGABYTE, cpu=10, wall=20, answer=MEGABYTE)
# A look takes a third of a second of work, and longer by the clock where pages are made meanwhile.
FOR_STRANGERS: Final = Limits(memory=512 * MEGABYTE, cpu=2, wall=10, answer=MEGABYTE)
LARGEST: Final = 50 * MEGABYTE


NOT_KEPT: Final = "It is not one of the files that the portal keeps."
SENTENCES: Final = {
    "busy": BUSY,
    "not now": f"This file could not be checked just now. {NOT_KEPT} Try again in a minute.",
    "too much": f"This file could not be checked: that takes too much work. {NOT_KEPT}",
}


class NotChecked(Exception):
    """Nothing can be said of the file: the look at it did not come to its end.

    `sentence` is for the person who asked; `passing` says whether to try again may help.
    """

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.sentence, self.passing = SENTENCES[key], key != "too much"


@dataclass(frozen=True)
class Inspection:
    """What can be said of a file. Believe `sealed_at` only where `sealed` is true."""

    sha256: str
    readable: bool = False  # as a PDF
    signed: bool = False  # by anybody
    ours: bool = False  # it names a certificate of this portal, rightly or not
    intact: bool = False  # the signature is by that certificate, over the bytes it covers
    whole: bool = False  # it covers the entire file, and is the only one
    sealed_at: datetime | None = None

    @property
    def sealed(self) -> bool:
        """As far as the signature can tell, these are the bytes that the portal sealed."""
        return self.ours and self.intact and self.whole

    @property
    def changed(self) -> bool:
        """It carries the portal's seal, and is not what was sealed."""
        return self.ours and not self.sealed


def inspect(pdf: bytes, *, caller: Caller = PERSON) -> Inspection:
    """Looks at any bytes at all, within limits.

    Half a second for a file with a certificate of ours inside, next to nothing for any other.
    Raises NotChecked, and SealUnavailable when the portal's own certificate cannot be read.
    """
    fingerprint = sha256(pdf).hexdigest()
    ours = certificates()
    if not _holds_one_of(ours, pdf):
        signed = b"/ByteRange" in pdf
        return Inspection(fingerprint, readable=b"%PDF-" in pdf[:1024], signed=signed)
    if len(pdf) > LARGEST:
        raise NotChecked("too much")
    limits = FOR_STRANGERS if caller is STRANGER else LIMITS
    try:
        found, _ = run("inspect", {}, [pdf, *ours], limits, caller=caller)
    except Stopped as stop:
        raise NotChecked(_key_of(stop)) from stop
    return _inspection(fingerprint, found)


def _key_of(stop: Stopped) -> str:
    if stop.why == "busy":
        return "busy"
    return "not now" if stop.passing else "too much"


def _holds_one_of(certificates: list[bytes], pdf: bytes) -> bool:
    """As a signature holds it, which can never be compressed: in hexadecimal, spaces or not."""
    packed = pdf.translate(None, b" \t\r\n\f\0").upper()
    return any(each.hex().upper().encode() in packed or each in pdf for each in certificates)


def _inspection(fingerprint: str, found: dict[str, Any]) -> Inspection:
    if not found.get("signed"):
        # Our certificate is in it, but no signature that can be read: the file was cut off or torn.
        found["ours"] = True
    at = found.pop("sealed_at", None)
    return Inspection(fingerprint, **found, sealed_at=datetime.fromisoformat(at) if at else None)
