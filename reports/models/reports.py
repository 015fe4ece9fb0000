from __future__ import annotations

import uuid
from typing import TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from agreements.models import Access, Agreement, Issue
from agreements.models.emptied import but_emptied
from agreements.models.wall import BehindTheWall
from house.lifecycle import Lifecycle, step
from house.tracked import TrackedQuerySet, keep_history
from house.triggers import Trigger
from house.wall import WalledQuerySet, WhoAsks
from jobs.models import Job
from parties.models import Organisation
from reports.rules import Quarter

M = TypeVar("M", bound=models.Model)


class ReportQuerySet(TrackedQuerySet["Report"], WalledQuerySet["Report"]):
    def visible_to(self, acting: WhoAsks) -> ReportQuerySet:
        """Those of one's own organisation; of an agreement, once it is sent, all its parties."""
        own = acting.organisation_id or 0
        access = Access.objects.filter(organisation=own, agreement=OuterRef("agreement"))
        sent = Q(state__in=[Report.State.SENT, Report.State.FINAL]) & Exists(access)
        return self.filter(Q(organisation=own) | sent)


class Report(models.Model):
    """How one agreement, or several of an organisation, were kept in a quarter (B15).

    The report of one agreement goes to its other parties, which add a remark before it is final.
    One of several is its organisation's own. Its figures stand in rows that never change; what was
    wrong is put right by another edition.
    """

    class Scope(models.TextChoices):
        AGREEMENT = "agreement", "One agreement"
        PARTY = "party", "All agreements with one organisation"
        GROUP = "group", "The agreements of a group"
        PORTFOLIO = "portfolio", "All agreements"

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SENT = "sent", "Sent for remarks"
        FINAL = "final", "Final"
        GIVEN_UP = "given_up", "Given up"

    # Who has work with it.
    UNDER_WAY = frozenset({State.DRAFT, State.SENT})

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    # Whose it is, or who took the place of whose it was.
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="reports")
    scope = models.CharField(max_length=10, choices=Scope.choices)
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, null=True, blank=True, related_name="reports"
    )
    other = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    issue = models.ForeignKey(Issue, models.PROTECT, null=True, blank=True, related_name="+")
    # What it is about in one word, "agreement:17": of one quarter there is one.
    subject = models.CharField(max_length=60)
    since = models.DateField("first day")
    until = models.DateField("last day")
    edition = models.PositiveSmallIntegerField(default=1)
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    # What was wrong with the edition before.
    because = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    # Where to improve, in the words of whoever leads.
    improvements = models.TextField(max_length=5_000, blank=True)
    edit_no = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    # How often it was sent: a remark is on what was sent then.
    sendings = models.PositiveSmallIntegerField(default=0)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    # The last day for a remark of the other parties.
    remarks_by = models.DateField("remarks by", null=True, blank=True)
    final_at = models.DateTimeField(null=True, blank=True)
    # What counts the figures of several agreements.
    job = models.ForeignKey(Job, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ReportQuerySet.as_manager()
    history = keep_history()

    class Meta:
        ordering = ["-since", "-edition", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "since", "edition"],
                condition=~Q(state="given_up"),
                name="report_once_a_quarter",
            ),
            models.CheckConstraint(
                condition=Q(scope="agreement", agreement__isnull=False)
                | (~Q(scope="agreement") & Q(agreement=None)),
                name="report_agreement_exactly_when_of_one",
            ),
            models.CheckConstraint(
                condition=Q(state="final", final_at__isnull=False)
                | (~Q(state="final") & Q(final_at=None)),
                name="report_final_exactly_when_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(remarks_by__isnull=False, sent_at__isnull=False),
                name="report_sent_with_a_day_for_remarks",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-since"]),
            models.Index(fields=["agreement", "-since"]),
            # Those whose day for remarks passes: each sweep looks.
            models.Index(
                fields=["remarks_by"], condition=Q(state="sent"), name="report_remarks_by"
            ),
        ]

    def __str__(self) -> str:
        return f"report on {self.subject}, {self.quarter.label}"

    @property
    def quarter(self) -> Quarter:
        return Quarter(self.since)

    @property
    def is_of_one(self) -> bool:
        return self.scope == self.Scope.AGREEMENT

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_sent(self) -> bool:
        return self.state == self.State.SENT

    @property
    def is_final(self) -> bool:
        return self.state == self.State.FINAL


REPORT_LIFECYCLE = Lifecycle(
    "report",
    {
        "send": step("draft", to="sent"),
        "take_back": step("sent", to="draft"),
        "finish": step("draft", "sent", to="final"),
        "give_up": step("draft", to="given_up"),
    },
)


class OfReport(WalledQuerySet[M]):
    """What belongs to a report is read by whoever reads the report."""

    def visible_to(self, acting: WhoAsks) -> OfReport[M]:
        return self.filter(report__in=Report.objects.visible_to(acting))


class Figures(models.Model):
    """What was counted for a report, as it was counted then. Append-only: the newest row counts."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="figures")
    counted_at = models.DateTimeField()
    content = models.JSONField()

    objects = OfReport["Figures"].as_manager()

    class Meta:
        verbose_name_plural = "figures"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"figures of {self.report}"


class Remark(models.Model):
    """What another party says of a report before it is final; without words, that it has none.

    Append-only. `sending` says how often the report had been sent by then.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="remarks")
    sending = models.PositiveSmallIntegerField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = models.TextField(max_length=2_000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Of somebody without an account: who said it, by which link.
    by_link = models.CharField(max_length=400, blank=True, default="", db_default="")
    at = models.DateTimeField()

    objects = OfReport["Remark"].as_manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "sending", "organisation"], name="remark_once_a_sending"
            )
        ]

    def __str__(self) -> str:
        return f"remark of {self.organisation} on {self.report}"


class ReportTurn(models.Model):
    """The day on which another quarter is over of an agreement whose text asks for a report."""

    TO_AGREEMENT = "agreement"

    agreement = models.OneToOneField(Agreement, models.PROTECT, related_name="report_turn")
    on = models.DateField(db_index=True)

    objects = BehindTheWall["ReportTurn"].as_manager()

    def __str__(self) -> str:
        return f"{self.agreement.reference} on {self.on}"


FIGURES_STAY = but_emptied(
    Trigger(
        name="reports_figures_append_only",
        table="reports_figures",
        events=("UPDATE", "DELETE"),
        message="What was counted does not change: make another edition.",
    ),
    words=("content",),
    stays=("report_id", "counted_at"),
)
REMARKS_STAY = but_emptied(
    Trigger(
        name="reports_remark_append_only",
        table="reports_remark",
        events=("UPDATE", "DELETE"),
        message="A remark does not change.",
    ),
    words=("text",),
    stays=("report_id", "sending", "organisation_id", "by_id", "by_link", "at"),
)
