from __future__ import annotations

from collections.abc import Collection

from django.db import models
from django.db.models import Q

from house.rooms import rooms
from house.tracked import TrackedQuerySet, keep_history
from house.wall import WhoAsks
from parties.models.dated import Dated
from parties.models.organisations import Organisation


class PersonQuerySet(TrackedQuerySet["Person"]):
    def of(self, organisation_id: int) -> PersonQuerySet:
        """Whoever has or had a post, a role, a seat or a place in a team there."""
        links = ("posts", "user__memberships", "seats", "teams__team")
        here = Q()
        for link in links:
            with_link = self.model.objects.filter(**{f"{link}__organisation": organisation_id})
            here |= Q(pk__in=with_link.order_by().values("pk"))
        return self.filter(here)

    def visible_to(self, acting: WhoAsks) -> PersonQuerySet:
        """Oneself, those of one's own organisation, and those with whom it shares an agreement."""
        if not acting.user.is_authenticated:
            return self.none()
        if acting.organisation_id is None:
            return self.filter(user=acting.user.pk)
        own = self.model.objects.of(acting.organisation_id).order_by().values("pk")
        seen = Q(user=acting.user.pk) | Q(pk__in=own)
        for room in rooms():
            for shared in room.people_shared_with(acting):
                seen |= shared
        return self.filter(seen)

    def seen_among(self, acting: WhoAsks, people: Collection[int]) -> set[int]:
        """The ids of those of these people whom the reader may see (one query)."""
        return set(self.visible_to(acting).filter(pk__in=people).values_list("pk", flat=True))


class Person(models.Model):
    """Somebody who has a part in an agreement. Many people never log in."""

    name = models.CharField(max_length=120)
    email = models.EmailField("e-mail address", blank=True)

    objects = PersonQuerySet.as_manager()
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


class Absence(Dated):
    """A person is away from one day to another: mail for them goes to who stands in.

    It is of one organisation. One that was said before it was asked of which counts in all.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="absences")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Who stands in on these days, before the deputy of a contact role.
    deputy = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    history = keep_history()

    class Meta(Dated.Meta):
        ordering = ["starts_on", "pk"]

    def __str__(self) -> str:
        return f"{self.person} is away"
