"""The seal: the portal's own signature, after which any change to the file shows.

It is evidence of tampering, made with the portal's key. It is not a qualified signature, and not
the signatories' own: theirs are in the record and printed on the document.
"""

from __future__ import annotations

from datetime import datetime

from documents.certificates import (
    SealUnavailable,
    certificates,
    fingerprints,
    make_certificate,
    private_key,
)

__all__ = ["SealUnavailable", "certificate_fingerprint", "make_certificate", "require_key", "seal"]


def seal(pdf: bytes, *, reason: str, at: datetime) -> bytes:
    """The PDF, certified against any change, in the field that `prepare_for_seal` made.

    `at` is an aware instant: the time that the seal gives. Takes about 0.1 s.
    Raises SealUnavailable.
    """
    # Half a second to import: not for every command and web process that never seals.
    from documents.signing import sign

    return sign(pdf, certificate=certificates()[0], key=private_key(), reason=reason, at=at)


def require_key() -> None:
    """Raises SealUnavailable where no seal could be made now."""
    certificates()
    private_key()


def certificate_fingerprint() -> str:
    """SHA-256 of the certificate that seals now, in 64 hexadecimal digits, to be compared."""
    return fingerprints()[0]
