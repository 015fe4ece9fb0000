"""When a review is due (A26), and the reviews of agreements as they count. Dates are London's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import count

from agreements.core.sides import other_sides
from agreements.models import Agreement, Party, Review, ReviewAnswer
from agreements.terms import Period, ReviewTerm, first_review_on, review_in_words
from house.clock import months_after
from house.once import once_a_page
from nhsuk.dates import day
from nhsuk.words import spelled

# On the day, each week for four weeks, and from the second month on every month until it is held.
OVERDUE = ("days:0", "days:+7", "days:+14", "days:+21", "days:+28", "months:+2", "monthly")
# Days ahead of a date that the parties set although their text says nothing of reviews.
AHEAD_WITHOUT_A_TERM = (60, 30)


def schedule_of(term: ReviewTerm | None) -> list[str]:
    """The offsets of a review's reminders: those ahead are a term of the agreement. Of a month or a
    period people hear so many days before its first day, on that day and on its last."""
    ahead = set(term.offsets_days if term else AHEAD_WITHOUT_A_TERM)
    if term and (lasts := term.days_before_last):
        ahead = {days + lasts for days in ahead} | {lasts}
    return [*(f"days:-{days}" for days in sorted(ahead, reverse=True)), *OVERDUE]


def next_review_on(months: int, *, start_on: date | None, due_on: date, held_on: date) -> date:
    """The date that is offered for the next review: the first anniversary after both days.

    It is counted from the date of sign-off as long as the reviews keep to it, so that a review
    held late does not move the later ones and 29 February comes back in a leap year; otherwise
    from the day on which this one was due.
    """
    begin = start_on if start_on and _is_anniversary(due_on, start_on, months) else due_on
    return next(
        later
        for number in count(1)
        if (later := months_after(begin, number * months)) > max(due_on, held_on)
    )


def _is_anniversary(due_on: date, start_on: date, months: int) -> bool:
    passed = (due_on.year - start_on.year) * 12 + due_on.month - start_on.month
    whole = passed > 0 and passed % months == 0
    return whole and months_after(start_on, passed) == due_on


def working_of(agreement: Agreement, term: ReviewTerm | None, last: Review | None) -> str:
    """How the agreement's date of review follows, as a sentence; else it was set by hand.

    `last` is the review before, if there was one.
    """
    start_on = agreement.runs_from
    if last is None:
        return _first(agreement, term)
    held_on, months = last.held_on, term.after_months if term else None
    if not months:
        return f"Set by the parties at the review held on {day(held_on)}."
    if last.next_on == months_after(last.due_on, months):
        return f"{_capital(months)} after the review that was due on {day(last.due_on)}."
    after = next_review_on(months, start_on=start_on, due_on=last.due_on, held_on=held_on)
    if last.next_on == after:
        return f"The next anniversary after the review held on {day(held_on)}."
    return f"Set by the parties at the review held on {day(held_on)}."


def _first(agreement: Agreement, term: ReviewTerm | None) -> str:
    start_on, due_on = agreement.runs_from, agreement.review_on
    if term and start_on and first_review_on(term, start_on) == due_on:
        if months := term.after_months:
            what = "day of effect" if agreement.effective_on else "date of sign-off"
            return f"{_capital(months)} after the {what}, {day(start_on)}."
        return f"The text puts the first review {review_in_words(term, Period())}."
    return "The date of review that the signed MoU gives."


def _capital(months: int) -> str:
    return f"{spelled(months).capitalize()} {'month' if months == 1 else 'months'}"


@dataclass
class Held:
    """A review that was held, by its newest record."""

    review: Review
    # The newest word of each other organisation on this record.
    answers: dict[int, ReviewAnswer] = field(default_factory=dict)
    # Earlier records of the same review that were put right, the newest first.
    before: list[Review] = field(default_factory=list)

    def awaited(self, agreement: Agreement) -> list[Party]:
        """Whose word is awaited: of the other sides who has said none, until one confirms it."""
        if any(answer.agrees for answer in self.answers.values()):
            return []
        others = other_sides(agreement, self.review.recorded_for_id)
        return [party for party in others if party.held_by.isdisjoint(self.answers)]

    @property
    def disputes(self) -> list[ReviewAnswer]:
        return [answer for answer in self.answers.values() if not answer.agrees]


def first_date_of_review(agreement: Agreement) -> date | None:
    """The date of review that the signed text was given, whatever was set at reviews since."""
    first = Review.objects.filter(agreement=agreement, number=1).values_list("due_on", flat=True)
    return first[0] if first else agreement.review_on


def held_reviews(agreements: Iterable[Agreement]) -> dict[int, list[Held]]:
    """Agreement id -> its reviews, the newest first (two queries, once a page)."""
    return _held(frozenset(agreement.pk for agreement in agreements))


@once_a_page
def _held(agreements: frozenset[int]) -> dict[int, list[Held]]:
    rows = Review.objects.filter(agreement__in=agreements)
    records = list(rows.select_related("recorded_by__person").order_by("-number", "-pk"))
    corrected = {record.corrects_id for record in records}
    found: dict[int, list[Held]] = defaultdict(list)
    for record in records:
        if record.pk not in corrected:
            found[record.agreement_id].append(Held(record))
        else:
            held = found[record.agreement_id]
            next(h for h in held if h.review.number == record.number).before.append(record)
    _put_answers({held.review.pk: held for each in found.values() for held in each})
    return found


def _put_answers(held: dict[int, Held]) -> None:
    answers = ReviewAnswer.objects.filter(review__in=held) if held else ReviewAnswer.objects.none()
    for answer in answers.select_related("user__person").order_by("at", "pk"):
        held[answer.review_id].answers[answer.organisation_id] = answer
