"""Whether a file is a final signed copy: for the public page and the command alike.

The stored hash alone is certain, so it is asked first. Nothing is said about an agreement that
the file itself does not say; and nothing inside the file is opened.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from hashlib import sha256

from agreements.models import RegisteredCopy, Seal, Signature
from documents.certificates import SealUnavailable
from documents.checking import inspect
from nhsuk.dates import day, moment
from nhsuk.words import and_list


class Answer(Enum):
    SEALED = "sealed"
    REGISTERED = "registered"
    CHANGED = "changed"
    UNKNOWN = "unknown"
    UNCHECKED = "unchecked"


@dataclass(frozen=True)
class SignedCopy:
    """What stands in the file that the portal sealed."""

    reference: str
    title: str
    version: str
    parties: tuple[str, ...]
    # "Orla Officer on 3 September 2013", and the same with title and party.
    signed: tuple[str, ...]
    signers: tuple[str, ...]
    start: str
    sealed_at: datetime | None


@dataclass(frozen=True)
class Finding:
    """What can be said of a file. `copy` is there for one that the portal sealed, unchanged."""

    answer: Answer
    sha256: str
    copy: SignedCopy | None = None
    registered_at: datetime | None = None
    sealed_at: datetime | None = None

    @property
    def is_good(self) -> bool:
        """Whether the file is what somebody signed, as far as the portal can say."""
        return self.answer is Answer.SEALED

    @property
    def sentence(self) -> str:
        if self.copy:
            return (
                f"This is the final signed copy of {self.copy.title} ({self.copy.reference}), "
                f"signed by {and_list(self.copy.signed)}, unchanged."
            )
        if self.answer is Answer.REGISTERED:
            return (
                f"This file was registered at {moment(self.registered_at)} as a signed MoU. The "
                "portal did not seal it."
            )
        return _SENTENCES[self.answer]


_SENTENCES = {
    Answer.CHANGED: "This file was changed after it was sealed.",
    Answer.UNKNOWN: "This file is not one that this portal sealed.",
    Answer.UNCHECKED: "The portal cannot read its own certificate, so it did not check this.",
}


def check_file(data: bytes) -> Finding:
    """Looks at any bytes at all. Never raises because of what they are."""
    fingerprint = sha256(data).hexdigest()
    seal = (
        Seal.objects.filter(state=Seal.State.SEALED, file__sha256=fingerprint)
        .select_related("version__agreement")
        .first()
    )
    if seal is not None:
        return Finding(Answer.SEALED, fingerprint, copy=_copy(seal), sealed_at=seal.sealed_at)
    registered = RegisteredCopy.objects.filter(file__sha256=fingerprint).first()
    if registered is not None:
        at = registered.recorded_at
        return Finding(Answer.REGISTERED, fingerprint, registered_at=at)
    return _unknown(data, fingerprint)


def _unknown(data: bytes, fingerprint: str) -> Finding:
    """No file that the portal knows: whether it carries the seal all the same."""
    try:
        found = inspect(data)
    except SealUnavailable:
        return Finding(Answer.UNCHECKED, fingerprint)
    # Every sealed file is stored. One with the seal that is not among them is not what was sealed,
    # even where the change is in bytes that no signature covers.
    answer = Answer.CHANGED if found.ours else Answer.UNKNOWN
    return Finding(answer, fingerprint)


def _copy(seal: Seal) -> SignedCopy:
    version = seal.version
    signatures = (
        Signature.objects.filter(request__version=version)
        .select_related("request__party")
        .order_by("request__party__position", "pk")
    )
    names = {each["slot"]: each["name"] for each in version.party_names}
    before = version.label_before_signature
    return SignedCopy(
        reference=version.agreement.reference,
        title=version.agreement.title,
        version=f"Version {version.label}, approved as {before}",
        parties=tuple(each["name"] for each in version.party_names),
        signed=tuple(f"{s.typed_name} on {day(s.signed_on)}" for s in signatures),
        signers=tuple(_signer(each, names) for each in signatures),
        start=day(max(each.signed_on for each in signatures)),
        sealed_at=seal.sealed_at,
    )


def _signer(signature: Signature, names: dict[str, str]) -> str:
    request = signature.request
    how = " on paper" if signature.paper_id else ""
    return (
        f"{signature.typed_name}, {request.title}, for {names[request.party.slot]}, "
        f"signed{how} on {day(signature.signed_on)}"
    )
