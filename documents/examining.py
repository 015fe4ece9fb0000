"""Looks for the portal's seal in any bytes at all, inside the limited child process.

`documents.checking` is the way in.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final

from asn1crypto import cms, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

TOO_MUCH: Final = (MemoryError, RecursionError)


def answer(data: dict[str, Any], files: list[bytes]) -> tuple[dict[str, Any], list[bytes]]:  # noqa: ARG001
    """The first file is the one to look at, the others are our certificates (DER)."""
    pdf, *certificates = files
    return examine(pdf, certificates), []


def examine(pdf: bytes, certificates: list[bytes]) -> dict[str, Any]:
    """What can be said of the file, as `documents.checking.Inspection` has it; the rest is not so.

    Never raises, whatever the bytes, but where they take too much: then nothing can be said.
    """
    try:
        reader = PdfFileReader(BytesIO(pdf))
        reader.root  # noqa: B018 (read here, so that a file without one is not a PDF)
    except TOO_MUCH:
        raise
    except Exception:
        return {}
    try:
        signatures = reader.embedded_signatures
    except TOO_MUCH:
        raise
    except Exception:
        return {"readable": True}
    found: dict[str, Any] = {"readable": True, "signed": bool(signatures)}
    for signature in signatures:
        if _names_one_of(certificates, signature):
            found |= {"ours": True, **_judge(pdf, signature, certificates)}
            # One seal, and nothing signed beside it.
            return found | {"whole": found.get("whole", False) and len(signatures) == 1}
    return found


def _names_one_of(certificates: list[bytes], signature: EmbeddedPdfSignature) -> bool:
    try:
        return signature.signer_cert.dump() in certificates
    except TOO_MUCH:
        raise
    except Exception:
        return False


def _judge(
    pdf: bytes, signature: EmbeddedPdfSignature, certificates: list[bytes]
) -> dict[str, Any]:
    try:
        status = validate_pdf_signature(signature, _trust(certificates), skip_diff=True)
        at = signature.self_reported_timestamp
        return {
            "intact": status.intact and status.valid and _fills_its_gap(pdf, signature),
            "whole": status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
            "sealed_at": at.isoformat() if at is not None else None,
        }
    except TOO_MUCH:
        raise
    except Exception:
        return {}


def _trust(certificates: list[bytes]) -> ValidationContext:
    """Ours alone. Whether it has run out since matters to nobody: the pin is the certificate."""
    roots = [x509.Certificate.load(each) for each in certificates]
    return ValidationContext(trust_roots=roots, allow_fetching=False)


def _fills_its_gap(pdf: bytes, signature: EmbeddedPdfSignature) -> bool:
    """Whether the bytes that no signature covers are the signature, zeros, and nothing else.

    pyHanko takes any hexadecimal there, so that 96 of 1,500 flipped bits went unseen.
    """
    _, start, end, _ = signature.byte_range
    content = signature.pkcs7_content
    signed = cms.ContentInfo.load(content).dump()
    padding = content[len(signed) :]
    return pdf[start:end] == b"<%s>" % content.hex().upper().encode() and not padding.strip(b"\0")
