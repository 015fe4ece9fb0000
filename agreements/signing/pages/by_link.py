"""What somebody reads who was asked to sign by a link: the same text that everybody signs."""

from __future__ import annotations

from functools import cached_property

from agreements.core.asking_for import STILL_ASKED
from agreements.core.parties import contacts_in, parties_of
from agreements.core.rejections import rejected
from agreements.core.sides import concerned_by
from agreements.core.told import told_managers
from agreements.drafting.pages.document import contents
from agreements.models import (
    ENDED,
    DocumentVersion,
    KeyContact,
    Seal,
    Signature,
    SignatureRequest,
    Version,
)
from agreements.signing.by_link import has_left
from agreements.signing.pages.signing import wanted_in_words
from agreements.signing.services.by_link import LEFT
from agreements.versions.pages import VersionPage
from documents.models import StoredFile
from mail.links.opening import masked
from mail.models import SentLink
from nhsuk.components import IndexEntry
from nhsuk.dates import moment
from nhsuk.offers import Choices
from nhsuk.words import with_whom
from parties.acting import Acting
from parties.models import CheckedAddress, User

# Of more parties the page does not list who their contacts are.
MOST_OTHERS = 5


class LinkPage:
    """One signature that is asked by a link. It is read for the party, not for who is logged in."""

    def __init__(self, link: SentLink, asked: SignatureRequest) -> None:
        self.link, self.asked = link, asked
        self.party, self.version = asked.party, asked.version
        self.agreement = asked.version.agreement
        self._acting = Acting(user=User.objects.system(), organisation=asked.party.organisation)

    @cached_property
    def text(self) -> VersionPage:
        return VersionPage(self.version, self._acting)

    @property
    def title(self) -> str:
        return f"{self.agreement.title}, {self.agreement.reference}"

    @property
    def mou(self) -> str:
        """ "the MoU with Northern Moors Area Team"."""
        names = [p.name for p in parties_of(self.agreement) if p.pk != self.party.pk]
        return f"the MoU {with_whom(names)}"

    @property
    def sent_to(self) -> str:
        return masked(self.link.address)

    @property
    def contents(self) -> list[IndexEntry]:
        read_with = {"Associated documents": "read-with"} if self.text.read_with else {}
        names = {"Terms": "terms", **read_with, "Key contacts": "contacts"}
        names["Your signature"] = "sign"
        return contents(self.text.clauses, *(IndexEntry(*entry) for entry in names.items()))

    @property
    def wanted(self) -> list[str]:
        return wanted_in_words(self.asked)

    @property
    def may_withdraw(self) -> bool:
        """Whether the signature that was given by this link can still be withdrawn."""
        given = self.signature
        own = given is not None and given.link_id == self.link.pk
        return own and self.asked.state == "signed" and self.version.is_under_way

    @property
    def is_asked(self) -> bool:
        """Whether it is this address that is asked, and the text can still be signed."""
        address = self.asked.address
        if address is None or address.email != self.link.address:
            return False
        is_right = address.state == CheckedAddress.State.CHECKED
        return is_right and self.asked.state in STILL_ASKED and self.version.is_under_way

    @property
    def may_act(self) -> bool:
        return self.is_asked and not has_left(self.asked)

    @cached_property
    def signature(self) -> Signature | None:
        return Signature.objects.filter(request=self.asked).first()

    @property
    def what_became(self) -> str:
        """Why there is nothing to do, as a sentence or two."""
        state, label = self.asked.state, self.version.label
        if state in ENDED and self.asked.ended_at:
            what = "Your signature was" if state == "taken_back" else "What you were asked was"
            on, why = moment(self.asked.ended_at), self.asked.ended_because
            return f"{what} withdrawn at {on}: {why} Nothing is asked of you by this link."
        if self.signature and state != "void":
            signed = f"{self.signature.signed_as} signed this at {moment(self.signature.at)}."
            return f"{signed} You can close this page."
        if self.agreement.is_over:
            how = self.agreement.ended_how.rstrip(".")
            return f"Work on this MoU has ended. {how}. Nothing is asked of you."
        if state == "void" or self.version.state == Version.State.WITHDRAWN:
            because, change = self.version.withdrawn_because, self.version.change
            said = f"Version {label} was recalled: {because}"
            if change and not change.is_alive:
                return f"{said} The text in force stays as it is."
            return f"{said} When there is a new one, we write again."
        if state == "on_paper":
            return "A signature on paper is recorded. Somebody looks at the scan and confirms it."
        if has_left(self.asked):
            return LEFT.format(name=self.asked.person, party=self.party.name)
        return "Somebody else was asked to sign instead. Nothing is asked of you."

    @cached_property
    def final(self) -> StoredFile | None:
        """The final signed copy, for who signed it."""
        if self.signature is None or self.asked.state != "signed":
            return None
        seals = Seal.objects.filter(version=self.version, state=Seal.State.SEALED)
        seal = seals.select_related("file").first()
        return seal.file if seal else None

    def file_of(self, key: str) -> StoredFile | None:
        """The file of a document that the text is read with, as it stood when it got its number;
        None for any other, and for who is not asked any more."""
        printed = self.asked.version.associated_documents or ()
        sha256 = next((each["sha256"] for each in printed if each["key"] == key), "")
        if not (self.is_asked and sha256):
            return None
        rows = DocumentVersion.objects.filter(document=int(key), file__sha256=sha256)
        found = rows.select_related("file").order_by("seq").last()
        return found.file if found else None

    @cached_property
    def vacant(self) -> Choices:
        """The contact roles of the party that nobody holds."""
        held = contacts_in([self.party.pk])
        roles = self.version.typed_terms.contact_roles_of(self.party.slot)
        return [(role.key, role.label) for role in roles if (self.party.pk, role.key) not in held]

    @property
    def signatory(self) -> dict[str, str]:
        """Who is asked, as a contact is typed."""
        title = self.asked.address.job_title if self.asked.address else ""
        return {"name": self.asked.person.name, "email": self.link.address, "job_title": title}

    @cached_property
    def contact_lines(self) -> list[str]:
        """Who the key contacts are, one line each: of their own party, and of a few others."""
        others = [p for p in parties_of(self.agreement) if p.pk != self.party.pk]
        shown = [self.party, *others[:MOST_OTHERS]]
        held, terms = contacts_in(party.pk for party in shown), self.version.typed_terms
        lines = [
            f"{party.name}, {role.label}: {_holder(held.get((party.pk, role.key)))}"
            for party in shown
            for role in terms.contact_roles_of(party.slot)
        ]
        left = len(others) - MOST_OTHERS
        return [*lines, *([f"And those of {left} more parties, in the PDF."] if left > 0 else [])]

    @property
    def rejection(self) -> str:
        standings = self.text.standings
        own = next(each for each in standings if each.party.pk == self.asked.party_id)
        return rejected(own.rejection, self.party.name) if own.rejection else ""

    @property
    def told(self) -> str:
        return f"What you wrote is on record.\n{told_managers(self.agreement, self._acting)}"

    @property
    def told_of_end(self) -> str:
        only = concerned_by(self.version, self.party)
        return told_managers(self.agreement, self._acting, only)

    @property
    def thanks(self) -> str:
        """What was done, and who hears of it."""
        only = None if self.version.is_complete else concerned_by(self.version, self.party)
        told = told_managers(self.agreement, self._acting, only)
        return f"You have signed. Thank you.\n{told}"


def _holder(contact: KeyContact | None) -> str:
    return str(contact.person or contact.team) if contact else "nobody yet"
