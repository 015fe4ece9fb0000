from __future__ import annotations

from django.conf import settings
from django.db import models

from house.tracked import TrackedQuerySet, keep_history
from parties.models.dated import Dated
from parties.models.organisations import Organisation
from parties.models.people import Person


class Role(models.TextChoices):
    """What a member may do for an organisation (docs/roles.md)."""

    VIEWER = "viewer", "Viewer"
    EDITOR = "editor", "Editor"
    MANAGER = "manager", "MoU manager"
    SIGNATORY = "signatory", "Signatory"
    SECRETARY = "secretary", "Secretary"
    ADMINISTRATOR = "administrator", "Organisation administrator"


class Membership(Dated):
    """One role of one user in one organisation. Ending it takes the right away at once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)

    history = keep_history()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                condition=models.Q(ends_on=None),
                name="membership_once_while_open",
                violation_error_message="This person has this role already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()} of {self.organisation}"


class Invitation(models.Model):
    """Asks a person to make an account. The link in the e-mail is signed, not stored."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="invitations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="invitations")
    email = models.EmailField("e-mail address")
    roles = models.JSONField(default=list)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = TrackedQuerySet["Invitation"].as_manager()
    history = keep_history()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["email", "organisation"],
                condition=models.Q(accepted_at=None, withdrawn_at=None),
                name="invitation_once_while_open",
                violation_error_message="An invitation to this address is open already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} to {self.organisation}"
