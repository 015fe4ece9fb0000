"""The page of one heads-up, as its owner, somebody who was told, or a party sees it."""

from __future__ import annotations

from functools import cached_property

from django.urls import reverse
from markupsafe import Markup

from agreements.core.emailing import things_of
from agreements.emails.pages import links_to
from agreements.models import read_parties
from communications.heads_ups.presenters import words
from communications.heads_ups.presenters.told import ToldRow, told_row
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
        gone = [("What came of it", words.when(heads_up))]
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

    @property
    def may_record(self) -> bool:
        """Whether the reader may record of some that they were told otherwise."""
        return self.may_act and any(each.told_at is None for each in self.standings)

    @property
    def rows(self) -> list[ToldRow]:
        troubled = failed(self.told.values()) if self.own else set()
        return [self._row(row, troubled) for row in self.owed]

    def _row(self, row: OwedTo, troubled: set[int]) -> ToldRow:
        people = [self.told[each.pk] for each in row.told.all() if each.pk in self.told]
        to = reverse("heads_ups:told", args=[self.heads_up.public_id, row.pk])
        may_record = self.may_act and told_at(row) is None
        link = Link("Record that they were told", to, name_of(row)) if may_record else None
        return told_row(row, people, troubled, self.heads_up.sent_at, link)

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
            return [Button(f"Record that it {words.happened(self.heads_up)}", self._url("sent"))]
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
