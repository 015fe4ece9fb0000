from __future__ import annotations

from django.db import models

from house.tracked import TrackedQuerySet, keep_history
from parties.models.dated import Dated
from parties.models.organisations import Organisation


class Person(models.Model):
    """Somebody who has a part in an agreement. Many people never log in."""

    name = models.CharField(max_length=120)
    email = models.EmailField("e-mail address", blank=True)

    objects = TrackedQuerySet["Person"].as_manager()
    history = keep_history()

    class Meta:
        verbose_name_plural = "people"
        ordering = ["name"]
        indexes = [models.Index(fields=["email"])]

    def __str__(self) -> str:
        return self.name


class Post(Dated):
    """A job that a person holds in an organisation, such as Accountable Officer."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="posts")
    title = models.CharField(max_length=120)

    history = keep_history()

    def __str__(self) -> str:
        return f"{self.title}: {self.person}"
