from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from agreements.models.signature_requests import SignatureRequest, for_whom
from agreements.models.wall import BehindTheWall
from documents.models import StoredFile
from house.lifecycle import Lifecycle, step
from mail.models import SentLink


class PaperSignature(models.Model):
    """A scan of a signature on paper, as one person recorded it. Another confirms or rejects it."""

    TO_AGREEMENT = "request__version__agreement"

    class State(models.TextChoices):
        RECORDED = "recorded", "Recorded, to be confirmed"
        CONFIRMED = "confirmed", "Confirmed"
        REJECTED = "rejected", "Not right"
        WITHDRAWN = "withdrawn", "Withdrawn by who recorded it"

    request = models.ForeignKey(SignatureRequest, models.PROTECT, related_name="paper_signatures")
    scan = models.OneToOneField(StoredFile, models.PROTECT, related_name="paper_signature")
    signed_by = models.CharField(max_length=120)
    signed_on = models.DateField()
    # In whose place they signed and by what authority, as it stands on the paper.
    in_place_of = models.CharField(max_length=120, blank=True, default="", db_default="")
    authority = models.CharField(max_length=200, blank=True, default="", db_default="")
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECORDED)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    checked_at = models.DateTimeField(null=True, blank=True)
    # Why it is not right, or why who recorded it withdrew it.
    rejected_because = models.CharField(max_length=500, blank=True)

    objects = BehindTheWall["PaperSignature"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request"],
                condition=~Q(state__in=["rejected", "withdrawn"]),
                name="paper_signature_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.signed_by} on paper, {self.signed_on}"

    @property
    def for_whom(self) -> str:
        return for_whom(self)


PAPER_LIFECYCLE = Lifecycle(
    "paper signature",
    {
        "confirm": step("recorded", to="confirmed"),
        "reject": step("recorded", to="rejected"),
        "withdraw": step("recorded", to="withdrawn"),
    },
)


class SignatureQuerySet(BehindTheWall["Signature"]):
    def standing(self) -> SignatureQuerySet:
        """Without those that were withdrawn, or are void with their version."""
        return self.filter(request__state="signed")


class Signature(models.Model):
    """A signature under the text with this hash. There is one for each request, ever: one that was
    withdrawn stays as evidence, and its request says that it does not count."""

    TO_AGREEMENT = "request__version__agreement"

    class Method(models.TextChoices):
        ELECTRONIC = "electronic", "Signed here"
        PAPER = "paper", "Signed on paper"
        LINK = "link", "Signed by a link and a code"

    request = models.OneToOneField(SignatureRequest, models.PROTECT, related_name="signature")
    method = models.CharField(max_length=10, choices=Method.choices)
    # As they typed it, or as it stands on the paper.
    typed_name = models.CharField(max_length=120)
    # The account's person, called as they were then; empty on paper, and in rows from before.
    account_name = models.CharField(max_length=120, blank=True, default="", db_default="")
    # Rows of paper from before have it too, though no paper carried it: read `stated`.
    statement = models.CharField(max_length=700, blank=True)
    # In whose place they signed and by what authority, as the page or the paper said it.
    in_place_of = models.CharField(max_length=120, blank=True, default="", db_default="")
    authority = models.CharField(max_length=200, blank=True, default="", db_default="")
    sha256 = models.CharField(max_length=64)
    # The account that signed; of a signature on paper, who recorded its scan; by a link nobody.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="signatures"
    )
    at = models.DateTimeField()
    # The London day; on paper, the date that stands beside the signature.
    signed_on = models.DateField()
    paper = models.OneToOneField(
        PaperSignature, models.PROTECT, null=True, blank=True, related_name="signature"
    )
    # The link by which it was given, and the address to which link and code were sent.
    link = models.OneToOneField(
        SentLink, models.PROTECT, null=True, blank=True, related_name="signature"
    )
    sent_to = models.EmailField(blank=True, default="", db_default="")

    objects = SignatureQuerySet.as_manager()

    class Meta:
        constraints = [
            # Exactly one of an account, a scan of a paper and a link.
            models.CheckConstraint(
                condition=Q(method="electronic", user__isnull=False, paper=None, link=None)
                | Q(method="paper", paper__isnull=False, link=None)
                | Q(method="link", link__isnull=False, user=None, paper=None) & ~Q(sent_to=""),
                name="signature_by_account_paper_or_link",
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_name or self.typed_name} on {self.signed_on}"

    @property
    def signer(self) -> str:
        """Who signed: the person of the account, or the name that stands on the paper."""
        if self.method == self.Method.PAPER:
            return self.typed_name
        return self.account_name or self.request.person.name

    @property
    def typed_otherwise(self) -> str:
        """What they typed as their name, where the account has it in another form."""
        return "" if self.typed_name == self.signer else self.typed_name

    @property
    def signed_as(self) -> str:
        """Both names: "Hamish Boyle (typed as “H. Boyle”)"."""
        typed = f" (typed as “{self.typed_otherwise}”)" if self.typed_otherwise else ""
        return f"{self.signer}{typed}"

    @property
    def for_whom(self) -> str:
        """What stands beside a deputy's name: in whose place, by what authority."""
        return for_whom(self)

    @property
    def by_link(self) -> bool:
        return self.method == self.Method.LINK

    @property
    def stated(self) -> str:
        """What the page said that they agreed to; empty on paper, which does not say it."""
        return "" if self.method == self.Method.PAPER else self.statement
