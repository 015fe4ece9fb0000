"""A succession by itself, as its page shows it: what goes over, or how far it is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from django.db.models import Exists, OuterRef, QuerySet

from agreements.models import Agreement
from agreements.succession.queries import comes_first, going_over, preview
from agreements.succession.services.beginning import dedupe_of
from agreements.succession.services.recording import may_agree
from house import clock
from house.answers import PassingOn
from jobs.models import Job
from jobs.progress import Progress
from nhsuk.components import Colour, Tag
from nhsuk.dates import day
from nhsuk.words import plural
from parties.acting import Acting
from parties.models import Membership, Person, Role, Succession
from parties.models.dated import holds_on

COLOURS: dict[str, Colour] = {
    Succession.State.PREPARED: "yellow",
    Succession.State.ASKED: "yellow",
    Succession.State.PLANNED: "blue",
    Succession.State.RUNNING: "blue",
    Succession.State.DONE: "green",
    Succession.State.WITHDRAWN: "grey",
}
# So many agreements are named on the page of a succession.
MOST_NAMED = 200
MOST_PEOPLE = 50


class SuccessionPage:
    """A succession for one reader: what goes over by it and what stays, or how far it is."""

    def __init__(self, succession: Succession, acting: Acting) -> None:
        self.succession, self.acting = succession, acting

    @property
    def tag(self) -> Tag:
        state = self.succession.state
        return Tag(self.succession.get_state_display(), COLOURS[state])

    @property
    def title(self) -> str:
        return f"{self.succession.new} in the place of {self.succession.old}"

    @property
    def sentences(self) -> Iterator[str]:
        found = self.succession
        if found.is_prepared:
            yield "Nothing has happened yet. Look at what would go over, then go on."
        if found.is_asked:
            yield f"It waits for an administrator of {found.old} to say that it is so."
        if found.is_planned:
            yield self._begins
            if found.full:
                yield f"From that day on nobody acts for {found.old} any more."
        if found.state == Succession.State.WITHDRAWN:
            yield f"It was withdrawn: {found.withdrawn_because}"
        if found.state == Succession.State.DONE:
            yield "What it did is undone by another succession alone."

    @property
    def _begins(self) -> str:
        first = comes_first(self.succession).select_related("old").first()
        if first and self.succession.on <= clock.today():
            return f"It begins by itself once what was {first.old}'s has gone over."
        return f"It begins by itself on {day(self.succession.on)}."

    @cached_property
    def _counts(self) -> list[PassingOn]:
        return preview(self.succession) if self.succession.can_be_withdrawn else []

    @property
    def goes_over(self) -> list[str]:
        return [_count(each) for each in self._counts if not each.stays_because]

    @property
    def stays(self) -> list[str]:
        found = [each for each in self._counts if each.stays_because]
        return [f"{_count(each)}: {each.stays_because}" for each in found]

    @cached_property
    def agreements(self) -> list[Agreement]:
        """Those that the reader may see: before it begins the old one alone, and administrators."""
        moves = self.succession.moves.order_by().values("agreement")
        rows: QuerySet[Agreement] = Agreement.objects.filter(pk__in=moves)
        if self.succession.can_be_withdrawn:
            rows = going_over(self.succession)
        if not self.acting.user.is_superuser:
            rows = rows.filter(access__organisation=self.acting.organisation_id or 0)
        return list(rows.order_by("reference")[:MOST_NAMED])

    @cached_property
    def people(self) -> list[Person]:
        """Whom an administrator of the successor knows of the old one's people, and who have no
        role in the new one: each is asked by itself."""
        if not self.succession.has_begun or not self.records or not self.acting.organisation_id:
            return []
        seen = Person.objects.visible_to(self.acting).filter(
            Exists(Membership.objects.filter(holds_on(clock.today()), user__person=OuterRef("pk"),
                                             organisation=self.succession.old_id))
        )  # fmt: skip
        here = Membership.objects.current().filter(organisation=self.succession.new_id)
        found = seen.exclude(pk__in=here.filter(user__person__isnull=False).values("user__person"))
        return list(found.order_by("name", "pk")[:MOST_PEOPLE])

    @cached_property
    def progress(self) -> Progress | None:
        job = Job.objects.filter(dedupe=dedupe_of(self.succession)).first()
        return Progress(job, "agreement") if job else None

    @property
    def records(self) -> bool:
        own = self.acting.organisation_id == self.succession.new_id
        return bool(self.acting.user.is_superuser) or (own and self.acting.has(Role.ADMINISTRATOR))

    @property
    def may_confirm(self) -> bool:
        chosen = self.succession.full or self.acting.user.is_superuser is False
        return self.records and self.succession.is_prepared and chosen

    @property
    def confirms(self) -> str:
        """What the button of whoever recorded it says."""
        if self.acting.user.is_superuser:
            return "Carry it out"
        return "Ask them whether it is so"

    @property
    def may_agree(self) -> bool:
        """In part a system administrator chooses what goes over as the old one does."""
        waits = self.succession.is_asked or (
            self.succession.is_prepared and not self.succession.full and self._is_system
        )
        return waits and may_agree(self.acting, self.succession)

    @property
    def may_withdraw(self) -> bool:
        old = may_agree(self.acting, self.succession) and not self.succession.is_prepared
        return self.succession.can_be_withdrawn and (self.records or old)

    @property
    def _is_system(self) -> bool:
        return bool(self.acting.user.is_superuser)


def _count(each: PassingOn) -> str:
    return plural(each.count, each.one, each.many)
