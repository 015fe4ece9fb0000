"""Puts the signature into a prepared PDF. `documents.seal` is the way in."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any, Final

from asn1crypto import keys, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from documents.conformance import SEAL_FIELD

# What a signature takes beside its certificate, in bytes, with some to spare.
WRAPPING: Final = 1024


def sign(pdf: bytes, *, certificate: bytes, key: bytes, reason: str, at: datetime) -> bytes:
    """The PDF with a certifying PAdES signature that allows no change at all."""
    signer = SimpleSigner(
        signing_cert=x509.Certificate.load(certificate),
        signing_key=keys.PrivateKeyInfo.load(key),
        cert_registry=SimpleCertificateStore(),
    )
    # In hexadecimal digits. pyHanko's own estimate differs from one signature to the next.
    room = 2 * (len(certificate) + WRAPPING)
    output = BytesIO()
    _Sealer(_wanted(reason), signer, at).sign_pdf(
        _Writer(BytesIO(pdf)), existing_fields_only=True, bytes_reserved=room, output=output
    )
    return output.getvalue()


def _wanted(reason: str) -> PdfSignatureMetadata:
    return PdfSignatureMetadata(
        field_name=SEAL_FIELD,
        md_algorithm="sha256",
        reason=reason,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        subfilter=SigSeedSubFilter.PADES,
    )


class _Sealer(PdfSigner):
    """Takes the time from the portal's clock, not from the machine's."""

    def __init__(self, wanted: PdfSignatureMetadata, signer: SimpleSigner, at: datetime) -> None:
        super().__init__(wanted, signer)
        self.at = at

    def init_signing_session(self, *args: Any, **kwargs: Any) -> Any:
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self.at
        return session


class _Writer(IncrementalPdfFileWriter):
    """Leaves the metadata alone: written anew, it would lose what says PDF/UA."""

    def _update_meta(self) -> None:
        return
