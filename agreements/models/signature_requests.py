from __future__ import annotations

from django.conf import settings
from django.db import models

from agreements.models.parties import Party
from agreements.models.versions import Version
from agreements.models.wall import BehindTheWall
from house.lifecycle import Lifecycle, step
from parties.models import CheckedAddress, Person


class SignatureRequest(models.Model):
    """Asks one person to sign one version for one party."""

    TO_AGREEMENT = "version__agreement"

    class State(models.TextChoices):
        ASKED = "asked", "Asked to sign"
        NOT_READY = "not_ready", "Not ready to sign"
        ON_PAPER = "on_paper", "Signed on paper, to be confirmed"
        SIGNED = "signed", "Signed"
        DECLINED = "declined", "Declined"
        VOID = "void", "Void: the version was recalled"

    version = models.ForeignKey(Version, models.PROTECT, related_name="signature_requests")
    party = models.ForeignKey(Party, models.PROTECT, related_name="signature_requests")
    slot = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    person = models.ForeignKey(Person, models.PROTECT, related_name="signature_requests")
    # Where somebody without an account is asked, by a link (record 0052); None of an account.
    address = models.ForeignKey(
        CheckedAddress,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="signature_requests",
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    # Why the party's manager opened it before its approval; the signed copy prints the fact.
    before_approval_because = models.CharField(max_length=500, blank=True)
    not_ready_because = models.CharField(max_length=500, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    objects = BehindTheWall["SignatureRequest"].as_manager()

    class Meta:
        ordering = ["party__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "party", "slot"], name="signature_request_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} for {self.party}"


SIGNATURE_LIFECYCLE = Lifecycle(
    "signature",
    {
        "sign": step("asked", "not_ready", "declined", to="signed"),
        "say_not_ready": step("asked", "not_ready", "declined", to="not_ready"),
        "decline": step("asked", "not_ready", to="declined"),
        "ask_instead": step("asked", "not_ready", "declined", to="asked"),
        "record_paper": step("asked", "not_ready", "declined", to="on_paper"),
        "confirm_paper": step("on_paper", to="signed"),
        "reject_paper": step("on_paper", to="asked"),
        "void": step("asked", "not_ready", "declined", "on_paper", "signed", to="void"),
    },
)
