from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from agreements.models.templates import TemplateVersion
from agreements.models.wall import BehindTheWall, TrackedBehindTheWall
from house.clock import london_day
from house.lifecycle import Lifecycle, step
from house.tracked import keep_history
from house.wall import WalledQuerySet, WhoAsks
from parties.models import Organisation

if TYPE_CHECKING:
    from agreements.models.parties import Party


class AgreementQuerySet(TrackedBehindTheWall["Agreement"]):
    def taking_acts(self) -> AgreementQuerySet:
        return self.filter(state__in=Agreement.TAKING_ACTS)

    def with_duties(self) -> AgreementQuerySet:
        return self.filter(state__in=Agreement.WITH_DUTIES)


def _with_end(field: str) -> models.Q:
    return models.Q(("state__in", ["in_force", "notice_given"]), (f"{field}__isnull", False))


class Agreement(models.Model):
    """A memorandum of understanding between its parties.

    What its state lets begin stands in three sets; the other rooms ask these, not for the state.
    """

    TO_AGREEMENT = ""

    class State(models.TextChoices):
        BEING_PREPARED = "being_prepared", "Being prepared"
        IN_FORCE = "in_force", "In force"
        NOTICE_GIVEN = "notice_given", "Notice given"
        PAST_ITS_END = "past_its_end", "Past its end"
        ENDED = "ended", "Ended"
        # Of one that has ended: its words and files are gone, and its stub is left.
        DISPOSED = "disposed_of", "Disposed of"

    # It was signed and has not ended: past its end it is asked what became of it.
    ALIVE = frozenset({State.IN_FORCE, State.NOTICE_GIVEN, State.PAST_ITS_END})
    # Parties act under it: they plan, meet, review, record actions, disagree.
    TAKING_ACTS = ALIVE
    # What it asks for falls due: reviews, meetings, confirmations of contacts.
    WITH_DUTIES = ALIVE
    # Work on it has come to an end: nothing is edited, and nobody is asked for anything.
    OVER = frozenset({State.ENDED, State.DISPOSED})

    class Origin(models.TextChoices):
        DRAFTED = "drafted", "Drafted here"
        REGISTERED = "registered", "Registered from a signed copy"

    reference = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=200)
    template_version = models.ForeignKey(TemplateVersion, models.PROTECT, related_name="agreements")
    origin = models.CharField(max_length=12, choices=Origin.choices, default=Origin.DRAFTED)
    state = models.CharField(max_length=16, choices=State.choices, default=State.BEING_PREPARED)
    start_on = models.DateField("date of sign-off", null=True, blank=True)
    # Empty where it runs from the date of sign-off; before or after that where the text says so.
    effective_on = models.DateField("with effect from", null=True, blank=True)
    review_on = models.DateField("date of review", null=True, blank=True)
    # Its last day by the text, or as the parties extended it.
    end_on = models.DateField("end", null=True, blank=True)
    # Its last day by a notice that runs, by what the parties agreed, or by an event.
    noticed_end_on = models.DateField("end by notice or agreement", null=True, blank=True)
    ended_how = models.CharField(max_length=300, blank=True)
    in_force_version = models.OneToOneField(
        "Version", models.PROTECT, null=True, blank=True, related_name="in_force_for"
    )
    # It was sent to many with one text: nobody edits clauses or terms, and nobody recalls it.
    text_is_fixed = models.BooleanField(default=False, db_default=False)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = AgreementQuerySet.as_manager()
    history = keep_history()

    class Meta:
        ordering = ["reference"]
        indexes = [
            # Those whose last day passes: each sweep looks.
            models.Index(fields=["end_on"], condition=_with_end("end_on"), name="agreement_ends"),
            models.Index(
                fields=["noticed_end_on"], condition=_with_end("noticed_end_on"),
                name="agreement_noticed",
            ),
            # Those that ended, by when: some day somebody decides what becomes of them.
            models.Index(
                fields=["noticed_end_on"],
                condition=models.Q(("noticed_end_on__isnull", False), ("state", "ended")),
                name="agreement_kept",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.reference}: {self.title}"

    @property
    def full_title(self) -> str:
        """What tells it apart from others of its title, as pages are called."""
        return f"{self.title}, {self.reference}"

    @property
    def runs_from(self) -> date | None:
        """The day from which its years, its shortest time and its first review are counted."""
        return self.effective_on or self.start_on

    @property
    def last_day(self) -> date | None:
        """Its end: by the text, or sooner by a notice, an agreement or an event. Once it has ended
        the day that was agreed or confirmed, be it after its end by the text."""
        if self.is_over and self.noticed_end_on:
            return self.noticed_end_on
        return min(filter(None, (self.end_on, self.noticed_end_on)), default=None)

    @property
    def end_is_noticed(self) -> bool:
        """Whether its last day is by a notice, or all parties agreed to it; not by the text."""
        return self.noticed_end_on is not None and self.noticed_end_on == self.last_day

    @property
    def end_is_agreed(self) -> bool:
        """Whether all parties agreed to its last day, which is to come: it ends by itself then."""
        return self.end_is_noticed and self.state == self.State.IN_FORCE

    @property
    def takes_acts(self) -> bool:
        return self.state in self.TAKING_ACTS

    @property
    def has_duties(self) -> bool:
        return self.state in self.WITH_DUTIES

    @property
    def is_over(self) -> bool:
        return self.state in self.OVER

    @property
    def is_disposed(self) -> bool:
        return self.state == self.State.DISPOSED

    @property
    def has_fixed_text(self) -> bool:
        """Nobody edits or recalls the text: what went to many is one for all until it is in force.
        Each can be varied by itself then."""
        return self.text_is_fixed and self.in_force_version_id is None

    @property
    def is_registered(self) -> bool:
        return self.origin == self.Origin.REGISTERED

    @property
    def review_was_past(self) -> bool:
        """Whether its date of review had passed when it was registered: nobody here is late."""
        on = self.review_on
        return self.is_registered and on is not None and on < london_day(self.created_at)

    @cached_property
    def sides(self) -> list[Party]:
        """The parties in their order, with who holds them at hand. As this row read them."""
        from agreements.models.parties import read_parties

        read_parties([self])
        return self.sides


AGREEMENT_LIFECYCLE = Lifecycle(
    "agreement",
    {
        "come_into_force": step("being_prepared", to="in_force"),
        "stop_preparing": step("being_prepared", to="ended"),
        # It was registered in error: it never was what it said (record 0023).
        "withdraw_registration": step("in_force", "notice_given", "past_its_end", to="ended"),
        # What holds follows from its notices and its last day (agreements/changes/).
        "give_notice": step("in_force", "past_its_end", to="notice_given"),
        "pass_end": step("in_force", "notice_given", to="past_its_end"),
        "go_on": step("notice_given", "past_its_end", to="in_force"),
        "end": step("in_force", "notice_given", "past_its_end", to="ended"),
        "dispose": step("ended", to="disposed_of"),
    },
)


class Access(models.Model):
    """The wall and the list's row in one: this organisation sees this agreement.

    `words`, `state` and `vacant_roles` repeat what the agreement's own rows say, `next_due_on` and
    `next_due_kind` the nearest date that this organisation has to see to, so that the list is one
    index scan; the services that change them write both, and a test compares.
    """

    TO_AGREEMENT = "agreement"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="access")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="access")
    # Title and reference in small letters: what the list is searched by and put in order by. The
    # database has the default too: during an upgrade the former version still writes rows.
    words = models.TextField(default="", db_default="")
    state = models.CharField(max_length=16, choices=Agreement.State.choices)
    next_due_on = models.DateField(null=True, blank=True)
    # The kind of deadline that is due then; empty without one.
    next_due_kind = models.CharField(max_length=40, blank=True, default="", db_default="")
    # Contact roles that the terms require and nobody holds, on all sides together.
    vacant_roles = models.PositiveSmallIntegerField(default=0)

    # The organisation looks after it in a group, which is one line of its list.
    in_group = models.BooleanField(default=False, db_default=False)

    objects = BehindTheWall["Access"].as_manager()

    class Meta:
        verbose_name_plural = "access"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "agreement"], name="access_once")
        ]
        indexes = [
            models.Index(fields=["organisation", "next_due_on", "agreement"]),
            models.Index(fields=["organisation", "state", "next_due_on", "agreement"]),
            models.Index(fields=["organisation", "words", "agreement"], name="access_by_title"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.agreement}"


class OtherPartyQuerySet(WalledQuerySet["OtherParty"]):
    def visible_to(self, acting: WhoAsks) -> OtherPartyQuerySet:
        return self.filter(organisation=acting.organisation_id or 0)


class OtherParty(models.Model):
    """An organisation has agreements with another: one row each way, however many there are.

    What the list's select offers stands here, because to find it in the access rows takes longer
    the more agreements there are. Written with these; like them it stays, and a test compares.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="other_parties", db_index=False
    )
    other = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)

    objects = OtherPartyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "other parties"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "other"], name="other_party_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation} and {self.other}"
