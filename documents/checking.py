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

from documents.limited import MEGABYTE, Limits, Stopped, run
from documents.seal import certificates

LIMITS: Final = Limits(memory=512 * MEGABYTE, cpu=10, wall=20, answer=MEGABYTE)
LARGEST: Final = 50 * MEGABYTE


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


def inspect(pdf: bytes) -> Inspection:
    """Looks at any bytes at all, within limits, and never raises because of what they are.

    Half a second for a file with a signature, next to nothing for others. Raises SealUnavailable
    when the portal's own certificate cannot be read.
    """
    fingerprint = sha256(pdf).hexdigest()
    ours = certificates()
    # A signature's own entry can never be compressed.
    if b"/ByteRange" not in pdf:
        return Inspection(fingerprint, readable=b"%PDF-" in pdf[:1024])
    if len(pdf) > LARGEST:
        return Inspection(fingerprint)
    try:
        found, _ = run("inspect", {}, [pdf, *ours], LIMITS)
    except Stopped:
        return Inspection(fingerprint)
    return _inspection(fingerprint, found)


def _inspection(fingerprint: str, found: dict[str, Any]) -> Inspection:
    at = found.pop("sealed_at", None)
    return Inspection(fingerprint, **found, sealed_at=datetime.fromisoformat(at) if at else None)
