"""The typed terms of an agreement: what they are, and how they are stored and read."""

from agreements.terms.base import Frozen, Key, Label
from agreements.terms.figures import ABOUT, FIGURES, Figure, Sides, how_often, in_words
from agreements.terms.model import (
    CONTACTS_CONFIRMED_MONTHS,
    Blank,
    LeadTimes,
    Slot,
    Terms,
    each_of,
    keys_of,
    number_in,
    party_key,
    side_in,
)
from agreements.terms.owed import CommitmentTerm, Rhythm, commitment_in_words, often_in_words
from agreements.terms.people import (
    FIRST_ROUTE,
    MANAGER_ROLE,
    ApprovalRoute,
    ContactRole,
    Level,
    Signatory,
    role_called,
)
from agreements.terms.promised import REQUEST_KINDS, PanelSeat, Standard, how_counted
from agreements.terms.read_with import (
    LEVELS,
    Commissioning,
    ExpectedDocument,
    expected_in_words,
    levels_in_words,
)
from agreements.terms.stored import (
    FORMAT,
    MONTHS_STORED_AS,
    as_stored,
    read_blank,
    read_slot,
    read_terms,
)
from agreements.terms.times import Days, Meetings, MeetingSeries, Often, Period, ReviewTerm, Source
from agreements.terms.when import (
    end_in_words,
    first_review_on,
    review_in_words,
    start_in_words,
)
