"""The reviews of an agreement in words, on its page and on pages of their own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property

from django.urls import reverse

from agreements.core.confirming import by_any_of
from agreements.core.parties import parties_of, sides_of, version_of_terms
from agreements.core.sides import names_ever
from agreements.core.state_in_words import review_words
from agreements.core.states import is_passed
from agreements.emails.pages import links_to
from agreements.models import Agreement, Review
from agreements.reviews.queries import Held, held_reviews, next_review_on, working_of
from deadlines.holidays import bank_holidays
from deadlines.rules.working_days import distance
from house import clock
from house.answers import Section
from nhsuk.components import Button, Link, Tag
from nhsuk.dates import day
from nhsuk.words import and_list, in_title
from parties.acting import Acting
from parties.who import DRAFTERS


class Reviews:
    """The reviews of one agreement for one reader, read once (two queries)."""

    def __init__(self, agreement: Agreement, acting: Acting) -> None:
        self.agreement, self.acting = agreement, acting
        self.parties = parties_of(agreement)
        self.held = held_reviews([agreement])[agreement.pk]
        own = sides_of(agreement, acting)
        self.may_record = bool(own) and agreement.takes_acts and DRAFTERS.includes(acting)

    @property
    def is_shown(self) -> bool:
        """There is nothing to say of reviews before the agreement is in force."""
        return self.agreement.has_duties or bool(self.held)

    @cached_property
    def email_links(self) -> dict[int, Link]:
        """By review, where the e-mails about it are (one query)."""
        return links_to("review", [held.review for held in self.held], self.acting)

    @property
    def is_due(self) -> bool:
        return is_passed(self.agreement.review_on, clock.today() + timedelta(days=1))

    @property
    def others(self) -> str:
        """Whom the reader has this MoU with."""
        own = self.acting.organisation_id
        return in_title([p.name for p in self.parties if p.organisation.pk != own])

    @property
    def between(self) -> str:
        return and_list(party.name for party in self.parties)

    @property
    def due(self) -> str:
        on = self.agreement.review_on
        return f"{day(on)}, {distance(on, clock.today(), bank_holidays())}" if on else "Not set"

    @property
    def standing(self) -> str:
        """When the next review is due, and how that date follows."""
        agreement, today = self.agreement, clock.today()
        words = review_words(agreement, today, bank_holidays())
        if agreement.review_on is None:
            return words
        term = version_of_terms(agreement).typed_terms.review
        return f"{words} {working_of(agreement, term, self.held[0].review if self.held else None)}"

    @property
    def notes(self) -> Iterator[str]:
        """What follows from the last review, and from a date that has passed, as sentences."""
        outcome = self.held[0].review.outcome if self.held else None
        if outcome == Review.Outcome.END:
            yield (
                "At the last review the parties decided to end this MoU. It stays in force until "
                "it is ended on the page “Changes and end”."
            )
        if outcome == Review.Outcome.VARY:
            yield (
                "At the last review the parties decided to vary this MoU. The present text holds "
                "until all have signed another."
            )
        if is_passed(self.agreement.review_on, clock.today()) and (
            not self.agreement.review_was_past
        ):
            yield (
                "A missed review ends nothing: the MoU stays in force. The review stays late "
                "until its outcome is recorded."
            )

    @property
    def action(self) -> Button | None:
        if not self.may_record:
            return None
        url = reverse("agreements:review", args=[self.agreement.reference])
        return Button("Record the outcome of a review", url)

    def tag(self, held: Held) -> Tag:
        if held.disputes:
            return Tag("Not right, one party says", "orange")
        if held.awaited(self.agreement):
            return Tag("Not yet confirmed", "yellow")
        return Tag("Confirmed", "green")

    def words(self, held: Held) -> list[str]:
        """Who recorded the review, and what each party says of it."""
        return [self._recorded(held.review), *self._words(held)]

    def may_confirm(self, held: Held) -> bool:
        awaited = {party.organisation.pk for party in held.awaited(self.agreement)}
        return self.acting.organisation_id in awaited

    def _recorded(self, review: Review) -> str:
        who, on = review.recorded_by.get_full_name(), day(review.recorded_at)
        return f"By {who} for {self._name(review.recorded_for_id)} on {on}."

    def _words(self, held: Held) -> list[str]:
        words = []
        for answer in held.answers.values():
            who, name = answer.said_by, self._name(answer.organisation_id)
            said = "confirmed it" if answer.agrees else "said that it is not right"
            reason = f": {answer.reason}" if answer.reason else "."
            words.append(f"{who} {said} for {name} on {day(answer.at)}{reason}")
        if awaited := held.awaited(self.agreement):
            words.append(f"Not yet confirmed by {by_any_of(awaited)}.")
        return words + [_put_right(held, place) for place in range(len(held.before))]

    def _name(self, organisation_id: int) -> str:
        return names_ever(self.agreement).get(organisation_id, "a former party")


def section_of(reviews: Reviews) -> Section:
    return Section(
        anchor="review",
        heading="Reviews",
        position=5,
        template="agreements/review_section.jinja",
        context={"reviews": reviews},
        action=reviews.action,
    )


def _put_right(held: Held, place: int) -> str:
    """What an earlier record said, and why it was put right."""
    wrong = held.before[place]
    right = held.before[place - 1] if place else held.review
    return (
        f"Put right on {day(right.recorded_at)}: {right.because} Before, it said: held on "
        f"{day(wrong.held_on)}, {wrong.get_outcome_display().lower()}, next on "
        f"{day(wrong.next_on) or 'no date'}."
    )


def asks_for_reviews(agreement: Agreement) -> bool:
    """Whether its text asks for a review every so many months."""
    term = version_of_terms(agreement).typed_terms.review
    return term is not None and term.after_months is not None


def next_default(agreement: Agreement) -> date | None:
    """The next date that the form offers for a review held by today; None where no text asks."""
    term, today = version_of_terms(agreement).typed_terms.review, clock.today()
    if term is None or term.after_months is None:
        return None
    return next_review_on(
        term.after_months,
        start_on=agreement.runs_from,
        due_on=agreement.review_on or today,
        held_on=today,
    )
