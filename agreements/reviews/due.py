"""What is due about reviews: the next one, and the other party's word on the last (A26)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import chain

from agreements.core.asked_again import is_over_by_notice
from agreements.core.due import (
    REVIEW,
    REVIEW_TO_CONFIRM,
    DeadlineLetter,
    agreement_of,
    due_in_short,
    due_in_words,
    key_of,
    read_letters,
    read_people,
)
from agreements.core.parties import parties_of, version_of_terms
from agreements.core.recipients import managers_by_party, managers_of
from agreements.core.sides import other_sides
from agreements.core.texts import clause_bound_to
from agreements.models import Agreement, Party, Review
from agreements.reviews.queries import held_reviews, schedule_of, working_of
from deadlines.kinds import DeadlineKind, Recipient
from deadlines.lines import Line, always
from deadlines.models import Deadline, Reminder
from deadlines.services.setting import For, cancel_deadline, meet_deadline, set_deadline
from house import clock
from house.once import each_once
from mail.kinds import Message, NotNeeded
from nhsuk.dates import day
from parties.models import Role
from parties.reader import names
from parties.who import DRAFTERS

PAST_CHASED = ["since:+14", "since:+28", "since:+56"]
# Chased twice, then it simply stands as not confirmed.
CHASED = ["since:+14", "since:+28"]


def set_review_due(agreement: Agreement) -> None:
    """The review on the agreement's date of review: both parties' MoU managers are reminded.

    Without a date nothing is due. Call it with the agreement's row locked, whenever that date is
    set, moved or taken out.
    """
    last, clause = last_review(agreement), clause_bound_to(agreement, REVIEW)
    key, number = key_of(agreement), str(last.number + 1 if last else 1)
    if agreement.review_on is None:
        cancel_deadline(kind=REVIEW, subject_key=key, occurrence=number)
        return
    term = version_of_terms(agreement).typed_terms.review
    # What had passed when the MoU was registered is not late: it waits from then on.
    past = agreement.review_was_past
    set_deadline(
        kind=REVIEW,
        subject_key=key,
        occurrence=number,
        due_on=None if past else agreement.review_on,
        schedule=PAST_CHASED if past else schedule_of(term),
        holders=[For(p.organisation, role=Role.MANAGER) for p in parties_of(agreement)],
        references=[agreement.reference],
        clause_key=clause.key if clause else "",
        working=working_of(agreement, term, last),
    )


def meet_review(review: Review) -> None:
    """The review is held: nobody is reminded of it any more."""
    key, number = key_of(review.agreement), str(review.number)
    meet_deadline(kind=REVIEW, subject_key=key, occurrence=number)


def ask_to_confirm(review: Review) -> None:
    """Each party of another side is asked whether the record is right: one word is enough."""
    for party in other_sides(review.agreement, review.recorded_for_id):
        set_deadline(
            kind=REVIEW_TO_CONFIRM,
            subject_key=key_of(review),
            occurrence=party.key,
            schedule=CHASED,
            holders=[For(party.organisation, role=Role.MANAGER)],
            references=[review.agreement.reference],
        )


def answered(review: Review, by: Party, *, agrees: bool) -> None:
    """A party has said its word: what one confirms no other is asked about any more."""
    asked = other_sides(review.agreement, review.recorded_for_id) if agrees else [by]
    for party in asked:
        close_question(review, party, agrees=party == by and agrees)


def keep_asking(agreement: Agreement) -> None:
    """Nobody is asked any longer who holds the side of the record by now."""
    for held in held_reviews([agreement])[agreement.pk]:
        others = other_sides(agreement, held.review.recorded_for_id)
        for party in parties_of(agreement):
            if party not in others:
                close_question(held.review, party, agrees=False)


def close_question(review: Review, party: Party, *, agrees: bool) -> None:
    """The party has said its word on the record, or is not asked any more."""
    close = meet_deadline if agrees else cancel_deadline
    close(kind=REVIEW_TO_CONFIRM, subject_key=key_of(review), occurrence=party.key)


def last_review(agreement: Agreement) -> Review | None:
    """The newest review as it counts: with its record put right, if it was."""
    held = Review.objects.filter(agreement=agreement, corrected_by=None)
    return held.order_by("number").last()


def _of_review(deadline: Deadline, _reminder: Reminder) -> list[Recipient]:
    agreement = agreement_of(deadline)
    if is_over_by_notice(agreement):
        raise NotNeeded
    return list(chain(*managers_by_party(parties_of(agreement)).values()))


def _about_review(deadline: Deadline, _reminder: Reminder, recipient: Recipient) -> Message:
    about = DeadlineLetter(deadline, recipient)
    if deadline.due_on is None:
        return _about_past_review(about)
    return about.message(
        f"review {due_in_short(deadline.due_on)}",
        f"The review of {about.mou} {due_in_words(deadline.due_on)}.",
        *_what_to_do(about, overdue=deadline.due_on < clock.today()),
        button="See the review",
        path="review/",
    )


def _about_past_review(about: DeadlineLetter) -> Message:
    """Its date had passed when the MoU was registered."""
    on = day(about.agreement.review_on)
    return about.message(
        f"no review recorded, its date was {on}",
        f"The date of review of {about.mou}, {on}, had passed when it was registered here. No "
        "outcome is recorded.",
        *_what_to_do(about, overdue=True),
        button="See the review",
        path="review/",
    )


def _what_to_do(about: DeadlineLetter, *, overdue: bool) -> tuple[str, ...]:
    hold = f"Agree with {about.others} when you look back together on how the MoU has worked."
    record = "One party then records the outcome: continue, vary or end it."
    if not overdue:
        return (f"{hold} {record}",)
    return (
        "No outcome is recorded yet. If you have held the review, record it now.",
        f"If you have not, agree a day with {about.others}.",
        "The MoU stays in force: a missed review ends nothing.",
    )


def _recorded(deadline: Deadline) -> Review:
    return _reviews([deadline.subject])[deadline.subject]


@each_once(Review)
def _reviews(subjects: Collection[str]) -> dict[str, Review]:
    rows = Review.objects.select_related("recorded_by__person").filter(pk__in=subjects)
    return {str(review.pk): review for review in rows}


def _read_records(reminders: Sequence[Reminder]) -> None:
    read_letters(reminders)
    found = _reviews(reminder.deadline.subject for reminder in reminders).values()
    names(review.recorded_for_id for review in found)


def _of_record(deadline: Deadline, _reminder: Reminder) -> list[Recipient]:
    sides = parties_of(agreement_of(deadline))
    return managers_of(next(party for party in sides if party.key == deadline.occurrence))


def _about_record(deadline: Deadline, _reminder: Reminder, recipient: Recipient) -> Message:
    review, about = _recorded(deadline), DeadlineLetter(deadline, recipient)
    about.replies_to(review.recorded_by, review.recorded_for_id)
    held, pk = day(review.held_on), review.recorded_for_id
    recorded_for = names([pk])[pk]
    return about.message(
        f"confirm the record of the review held on {held}",
        f"On {day(review.recorded_at)} {recorded_for} recorded that the review of {about.mou} was "
        f"held on {held}.",
        "It stands as not yet confirmed. Look at it, then confirm it or say what is not right.",
        button="Look at the record",
        path=f"reviews/{review.pk}/answer/",
    )


def _record_lines(deadlines: Sequence[Deadline]) -> Iterator[Line]:
    for deadline in deadlines:
        yield Line(
            "Confirm what was recorded of the review of",
            f"reviews/{deadline.subject}/answer/",
            "Look at the record",
            may=DRAFTERS.roles,
        )


KINDS = [
    DeadlineKind(
        key=REVIEW,
        label="Reviews",
        by_text=True,
        noun="Review",
        recipients=_of_review,
        compose=_about_review,
        lines=always(Line("Review", "review/", "Open the review", may=DRAFTERS.roles)),
        reads_people=read_people,
        reads=read_letters,
    ),
    DeadlineKind(
        key=REVIEW_TO_CONFIRM,
        label="Reviews to confirm",
        noun="Review to confirm",
        recipients=_of_record,
        compose=_about_record,
        lines=_record_lines,
        required=False,
        reads_people=read_people,
        reads=_read_records,
    ),
]
