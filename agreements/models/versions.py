from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from agreements.models.agreement import Agreement
from agreements.models.emptied import but_emptied, disposed
from agreements.models.texts import ClauseFields, ClauseStatus, TypedTerms
from agreements.models.wall import BehindTheWall, TrackedBehindTheWall
from house.lifecycle import Lifecycle, step
from house.tracked import keep_history
from house.triggers import Trigger, declare
from parties.models import Organisation


class Version(TypedTerms, models.Model):
    """The text of an agreement as it stood: its clauses, its terms, the parties' names.

    The draft is the version in state draft. Once it has a number its text never changes; a change
    is a new version. The 0.3 that was decided on and the signed 1.0 are one version that was given
    a new label.
    """

    TO_AGREEMENT = "agreement"

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        FROZEN = "frozen", "Numbered"
        OUT_FOR_APPROVAL = "out_for_approval", "Out for approval"
        OUT_FOR_SIGNATURE = "out_for_signature", "Out for signature"
        SIGNED = "signed", "Signed"
        # A later one was signed by all: it was in force until then.
        REPLACED = "replaced", "Replaced"
        WITHDRAWN = "withdrawn", "Recalled"
        # A draft whose change of the MoU came to nothing; it has no number and no hash.
        GIVEN_UP = "given_up", "Given up"

    # All have signed it.
    COMPLETE = frozenset({State.SIGNED, State.REPLACED})
    # Its text is not under way any more, and nobody signed it whole.
    CAME_TO_NOTHING = frozenset({State.WITHDRAWN, State.GIVEN_UP})

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="versions")
    seq = models.PositiveIntegerField()
    label = models.CharField(max_length=20, blank=True)
    label_before_signature = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT)
    terms = models.JSONField(default=dict)
    # [{slot, label, name, number of who shares a side}] as they were when the version was frozen.
    party_names = models.JSONField(default=list)
    # What the text is read with as it stood when the version was frozen (core/associated.py). None
    # before that, and of a version from before there were such lists.
    associated_documents = models.JSONField(null=True, blank=True, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    author_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    summary = models.CharField(max_length=300, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=500, blank=True)
    # The variation or correction whose text it is; None of the first text.
    change = models.ForeignKey(
        "Change", models.PROTECT, null=True, blank=True, related_name="versions"
    )
    # The London day from which it is in force; None before that, and of a first text from before
    # this was kept (`holds_from`).
    in_force_on = models.DateField("in force from", null=True, blank=True)
    based_on = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    objects = TrackedBehindTheWall["Version"].as_manager()
    history = keep_history()

    class Meta:
        ordering = ["agreement", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "seq"], name="version_seq_once"),
            models.UniqueConstraint(
                fields=["agreement"], condition=Q(state="draft"), name="version_one_draft"
            ),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(state__in=["frozen", "out_for_approval", "out_for_signature"]),
                name="version_one_under_way",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "given_up"], sha256="")
                | (~Q(state__in=["draft", "given_up"]) & ~Q(sha256="")),
                name="version_hash_exactly_when_numbered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement.reference}, {self.name}"

    @property
    def name(self) -> str:
        if self.state == self.State.GIVEN_UP:
            return "a draft that was given up"
        return f"version {self.label}" if self.label else "the draft"

    @property
    def formerly(self) -> str:
        """ "Formerly 0.3", where it was signed under another label; else empty."""
        before = self.label_before_signature
        return f"Formerly {before}" if before and before != self.label else ""

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def has_no_number(self) -> bool:
        """A draft, given up or not: its blanks for terms are still blanks."""
        return self.is_draft or self.state == self.State.GIVEN_UP

    @property
    def is_complete(self) -> bool:
        """Whether all have signed it, also where a later one has replaced it since."""
        return self.state in self.COMPLETE

    @property
    def holds_from(self) -> date | None:
        """The day from which its text is in force; None before all have signed it."""
        if not self.is_complete:
            return None
        return self.in_force_on or self.agreement.start_on

    @property
    def is_under_way(self) -> bool:
        return self.state in {"frozen", "out_for_approval", "out_for_signature"}

    @property
    def short_hash(self) -> str:
        return self.sha256[:12]


VERSION_LIFECYCLE = Lifecycle(
    "version",
    {
        "freeze": step("draft", to="frozen"),
        "register": step("draft", to="signed"),
        "send_for_approval": step("frozen", to="out_for_approval"),
        "open_for_signature": step(
            "frozen", "out_for_approval", "out_for_signature", to="out_for_signature"
        ),
        "sign": step("out_for_signature", to="signed"),
        "recall": step("frozen", "out_for_approval", "out_for_signature", to="withdrawn"),
        "replace": step("signed", to="replaced"),
        "give_up": step("draft", to="given_up"),
    },
)


