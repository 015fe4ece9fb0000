"""How an agreement goes on or ends, and its changes, on its page and on pages of their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from django.urls import reverse

from agreements.changes import rules
from agreements.changes.how_it_ends import how_it_ends
from agreements.changes.queries import Said, changes_of
from agreements.changes.rules import Kind
from agreements.changes.ways import link_to, offered
from agreements.changes.words import COLOURS, opened_in_words
from agreements.core.confirming import by_any_of
from agreements.core.left_open import open_on
from agreements.core.parties import parties_of, there_today, version_of_terms
from agreements.core.reached import page_of
from agreements.core.sides import names_ever, stands_for
from agreements.core.state_in_words import period_of
from agreements.core.steps import NextStep
from agreements.models import Agreement, Change, Version
from agreements.terms import Period, Terms
from house import clock
from house.answers import OpenThings
from house.clock import london_day
from nhsuk.components import Button, Link, Tag
from nhsuk.dates import day
from nhsuk.words import and_list, capital, in_sentence
from parties.acting import Acting
from parties.who import MANAGERS


class Changes:
    """The changes of one agreement for one reader, read once (two queries)."""

    def __init__(self, agreement: Agreement, acting: Acting) -> None:
        self.agreement, self.acting, self.today = agreement, acting, clock.today()
        self.parties = parties_of(agreement)
        self.terms = version_of_terms(agreement).typed_terms
        self.said = changes_of(agreement)
        self.period = _period_by_text(agreement, self.terms, self.said)

    # --- How it ends

    @property
    def how_it_ends(self) -> Iterator[str]:
        return how_it_ends(self.agreement, self.terms, self.period, self._by_what)

    @property
    def _by_what(self) -> str:
        """ "notice of withdrawal, Mill Beck Surgery": what gives it its sooner end."""
        for said in self.said:
            change = said.change
            holds = change.is_alive and change.state != Change.State.OPEN
            if holds and change.on == self.agreement.noticed_end_on:
                return in_sentence(self.title(said))
        return "by what the parties agreed"

    @cached_property
    def left_open(self) -> list[OpenThings]:
        """What was open when it ended, and still is."""
        if not self.agreement.is_over:
            return []
        found = open_on(self.agreement, self.today, self.acting)
        return [each for each in found if each.count]

    @cached_property
    def ways(self) -> list[Link]:
        found = offered(self.agreement, self.terms, self.period, self.said, self.acting)
        return [link_to(self.agreement, kind, self.period) for kind in found]

    @property
    def action(self) -> Button | None:
        """What the reader is asked for; past the end the first way."""
        own = self.acting.organisation_id
        for said in self.said:
            awaited = {party.organisation.pk for party in said.awaited(self.agreement)}
            if own in awaited and self._acts_on(said.change):
                return Button("Answer", self.answer_url(said.change))
        ended = link_to(self.agreement, Kind.END, self.period)
        return Button(ended.text, ended.href) if ended in self.ways else None

    # --- One change

    def title(self, said: Said) -> str:
        return f"{said.change.get_kind_display()}, {self.name(said.change.opened_for_id)}"

    def opened(self, said: Said) -> str:
        return opened_in_words(said.change, "this MoU", self.name(said.change.opened_for_id))

    def tag(self, said: Said) -> Tag:
        change = said.change
        if change.state == Change.State.RUNNING and said.refusals:
            return Tag("Runs, contested", "red")
        return Tag(change.standing, COLOURS[change.state])

    def facts(self, said: Said) -> Iterator[tuple[str, str]]:
        change = said.change
        label = {Kind.EVENT: "What happened"}.get(Kind(change.kind), "Why")
        if change.because:
            yield label, change.because
        if change.earliest:
            yield "Earliest end by the text", f"{day(change.earliest)}. {change.working}"
        elif change.kind == Kind.WITHDRAWAL:
            yield "Notice", "The text provides no notice."
        if change.is_short:
            yield "Shorter notice", change.shorter_because
        if change.discussed:
            yield "Discussed", change.discussed
        if change.leaves:
            yield "The others", "The MoU goes on between them."
        if change.kind == Kind.DISPOSAL:
            yield from _of_disposal(change)
        yield from _days_of(change)
        yield "Recorded", f"By {change.opened_by.get_full_name()} on {day(change.opened_at)}."

    def words(self, said: Said) -> Iterator[str]:
        """What each other party says of it, and whom it waits for."""
        for word in said.words.values():
            did = "accepted it" if word.agrees else "did not accept it"
            reason = f": {word.reason}" if word.reason else "."
            name = self.name(word.organisation_id)
            yield f"{word.said_by} {did} for {name} on {day(word.at)}{reason}"
        if awaited := said.awaited(self.agreement):
            names = (
                by_any_of(awaited)
                if rules.needs(said.change) == "one"
                else and_list(party.name for party in awaited)
            )
            yield f"Waits for the answer of {names}."
        if said.change.closed_because:
            yield f"{said.change.get_state_display()}: {said.change.closed_because}"

    def may_answer(self, said: Said) -> bool:
        """Whether the reader can say something: of what runs also that they do not agree."""
        if not self._acts_on(said.change) or not said.change.takes_words:
            return False
        own = self.acting.organisation_id
        return own in {party.organisation.pk for party in said.may_answer(self.agreement)}

    @cached_property
    def _texts(self) -> dict[int | None, list[Version]]:
        """By change, of those that have any (one query; none where no change is of the text)."""
        found: dict[int | None, list[Version]] = defaultdict(list)
        if any(said.change.is_of_text for said in self.said):
            for version in self.agreement.versions.exclude(change=None).order_by("-seq"):
                version.agreement = self.agreement
                found[version.change_id].append(version)
        return found

    def answer_words(self, said: Said) -> str:
        if said.change.is_of_text:
            return "Say that you do not agree to it"
        answered = self.acting.organisation_id in said.words
        return "Change your answer" if answered else "Accept it, or say why not"

    def texts(self, said: Said) -> Iterator[Link]:
        """The draft and the numbered versions of a change of the text, the newest first; of a
        disposal what goes."""
        if said.change.kind == Kind.DISPOSAL and self.agreement.state == Agreement.State.ENDED:
            url = reverse("agreements:disposal", args=[self.agreement.reference])
            yield Link("See what would go and what would stay", url)
        for version in self._texts.get(said.change.pk, ()):
            state = f": {version.get_state_display().lower()}" if version.label else ""
            yield Link(f"{capital(version.name)}{state}", page_of(version))

    def may_withdraw(self, said: Said) -> bool:
        is_open = said.change.state == Change.State.OPEN
        own, opener = self.acting.organisation_id, said.change.opened_for_id
        return self._acts_on(said.change) and is_open and stands_for(self.agreement, own, opener)

    def answer_url(self, change: Change) -> str:
        return reverse("agreements:change_answer", args=[self.agreement.reference, change.pk])

    def name(self, organisation_id: int) -> str:
        return names_ever(self.agreement).get(organisation_id, "a former party")

    def _acts_on(self, change: Change) -> bool:
        own = {party.organisation.pk for party in there_today(self.agreement)}
        is_party = self.acting.organisation_id in own
        return is_party and _is_open_to(change, self.agreement) and MANAGERS.includes(self.acting)


def _of_disposal(change: Change) -> Iterator[tuple[str, str]]:
    yield "What goes", "The text in all versions, what people wrote, and the files. For good."
    yield "What stays", "Title, parties, days, check codes, and who decided what and when."
    if change.state == Change.State.AGREED and change.closed_at:
        on = rules.disposed_of_on(london_day(change.closed_at))
        yield "Carried out", f"On {day(on)}, unless a party places a hold before."


def _is_open_to(change: Change, agreement: Agreement) -> bool:
    """Whether parties act on it, as the agreement stands."""
    return agreement.takes_acts or change.is_of_ended


def _days_of(change: Change) -> Iterator[tuple[str, str]]:
    if change.is_of_text and change.on:
        yield "In force from", day(change.on)
    if change.kind == Kind.EXTENSION:
        yield "Its end before", day(change.end_before) or "None"


def _period_by_text(agreement: Agreement, terms: Terms, said: Sequence[Said]) -> Period:
    """A registered copy has its end as it was extended: the first extension says what it was."""
    period = period_of(agreement, terms)
    done = [each.change for each in said if each.change.state == Change.State.DONE]
    extensions = [change for change in done if change.kind == Kind.EXTENSION]
    if agreement.is_registered and extensions:
        return period.model_copy(update={"ends_on": extensions[-1].end_before})
    return period


def steps_of_changes(agreement: Agreement, acting: Acting) -> Iterator[NextStep]:
    """The answers that are awaited, as next steps of the overview (two queries, once a page)."""
    names = names_ever(agreement)
    for said in reversed(changes_of(agreement)):
        change = said.change
        may = _is_open_to(change, agreement) and MANAGERS.includes(acting)
        who = names.get(change.opened_for_id, "A former party")
        for party in said.awaited(agreement):
            yield NextStep(
                f"Answer: {opened_in_words(change, 'this MoU', who)}",
                "Answer",
                reverse("agreements:change_answer", args=[agreement.reference, change.pk]),
                party,
                (),
                mine=may and party.organisation.pk == acting.organisation_id,
            )
