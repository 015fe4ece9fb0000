from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from house.wall import WalledQuerySet, WhoAsks
from parties.models.organisations import Organisation


class AddressCheckQuerySet(WalledQuerySet["AddressCheck"]):
    def visible_to(self, acting: WhoAsks) -> AddressCheckQuerySet:
        return self.filter(organisation=acting.organisation_id or 0)


class AddressCheck(models.Model):
    """Somebody looked through a list of addresses that colleagues had entered. Never changed."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="address_checks")
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    checked_at = models.DateTimeField()

    objects = AddressCheckQuerySet.as_manager()

    class Meta:
        ordering = ["-checked_at", "-pk"]

    def __str__(self) -> str:
        return f"addresses of {self.organisation}, looked through by {self.checked_by}"


class CheckedAddressQuerySet(WalledQuerySet["CheckedAddress"]):
    def visible_to(self, acting: WhoAsks) -> CheckedAddressQuerySet:
        """An organisation's list is its own."""
        return self.filter(kept_by=acting.organisation_id or 0)

    def waiting(self) -> CheckedAddressQuerySet:
        return self.filter(state=CheckedAddress.State.ENTERED)

    def right(self) -> CheckedAddressQuerySet:
        return self.filter(state=CheckedAddress.State.CHECKED)


class CheckedAddress(models.Model):
    """Where somebody without an account is asked to sign, once a second person has looked at it.

    One person enters it, a colleague of theirs looks through the list (record 0052): whoever types
    an address alone could otherwise sign for somebody else.
    """

    class State(models.TextChoices):
        ENTERED = "entered", "To be looked through"
        CHECKED = "checked", "Looked through"
        WRONG = "wrong", "Not right"
        ENDED = "ended", "No longer used"

    kept_by = models.ForeignKey(Organisation, models.PROTECT, related_name="kept_addresses")
    # For whom the person signs.
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="addresses_here")
    name = models.CharField(max_length=120)
    job_title = models.CharField(max_length=120, blank=True)
    email = models.EmailField("e-mail address")
    state = models.CharField(max_length=8, choices=State.choices, default=State.ENTERED)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    looked_at = models.ForeignKey(
        AddressCheck, models.PROTECT, null=True, blank=True, related_name="addresses"
    )

    objects = CheckedAddressQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "checked addresses"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kept_by", "organisation", "name", "email"],
                condition=Q(state__in=["entered", "checked"]),
                name="checked_address_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="checked") | Q(looked_at__isnull=False),
                name="checked_address_has_its_check",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.email}"
