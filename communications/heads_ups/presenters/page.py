"""The page of one heads-up, as its owner, somebody who was told, or a party sees it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from markupsafe import Markup

from agreements.core.emailing import things_of
from agreements.emails.pages import links_to
from agreements.models import read_parties
from communications.heads_ups.presenters import words
from communications.heads_ups.queries.listing import own_agreements
from communications.heads_ups.queries.telling import failed, name_of, owed_by, standings_of, told_at
from communications.heads_ups.rules import Standing, is_owners, may_keep
from communications.heads_ups.services.outcomes import without_committee
from communications.models import HeadsUp, OwedTo, Told
from communications.models.heads_ups import is_told
from documents.markdown import to_html
from house import clock
from nhsuk.components import Button, Link, Tag, TimelineEntry
from nhsuk.dates import moment
from nhsuk.words import and_list
from parties.acting import Acting

REST = (("Move", "move"), ("Withdraw", "withdraw"))


@dataclass(frozen=True)
class ToldRow:
    """One that is to be told under one agreement: how it stands, and who of its people did what."""

    name: str
    under: str
    told: str
    people: str
    read: str
    tag: Tag | None
    link: Link | None = None


class HeadsUpPage:
    """One heads-up for one reader. Reads its rows once (twelve queries at most)."""

    def __init__(self, heads_up: HeadsUp, acting: Acting) -> None:
        self.heads_up, self.acting = heads_up, acting
        self.own = is_owners(acting, heads_up)
        self.may_act = may_keep(acting, heads_up) and heads_up.is_open

    @cached_property
    def owed(self) -> list[OwedTo]:
        """Whom it is owed to under agreements of the reader's."""
        rows = owed_by([self.heads_up.pk])[self.heads_up.pk]
        if self.own:
            return rows
        own = set(own_agreements(self.acting, (row.concerned.agreement_id for row in rows)))
        return [row for row in rows if row.concerned.agreement_id in own]

    @cached_property
    def standings(self) -> list[Standing]:
        return standings_of(self.owed)

    @cached_property
    def told(self) -> dict[int, Told]:
        """The addresses that the reader may know of: the owner all, others those of their side."""
        every = {each.pk: each for row in self.owed for each in row.told.all()}
        side = self.acting.organisation_id
        return {pk: each for pk, each in every.items() if self.own or each.organisation_id == side}

    @cached_property
    def mine(self) -> list[Told]:
        """The rows that name the reader."""
        if self.own:
            return []
        rows = Told.objects.filter(is_told(self.acting), heads_up=self.heads_up)
        return list(rows)

    @property
    def tags(self) -> list[Tag]:
        found = [words.state_tag(self.heads_up), words.told_tag(self.heads_up, self.standings)]
        return [tag for tag in found if tag]

    @property
    def text(self) -> Markup:
        return to_html(self.heads_up.text)

    @property
    def notice(self) -> str:
        return words.told_in_words(self.heads_up, self.standings)

    @property
    def facts(self) -> list[tuple[str, str]]:
        heads_up = self.heads_up
        gone = [("Gone out" if heads_up.is_sent else "Withdrawn", words.when(heads_up))]
        return [
            ("From", heads_up.owner.name),
            ("Planned for", moment(heads_up.planned_for)),
            *([] if heads_up.is_open else gone),
            ("To whom it goes", heads_up.audience),
            *([("How it goes out", heads_up.channel)] if heads_up.channel else []),
            ("Told", self.notice),
            *([("Why", heads_up.because)] if heads_up.because else []),
        ]

    # --- Who is told

    @cached_property
    def failed(self) -> set[int]:
        return failed(self.told.values())

    @property
    def rows(self) -> list[ToldRow]:
        return [self._row(row) for row in self.owed]

    def _row(self, row: OwedTo) -> ToldRow:
        people = [self.told[each.pk] for each in row.told.all() if each.pk in self.told]
        at, sent = told_at(row), self.heads_up.sent_at
        tag = None
        if sent:
            in_time = at is not None and at <= sent
            tag = Tag("Before", "green") if in_time else Tag("Not before", "red")
        return ToldRow(
            name=name_of(row),
            under=row.concerned.agreement.reference,
            told=" ".join(filter(None, (moment(at) if at else self._why_not(row), row.told_how))),
            people=and_list(each.name for each in people),
            read=and_list(self._read(people)) or ("Not yet" if people else ""),
            tag=tag,
            link=self._told_otherwise(row),
        )

    def _why_not(self, row: OwedTo) -> str:
        addresses = [each.pk for each in row.told.all()]
        if not addresses:
            return "Not yet: nobody here can be told"
        if self.failed.issuperset(addresses):
            return "Not yet: the e-mail did not arrive"
        return "Not yet: the e-mail is on its way"

    @staticmethod
    def _read(people: list[Told]) -> Iterator[str]:
        for each in people:
            if each.acknowledged_at:
                yield f"{each.acknowledged_as} {moment(each.acknowledged_at)}"
            elif each.read_at:
                yield f"{each.name} opened it {moment(each.read_at)}"

    def _told_otherwise(self, row: OwedTo) -> Link | None:
        if not self.may_act or told_at(row):
            return None
        to = reverse("heads_ups:told", args=[self.heads_up.public_id, row.pk])
        return Link("Record that they were told", to, name_of(row))

    @cached_property
    def emails(self) -> list[tuple[str, Link]]:
        """Where the e-mails about it are, under each agreement that the reader has to do with."""
        rows = things_of("heads_up").visible(self.acting).filter(heads_up=self.heads_up)
        found = list(rows.order_by("agreement__reference"))
        read_parties([row.agreement for row in found])
        for row in found:
            row.heads_up = self.heads_up  # with the owner's names at hand
        links = links_to("heads_up", found, self.acting)
        return [(row.agreement.reference, links[row.pk]) for row in found if row.pk in links]

    # --- What comes next

    @property
    def is_passed(self) -> bool:
        return self.heads_up.is_open and self.heads_up.planned_for <= clock.now()

    @property
    def missing(self) -> list[str]:
        """For its owner what is missing, as sentences."""
        if not self.own or not self.heads_up.is_open:
            return []
        found = []
        if waiting := list(dict.fromkeys(s.name for s in self.standings if not s.told_at)):
            who = and_list(waiting) if len(waiting) <= 5 else f"{len(waiting)} of them"
            found.append(f"Not told yet: {who}.")
        if lacking := without_committee(self.heads_up, self.owed):
            named = ", ".join(each.reference for each in lacking)
            found.append(f"No local medical committee is on your list for {named}.")
        if self.is_passed:
            found.append("The planned time has passed. Say what came of it.")
        return found

    @property
    def actions(self) -> list[Button]:
        if self.may_act:
            return [Button("Record that it went out", self._url("sent"))]
        if any(not each.acknowledged_at for each in self.mine):
            return [Button("I have read it", post_to=self._url("acknowledge"))]
        return []

    @property
    def links(self) -> list[Link]:
        if not self.may_act:
            return []
        return [Link(text, self._url(name)) for text, name in REST]

    @property
    def may_tell_rest(self) -> bool:
        """Whether there may be somebody to tell who has no e-mail of it."""
        return self.may_act and bool(self.missing) and not self.is_passed

    def _url(self, name: str) -> str:
        return reverse(f"heads_ups:{name}", args=[self.heads_up.public_id])

    # --- What happened

    @property
    def story(self) -> list[TimelineEntry]:
        """The newest first."""
        heads_up = self.heads_up
        given = "Recorded, and told" if heads_up.given_at == heads_up.closed_at else "Given"
        found = [TimelineEntry(heads_up.given_at, given, str(heads_up.given_by))]
        for each in heads_up.moves.all():
            title = f"Moved to {moment(each.moved_to)}"
            found.append(TimelineEntry(each.at, title, str(each.moved_by), each.because))
        if heads_up.closed_at and heads_up.closed_at != heads_up.given_at:
            title = words.when(heads_up) if heads_up.is_sent else "Withdrawn"
            found.append(TimelineEntry(heads_up.closed_at, title, str(heads_up.closed_by)))
        return found[::-1]
