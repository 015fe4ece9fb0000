"""Sets what is due about reviews: the next one, and the other party's word on the last (A26)."""

from __future__ import annotations

from agreements.core.clauses import clause_bound_to
from agreements.core.due import REVIEW, REVIEW_TO_CONFIRM, key_of
from agreements.core.parties import parties_of
from agreements.core.vacancies import version_of_terms
from agreements.models import Agreement, Party, Review
from agreements.reviews.rules import schedule_of, working_of
from deadlines.services.setting import For, cancel_deadline, meet_deadline, set_deadline
from parties.models import Role

# Chased twice, then it simply stands as not confirmed.
CHASED = ["since:+14", "since:+28"]


def set_review_due(agreement: Agreement) -> None:
    """The review on the agreement's date of review: both parties' MoU managers are reminded.

    Call it with the agreement's row locked, whenever that date is set or moved.
    """
    if agreement.review_on is None:
        return
    last, clause = last_review(agreement), clause_bound_to(agreement, REVIEW)
    term = version_of_terms(agreement).typed_terms.review
    set_deadline(
        kind=REVIEW,
        subject_key=key_of(agreement),
        occurrence=str(last.number + 1 if last else 1),
        due_on=agreement.review_on,
        schedule=schedule_of(term),
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
    """Each party but the one that recorded it says whether the record is right."""
    for party in parties_of(review.agreement):
        if party.organisation.pk != review.recorded_for_id:
            set_deadline(
                kind=REVIEW_TO_CONFIRM,
                subject_key=key_of(review),
                occurrence=party.slot,
                schedule=CHASED,
                holders=[For(party.organisation, role=Role.MANAGER)],
                references=[review.agreement.reference],
            )


def close_question(review: Review, party: Party, *, agrees: bool) -> None:
    """The party has said its word on the record."""
    close = meet_deadline if agrees else cancel_deadline
    close(kind=REVIEW_TO_CONFIRM, subject_key=key_of(review), occurrence=party.slot)


def last_review(agreement: Agreement) -> Review | None:
    """The newest review as it counts: with its record put right, if it was."""
    held = Review.objects.filter(agreement=agreement, corrected_by=None)
    return held.order_by("number").last()
