"""Whether a file is a final signed copy: for the public page and the command alike.

The stored hash alone is certain, so it is asked first. Nothing is said about an agreement that
the file itself does not say; and nothing inside the file is opened.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from hashlib import sha256

from agreements.core.sides import names_in
from agreements.disposal.queries import disposal_of
from agreements.disposal.stub import said_of
from agreements.models import Agreement, RegisteredCopy, Seal, Signature, Version
from documents.checking import Inspection, NotChecked, inspect
from documents.places import PERSON, Caller
from documents.seal import SealUnavailable
from documents.storage import kept_as
from nhsuk.dates import day, moment
from nhsuk.words import and_list


class Answer(Enum):
    SEALED = "sealed"
    REGISTERED = "registered"
    CHANGED = "changed"
    NOT_KEPT = "not_kept"
    UNKNOWN = "unknown"
    UNCHECKED = "unchecked"


class SignedCopy:
    """What stands in a file that the portal sealed."""

    def __init__(self, seal: Seal) -> None:
        self.version, self.sealed_at = seal.version, seal.sealed_at
        self.agreement = seal.version.agreement
        given = Signature.objects.standing().filter(request__version=seal.version)
        by_party = given.order_by("request__party__position", "pk")
        self.signatures = list(by_party.select_related("request__party", "request__person"))
        self.names = names_in(seal.version)

    @property
    def in_force(self) -> str:
        """ "In force since 3 September 2013."; empty of a text that another has replaced."""
        since = day(self.version.holds_from)
        return "" if self.version.state == Version.State.REPLACED else f"In force since {since}."

    @property
    def signed(self) -> str:
        """ "Orla Officer on 3 September 2013 and …"."""
        return and_list(f"{each.signed_as} on {day(each.signed_on)}" for each in self.signatures)

    @property
    def signers(self) -> list[str]:
        """The same with title and party, one by one."""
        return [
            f"{each.signed_as}, {_title(each)}, for "
            f"{self.names[each.request.party.key]}{_place(each)}, signed{_how(each)} "
            f"on {day(each.signed_on)}"
            for each in self.signatures
        ]

    @property
    def replaced(self) -> str:
        """That another text holds by now, as a sentence; empty of the one in force."""
        version, now = self.version, self.agreement.in_force_version
        if version.state != Version.State.REPLACED or now is None:
            return ""
        return (
            f" Its text, version {version.label}, is not in force any more: version {now.label} "
            f"replaced it on {day(now.holds_from)}."
        )


def _title(signature: Signature) -> str:
    title = signature.request.title
    return f"for the {title}" if signature.in_place_of else title


def _place(signature: Signature) -> str:
    name, authority = signature.in_place_of, signature.authority.rstrip(".")
    return f", in the place of {name}, by authority: {authority}" if name else ""


def _how(signature: Signature) -> str:
    if signature.by_link:
        return " by a link and a code that were sent to them, without an account,"
    return " on paper" if signature.paper_id else ""


@dataclass(frozen=True)
class Finding:
    """What can be said of a file. `copy` is there for one that the portal sealed, unchanged."""

    answer: Answer
    sha256: str
    copy: SignedCopy | None = None
    # Why it could not be checked, as a sentence.
    problem: str = ""
    registered_at: datetime | None = None
    # That the portal's own copy is gone, and by whom, as a sentence.
    disposed: str = ""
    # What else is kept of a registered file that was damaged or locked, as a sentence.
    beside: str = ""

    @property
    def sentence(self) -> str:
        if self.disposed and self.copy:
            return (
                f"This was the final signed copy of {self.copy.agreement.title} "
                f"({self.copy.agreement.reference}), unchanged. {self.disposed}"
            )
        if self.copy:
            return (
                f"This is the final signed copy of {self.copy.agreement.title} "
                f"({self.copy.agreement.reference}), signed by {self.copy.signed}, unchanged."
                f"{self.copy.replaced}"
            )
        if self.answer is Answer.REGISTERED:
            return (
                f"This file was registered at {moment(self.registered_at)} as a signed MoU. The "
                f"portal did not seal it.{self.beside}{self.disposed and f' {self.disposed}'}"
            )
        return self.problem or _SENTENCES[self.answer]


_SENTENCES = {
    Answer.CHANGED: "This file was changed after it was sealed.",
    Answer.UNKNOWN: "This file is not one that this portal sealed.",
    Answer.NOT_KEPT: "This file carries the seal of this portal, which does not keep this file.",
}
OF_COPY = " It is a copy that the portal made of a damaged or locked file, which is kept too."
OF_ORIGINAL = " It is damaged or locked: beside it the portal keeps a copy that is neither."
NO_CERTIFICATE = "The portal cannot read its own certificate, so it did not check this."


def check_file(data: bytes, *, caller: Caller = PERSON) -> Finding:
    """Looks at any bytes at all. Never raises because of what they are."""
    fingerprint = sha256(data).hexdigest()
    seal = (
        Seal.objects.filter(state=Seal.State.SEALED, file__sha256=fingerprint)
        .select_related("version__agreement")
        .first()
    )
    if seal is not None:
        copy = SignedCopy(seal)
        return Finding(Answer.SEALED, fingerprint, copy=copy, disposed=_disposed(copy.agreement))
    if files := kept_as(fingerprint):
        related = ("file__repair", "agreement")
        rows = RegisteredCopy.objects.filter(file__in=files).select_related(*related)
        if registered := rows.first():
            return _registered(fingerprint, registered)
    try:
        found = inspect(data, caller=caller)
    except SealUnavailable:
        return Finding(Answer.UNCHECKED, fingerprint, problem=NO_CERTIFICATE)
    except NotChecked as check:
        return Finding(Answer.UNCHECKED, fingerprint, problem=check.sentence)
    return Finding(_answer(found), fingerprint)


def _registered(fingerprint: str, copy: RegisteredCopy) -> Finding:
    beside, disposed = "", _disposed(copy.agreement)
    if copy.file.copy_of and not disposed:
        beside = OF_COPY if copy.file.sha256 == fingerprint else OF_ORIGINAL
    return Finding(
        Answer.REGISTERED, fingerprint, registered_at=copy.recorded_at, beside=beside,
        disposed=disposed,
    )  # fmt: skip


def _disposed(agreement: Agreement) -> str:
    """That the portal has its copy no more; empty of one that it keeps."""
    if not agreement.is_disposed:
        return ""
    said = said_of(disposal_of(agreement))
    return f"The portal's copy was {said[:1].lower()}{said[1:]}"


def _answer(found: Inspection) -> Answer:
    """Of a file that is not stored, as every sealed one is.

    Where the seal holds all the same, some bits beside it were changed, that no signature covers;
    or the copy was sealed after the back-up was made that the portal was restored from.
    """
    if found.sealed:
        return Answer.NOT_KEPT
    return Answer.CHANGED if found.changed else Answer.UNKNOWN
