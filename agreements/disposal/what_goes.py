"""What goes of an agreement itself when it is disposed of. Later rooms say the same of theirs.

Who, for whom, when, which and yes or no stays; every word of what and why goes, but the title and
what the parties were called. Key contacts decide nothing: whole rows of them go.
"""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Exists, OuterRef, Q

from agreements import models as m
from agreements.core.goes import behind
from deadlines.models import Concerned, Deadline
from house.goes import Goes, GoesFile
from jobs.models import Job


def _file(what: str, model: Any, field: str) -> GoesFile:
    return GoesFile(what, model, field, *behind(model.TO_AGREEMENT))


def _but_own(agreement: int) -> Q:
    """Why it is disposed of stays."""
    return Q(agreement=agreement) & ~Q(kind=m.Change.Kind.DISPOSAL, state__in=m.Change.ALIVE)


def _answers_but_own(agreement: int) -> Q:
    own = Q(change__kind=m.Change.Kind.DISPOSAL, change__state__in=m.Change.ALIVE)
    return Q(change__agreement=agreement) & ~own


def _all_of_group(agreement: int) -> Q:
    """All PDFs of a group in one file: with the others anybody makes it anew."""
    lines = m.IssueLine.objects.filter(agreement=agreement)
    return Q(kind="groups.zip", context__issue__in=list(lines.values_list("issue", flat=True)))


def _before_it(agreement: int) -> Q:
    """What was said of the disposal itself stays."""
    rows = m.Change.objects.filter(agreement=agreement, kind=m.Change.Kind.DISPOSAL)
    opened = rows.filter(state__in=m.Change.ALIVE).values_list("opened_at", flat=True).first()
    return Q(agreement=agreement) & (Q(at__lt=opened) if opened else Q())


def _deadlines(agreement: int) -> Q:
    """Those that concern no other agreement that is kept: their lines on Home name what they are
    about, as an action."""
    gone = m.Agreement.objects.filter(Q(pk=agreement) | Q(state=m.Agreement.State.DISPOSED))
    kept = ~Exists(gone.filter(reference=OuterRef("reference")))
    others = Concerned.objects.filter(kept, deadline=OuterRef("pk"))
    mine = m.Agreement.objects.filter(pk=agreement).values("reference")
    about = Deadline.objects.filter(concerned__reference__in=mine)
    return Q(id__in=about.filter(~Exists(others)).values("pk"))


TEXT: Final = "Clauses and terms, in all versions and drafts"
CONTACTS: Final = "Key contacts, and who confirmed them"
REASONS: Final = "Reasons and notes with decisions, signatures and reviews"
DOCUMENTS: Final = "Titles and notes of listed documents"
CHANGES: Final = "Reasons of changes, notices, holds and answers"
HISTORY: Final = "What the history said besides who did what, and when"
FILES: Final = "Stored files"

GOES: Final = (
    Goes(TEXT, m.ClauseText, ("heading", "body", "heading_with_blanks", "body_with_blanks")),
    Goes(TEXT, m.Version, ("terms", "associated_documents", "summary", "withdrawn_because")),
    Goes(CONTACTS, m.ContactConfirmation),
    Goes(CONTACTS, m.KeyContact),
    Goes(CONTACTS, m.ContactProposal),
    Goes(CONTACTS, m.HandoverNote, ("text",)),
    Goes(REASONS, m.Approval, ("note", "changes_asked")),
    Goes(
        REASONS, m.SignatureRequest,
        ("before_approval_because", "not_ready_because", "message", "authority", "ended_because"),
    ),
    Goes(REASONS, m.PaperSignature, ("authority", "rejected_because")),
    Goes(REASONS, m.Signature, ("statement", "authority", "sent_to")),
    Goes(REASONS, m.Review, ("note", "because")),
    Goes(REASONS, m.ReviewAnswer, ("reason",)),
    Goes(REASONS, m.ByHand, ("found", "taken_back_because")),
    Goes(DOCUMENTS, m.DocumentVersion, ("title", "link", "label", "because")),
    Goes(DOCUMENTS, m.AssociatedDocument, ("ended_because",)),
    Goes(
        CHANGES, m.RegisteredCopy,
        ("ends_when", "who_signed", "who_approved", "other_days", "findings"),
    ),
    Goes(CHANGES, m.CopyChange, ("before", "after", "because", "answer")),
    Goes(CHANGES, m.Confirmation, ("reason",)),
    Goes(
        CHANGES, m.Change, ("because", "shorter_because", "discussed", "closed_because", "working"),
        of=_but_own,
    ),
    Goes(CHANGES, m.ChangeAnswer, ("reason",), of=_answers_but_own),
    Goes(CHANGES, m.Hold, ("because", "lifted_because")),
    Goes(CHANGES, m.KeptLonger, ("because",)),
    Goes(CHANGES, m.SuccessionWord, ("reason",)),
    Goes(CHANGES, m.Agreement, ("ended_how",), of=lambda pk: Q(id=pk)),
    Goes(
        CHANGES, m.IssueLine,
        ("contact_name", "contact_email", "contact_title", "blanks", "end_because"),
        of=lambda pk: Q(agreement=pk),
    ),
    Goes(HISTORY, m.Happening, ("data",), of=_before_it),
    Goes(HISTORY, m.SetUp, ("answers",), of=lambda pk: Q(agreement=pk)),
    Goes(HISTORY, m.Seal, ("problem",)),
    Goes(HISTORY, Deadline, ("line",), of=_deadlines),
    _file(FILES, m.Seal, "file"),
    _file(FILES, m.PaperSignature, "scan"),
    _file(FILES, m.RegisteredCopy, "file"),
    _file(FILES, m.DocumentVersion, "file"),
    GoesFile(FILES, Job, "file", _all_of_group, _all_of_group),
)  # fmt: skip
