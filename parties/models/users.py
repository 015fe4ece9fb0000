"""Who can log in, what they may do for an organisation, and who was invited to."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower

from house import clock
from house.text import tidy_address
from house.tracked import TrackedQuerySet, keep_history
from parties.models.dated import Dated
from parties.models.organisations import Organisation
from parties.models.people import Person

SYSTEM_EMAIL = "system@portal.invalid"


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A user; the e-mail address is kept in lower case. Without a password none fits."""
        user = self.model(email=tidy_address(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=tidy_address(username or "").lower())

    def system(self) -> User:
        """The account in whose name the portal itself acts. Nobody can log in with it."""
        closed = {"is_active": False, "password": make_password(None)}
        user, _ = self.get_or_create(email=SYSTEM_EMAIL, defaults=closed)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who can log in. What they may do comes from their memberships."""

    email = models.EmailField("e-mail address", unique=True)
    person = models.OneToOneField(
        Person, models.PROTECT, null=True, blank=True, related_name="user"
    )
    is_active = models.BooleanField("may log in", default=True)
    is_staff = models.BooleanField(
        "system administrator", default=False, help_text="May use this administration site."
    )
    date_joined = models.DateTimeField("joined", default=clock.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once"),
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="user_email_lower_case"
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        return self.person.name if self.person else self.email

    def get_short_name(self) -> str:
        return self.get_full_name()


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
