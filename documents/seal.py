"""The seal: the portal's own signature, after which any change to the file shows.

It is evidence of tampering, made with the portal's key. It is not a qualified signature, and not
the signatories' own: theirs are in the record and printed on the document. Certificate and key
are made here for development, and read from PEM files.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID
from django.conf import settings

DOCUMENT_SIGNING: Final = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")
SIGNS_ONLY: Final = x509.KeyUsage(
    digital_signature=True,
    content_commitment=True,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=False,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)


class SealUnavailable(Exception):
    """The key or the certificate of the seal is missing or unfit; the message says which."""


def make_certificate(*, name: str, at: datetime, years: int = 10) -> tuple[bytes, bytes]:
    """A self-signed certificate for sealing, valid from `at`, and its P-256 key: both PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at)
        .not_valid_after(at + timedelta(days=365 * years))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(SIGNS_ONLY, critical=True)
        .add_extension(x509.ExtendedKeyUsage([DOCUMENT_SIGNING]), critical=False)
        .sign(key, SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return certificate.public_bytes(Encoding.PEM), private


def certificates() -> list[bytes]:
    """Those in settings.SEAL_CERTIFICATE, as DER: the present one, then those before it.

    A new certificate goes first in the file and the former ones stay behind it, so that what
    they sealed is still known as ours. Raises SealUnavailable.
    """
    path = Path(settings.SEAL_CERTIFICATE)
    try:
        found = x509.load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError) as error:
        raise SealUnavailable(f"The certificate of the seal cannot be read: {path}.") from error
    return [each.public_bytes(Encoding.DER) for each in found]


def private_key() -> bytes:
    """The key in settings.SEAL_KEY, as DER. Raises SealUnavailable."""
    path = Path(settings.SEAL_KEY)
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise SealUnavailable(f"The key of the seal cannot be read: {path}.") from error
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


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
