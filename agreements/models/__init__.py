from agreements.models.agreement import AGREEMENT_LIFECYCLE, Access, Agreement
from agreements.models.approvals import APPROVES, Approval
from agreements.models.contacts import ContactConfirmation, KeyContact
from agreements.models.happenings import Counter, Happening, SetUp
from agreements.models.kinds import ClauseKind
from agreements.models.parties import (
    Party,
    PartySpell,
    read_holders,
    read_parties,
    spells_today,
)
from agreements.models.reviews import Review, ReviewAnswer
from agreements.models.signatures import (
    PAPER_LIFECYCLE,
    SIGNATURE_LIFECYCLE,
    Confirmation,
    PaperSignature,
    RegisteredCopy,
    Seal,
    Signature,
    SignatureRequest,
)
from agreements.models.templates import (
    EDIT_TEMPLATE,
    Template,
    TemplateClause,
    TemplateGrant,
    TemplateVersion,
)
from agreements.models.versions import VERSION_LIFECYCLE, Clause, ClauseText, Version

__all__ = [
    "AGREEMENT_LIFECYCLE",
    "APPROVES",
    "EDIT_TEMPLATE",
    "PAPER_LIFECYCLE",
    "SIGNATURE_LIFECYCLE",
    "VERSION_LIFECYCLE",
    "Access",
    "Agreement",
    "Approval",
    "Clause",
    "ClauseKind",
    "ClauseText",
    "Confirmation",
    "ContactConfirmation",
    "Counter",
    "Happening",
    "KeyContact",
    "PaperSignature",
    "Party",
    "PartySpell",
    "RegisteredCopy",
    "Review",
    "ReviewAnswer",
    "Seal",
    "SetUp",
    "Signature",
    "SignatureRequest",
    "Template",
    "TemplateClause",
    "TemplateGrant",
    "TemplateVersion",
    "Version",
    "read_holders",
    "read_parties",
    "spells_today",
]
