from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from agreements.models.parties import Party
from agreements.models.versions import Version
from agreements.models.wall import BehindTheWall
from house.lifecycle import Lifecycle, step
from parties.models import CheckedAddress, Person

# What was asked for and ended on its own: what is asked for anew is a row of its own.
ENDED: Final = ("withdrawn", "taken_back")


class SignatureRequestQuerySet(BehindTheWall["SignatureRequest"]):
    def live(self) -> SignatureRequestQuerySet:
        """Those that count under a version that is out or signed: at most one for each signature
        that its terms ask for."""
        return self.exclude(state__in=["void", *ENDED])

    def newest(self) -> SignatureRequestQuerySet:
        """Of each signature of a version that was not recalled the newest request, also where it
        ended and nobody is asked instead: that signature is still wanted."""
        later = SignatureRequest.objects.filter(
            version=OuterRef("version"), party=OuterRef("party"), slot=OuterRef("slot"),
            pk__gt=OuterRef("pk"),
        )  # fmt: skip
        under_way = self.exclude(state="void").exclude(version__state=Version.State.WITHDRAWN)
        return under_way.filter(~Exists(later))


class SignatureRequest(models.Model):
    """Asks one person to sign one version for one party."""

    TO_AGREEMENT = "version__agreement"

    class State(models.TextChoices):
        WAITS = "waits", "Asked for when another has signed"
        ASKED = "asked", "Asked to sign"
        NOT_READY = "not_ready", "Not ready to sign"
        ON_PAPER = "on_paper", "Signed on paper, to be confirmed"
        SIGNED = "signed", "Signed"
        DECLINED = "declined", "Declined"
        VOID = "void", "Void: the version was recalled"
        WITHDRAWN = "withdrawn", "Not asked for any more"
        TAKEN_BACK = "taken_back", "Withdrawn by who gave it"

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
    # What whoever asks wants of it (record 0062): a day, a message that the page alone shows, after
    # which signature of the party it is asked for, and in whose place somebody else signs.
    sign_by = models.DateField(null=True, blank=True)
    message = models.CharField(max_length=500, blank=True, default="", db_default="")
    after_slot = models.CharField(max_length=40, blank=True, default="", db_default="")
    in_place_of = models.CharField(max_length=120, blank=True, default="", db_default="")
    authority = models.CharField(max_length=200, blank=True, default="", db_default="")
    # When and why the request, or the signature under it, was withdrawn.
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=500, blank=True, default="", db_default="")

    objects = SignatureRequestQuerySet.as_manager()

    class Meta:
        ordering = ["party__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "party", "slot"],
                condition=~Q(state__in=ENDED),
                name="signature_request_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} for {self.party}"

    @property
    def as_whom(self) -> str:
        """What follows "sign for Eastmoor CCG": a deputy is not who holds the post."""
        return f"in the place of its {self.title}" if self.in_place_of else f"as {self.title}"

    @property
    def for_whom(self) -> str:
        """ "for Hamish Boyle, by authority: Scheme of delegation, section 4"; empty of most."""
        return for_whom(self)


def for_whom(row: Any) -> str:
    """In whose place somebody signs and by what authority, of a request, a paper or a signature."""
    if not row.in_place_of:
        return ""
    return f"for {row.in_place_of}, by authority: {row.authority.rstrip('.')}"


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
        "take_turn": step("waits", to="asked"),
        "withdraw": step("waits", "asked", "not_ready", "declined", to="withdrawn"),
        "take_back": step("signed", to="taken_back"),
        "void": step("asked", "not_ready", "declined", "on_paper", "signed", to="void"),
    },
)
