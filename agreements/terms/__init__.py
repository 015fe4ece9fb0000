"""The typed terms of an agreement: what they are, and how they are stored and read."""

from agreements.terms.figures import ABOUT, FIGURES, Figure, Sides, in_words
from agreements.terms.model import (
    CONTACTS_CONFIRMED_MONTHS,
    MANAGER_ROLE,
    ApprovalRoute,
    Blank,
    ContactRole,
    Frozen,
    Key,
    Label,
    LeadTimes,
    Level,
    Meetings,
    ReviewTerm,
    Signatory,
    Slot,
    Source,
    Terms,
    each_of,
    keys_of,
    number_in,
    party_key,
    role_called,
    side_in,
)
from agreements.terms.stored import (
    FORMAT,
    MONTHS_STORED_AS,
    as_stored,
    read_blank,
    read_slot,
    read_terms,
)