class Clause(models.Model):
    """A clause for as long as the agreement lives; its wording is in each version's text."""

    TO_AGREEMENT = "agreement"

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="clauses")
    key = models.SlugField(max_length=80)

    objects = BehindTheWall["Clause"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "key"], name="clause_key_once")]

    def __str__(self) -> str:
        return self.key


class ClauseText(ClauseFields):
    TO_AGREEMENT = "version__agreement"

    Status = ClauseStatus

    version = models.ForeignKey(Version, models.PROTECT, related_name="texts")
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="texts")
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.DEFINED)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    edited_at = models.DateTimeField(null=True, blank=True)
    # What was written where freezing put words in place of blanks: the next draft begins with it.
    heading_with_blanks = models.CharField(max_length=200, blank=True, default="", db_default="")
    body_with_blanks = models.TextField(max_length=20_000, blank=True, default="", db_default="")

    objects = TrackedBehindTheWall["ClauseText"].as_manager()
    history = keep_history()

    class Meta(ClauseFields.Meta):
        constraints = [
            models.UniqueConstraint(fields=["version", "clause"], name="clause_text_once")
        ]

    @property
    def key(self) -> str:
        return self.clause.key

    @property
    def last_editor(self) -> str:
        """Who edited the clause last, by name; empty when nobody has."""
        return str(self.edited_by or "")


_NOT_A_DRAFT = (
    "EXISTS (SELECT 1 FROM agreements_version v WHERE v.id = {row}.version_id "
    "AND v.state <> 'draft')"
)
_CONDITIONS = {
    "INSERT": _NOT_A_DRAFT.format(row="NEW"),
    # Neither a word of it, nor a clause of a draft moved over into it.
    "UPDATE": f"{_NOT_A_DRAFT.format(row='OLD')} OR {_NOT_A_DRAFT.format(row='NEW')}",
    "DELETE": _NOT_A_DRAFT.format(row="OLD"),
}

# The text under a signature stays what it was, whatever code there may be one day. As it was before
# there were disposals: former migrations install these.
CHANGED = "The text of a numbered version does not change."
TEXT_TRIGGERS = [
    Trigger(
        name=f"clause_text_frozen_{event.lower()}",
        table="agreements_clausetext",
        events=(event,),
        message=CHANGED,
        condition=condition,
    )
    for event, condition in _CONDITIONS.items()
] + [
    Trigger(
        name="version_frozen",
        table="agreements_version",
        events=("UPDATE",),
        message=CHANGED,
        condition="OLD.state <> 'draft' AND (NEW.state = 'draft' OR OLD.sha256 <> NEW.sha256 "
        "OR OLD.terms <> NEW.terms OR OLD.party_names <> NEW.party_names)",
    )
]
# Apart from those above: the migrations that install them know no such column yet.
READ_WITH_FROZEN = Trigger(
    name="version_read_with_frozen",
    table="agreements_version",
    events=("UPDATE",),
    message="What a numbered version is read with does not change.",
    condition="OLD.state <> 'draft' AND COALESCE(CAST(OLD.associated_documents AS TEXT), '') "
    "<> COALESCE(CAST(NEW.associated_documents AS TEXT), '')",
)

_INSERTED, _UPDATED, _DELETED, _VERSION = TEXT_TRIGGERS
# A disposal takes the words, and leaves the check code and the names of the parties.
TEXTS_STAY = [
    declare(_INSERTED),
    declare(_DELETED),
    *but_emptied(
        _UPDATED,
        words=("heading", "body", "heading_with_blanks", "body_with_blanks"),
        stays=("version_id", "clause_id", "position", "kind", "status", "bindings", "owed_by",
               "edit_no", "edited_by_id", "edited_at"),
        of="(SELECT v.agreement_id FROM agreements_version v WHERE v.id = OLD.version_id)",
    ),
    declare(
        replace(
            _VERSION,
            condition="OLD.state <> 'draft' AND (NEW.state = 'draft' OR OLD.sha256 <> NEW.sha256 "
            "OR OLD.party_names <> NEW.party_names OR OLD.terms <> NEW.terms "
            f"AND NOT (CAST(NEW.terms AS TEXT) = '{{}}' AND {disposed('OLD.agreement_id')}))",
        )
    ),
    declare(
        replace(
            READ_WITH_FROZEN,
            condition=f"{READ_WITH_FROZEN.condition} AND NOT "
            f"(CAST(NEW.associated_documents AS TEXT) = '{{}}' AND {disposed('OLD.agreement_id')})",
        )
    ),
]  # fmt: skip
