from agreements.models.agreement import AGREEMENT_LIFECYCLE, Access, Agreement, OtherParty
from agreements.models.approvals import APPROVES, CARRIES, Approval
from agreements.models.associated import AssociatedDocument, DocumentVersion
from agreements.models.by_hand import ByHand
from agreements.models.changes import CHANGE_LIFECYCLE, Change, ChangeAnswer
from agreements.models.contacts import ContactConfirmation, KeyContact
from agreements.models.data_sharing import DataSharing, DataSharingEntry, DataSharingWord
from agreements.models.emails import EmailWord, SavedEmail, TakesEmails, takers
from agreements.models.group_decisions import IssueDecision, IssueNews
from agreements.models.group_lines import MOST_LINES, IssueLine
from agreements.models.groups import Issue, IssueShare
from agreements.models.handover import HandoverNote
from agreements.models.happenings import Counter, Happening, SetUp
from agreements.models.inbound_emails import INBOUND_LIFECYCLE, InboundEmail
from agreements.models.parties import (
    Party,
    PartySpell,
    read_holders,
    read_parties,
    spells_today,
)
from agreements.models.planning import PlannedBack
from agreements.models.proposals import ContactProposal
from agreements.models.retention import Disposal, Hold, KeptLonger
from agreements.models.seals import Seal
from agreements.models.shared_facts import (
    COPY_CHANGE_LIFECYCLE,
    Confirmation,
    CopyChange,
    RegisteredCopy,
    Review,
    ReviewAnswer,
)
from agreements.models.signature_requests import ENDED, SIGNATURE_LIFECYCLE, SignatureRequest
from agreements.models.signatures import PAPER_LIFECYCLE, PaperSignature, Signature
from agreements.models.successions import SuccessionMove, SuccessionWord
from agreements.models.templates import (
    EDIT_TEMPLATE,
    Template,
    TemplateClause,
    TemplateGrant,
    TemplateShare,
    TemplateVersion,
)
from agreements.models.texts import ClauseKind
from agreements.models.versions import VERSION_LIFECYCLE, Clause, ClauseText, Version
