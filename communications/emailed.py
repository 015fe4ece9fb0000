"""Announcements as things that saved e-mails are put on (X12): read by the organisation that
announces and by those whom it named, after the release too, as drafts and comments are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Model, OuterRef, Q, QuerySet

from agreements.core.emailing import Thing, Things, record_quietly
from agreements.core.letters import Letter
from agreements.models import Agreement
from communications.mails import AnnouncementLetter
from communications.models import Announcement
from communications.models.announcements import is_named
from communications.presenters.words import called, kind_of, url_of, whose
from communications.queries.readers import planner_of, shares_of
from communications.services.dates import concerned_of
from communications.services.telling import address_of
from communications.views.reached import way
from deadlines.kinds import Recipient, of_role
from house.lifecycle import lock
from house.wall import WhoAsks, there_is
from nhsuk.words import capital, noun
from parties.acting import Acting
from parties.models import Role
from parties.who import RECORDERS


class AnnouncementsEmailed(Things[Announcement]):
    key = "announcement"
    label = "an announcement"

    def visible(self, acting: WhoAsks) -> QuerySet[Announcement]:
        this = Announcement.objects.filter(pk=OuterRef("pk"))
        named = there_is(this.filter(is_named(acting, "drafts__shares__")))
        own = Q(owner=acting.organisation_id or 0)
        return Announcement.objects.select_related("owner").filter(own | named)

    def all_rows(self) -> QuerySet[Announcement]:
        return Announcement.objects.select_related("owner", "planned_by__person")

    def agreements(self, thing: Announcement) -> list[Agreement]:
        return [row.agreement for row in concerned_of(thing)]

    def readers(self, thing: Announcement) -> str:
        return (
            f"The people of {thing.owner} and those with whom a draft is shared read it here, "
            "after the release too. Nobody else does."
        )

    def has_part(self, thing: Announcement, by: Acting) -> bool:
        """Whoever sees it here is of the organisation that announces, or was named."""
        return RECORDERS.includes(by) and self.visible(by).filter(pk=thing.pk).exists()

    def lock(self, thing: Announcement) -> Announcement:
        return lock(thing)

    def told(self, thing: Announcement, by: Acting) -> Iterator[Recipient]:
        """The named readers of the other organisations; of the one that announces whoever planned
        it, else its MoU managers."""
        for share in shares_of(thing):
            side, team = share.organisation, share.team
            if side.pk != by.organisation_id and (address := address_of(share)):
                whom = f"the team {team.name}" if team else f"you, for {side}"
                why = f"the draft is shared with {whom}."
                yield Recipient(address, why, side.pk, share.person_id)
        if by.organisation_id != thing.owner_id:
            yield from planner_of(thing) or of_role(thing.owner, Role.MANAGER)

    def record(
        self, *, by: Acting, thing: Announcement, verb: str, about: Model, **facts: Any
    ) -> None:
        """Never on a timeline, which all parties read."""
        record_quietly(by=by, verb=verb, about=about, announcement=thing.pk, **facts)

    def said(self, thing: Announcement) -> Thing:
        name = capital(called(thing))
        return Thing(
            name, noun(kind_of(thing)), url_of(thing), whose(thing), way(), thing.planned_at
        )

    def letter(self, thing: Announcement, organisation_id: int | None, why: str) -> Letter:
        return AnnouncementLetter(thing.pk, side=organisation_id or 0, why=why)
