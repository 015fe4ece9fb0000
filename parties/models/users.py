from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower

from house import clock
from parties.models.people import Person

SYSTEM_EMAIL = "system@portal.invalid"


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A user; the e-mail address is kept in lower case. Without a password none fits."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").strip().lower())

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
