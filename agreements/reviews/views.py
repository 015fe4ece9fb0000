"""Recording that a review was held, and the other party's word on the record."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from agreements.core.by_link import NO_LONGER, acts, opened_by
from agreements.core.confirming import ConfirmationForm, require_other_side
from agreements.core.parties import side_of
from agreements.core.reached import agreement_of, not_disposed, steps, subpage_url
from agreements.core.telling import told_others
from agreements.models import Agreement, Review
from agreements.reviews.due import last_review
from agreements.reviews.forms import CorrectionForm, ReviewForm
from agreements.reviews.pages import Reviews, asks_for_reviews, next_default
from agreements.reviews.services import correct_review, record_review, say_of_review
from mail.models import SentLink
from nhsuk.dates import day
from parties.acting import acting_of
from web.carrying_out import carried_out
from web.link_forms import link_form
from web.links import gone


def record(request: HttpRequest, reference: str) -> HttpResponse:
    """Records the outcome of the review that is due, and sets the next date."""
    agreement, acting = agreement_of(request, reference), acting_of(request)
    side_of(agreement, acting)
    if not agreement.takes_acts:
        messages.error(request, "Only an agreement in force is reviewed.")
        return redirect("agreements:agreement", reference)
    last = last_review(agreement)
    form = ReviewForm(
        request.POST or None,
        number=last.number + 1 if last else 1,
        next_on=next_default(agreement),
        in_terms=asks_for_reviews(agreement),
    )

    def act(number: int, **_: object) -> None:
        record_review(by=acting, agreement=agreement, number=number, said=form.said)

    if carried_out(request, form, act):
        return _done(request, agreement, "The review is recorded.", form)
    return _show(request, "agreements/review.jinja", agreement, form=form)


def correct(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Puts the newest record right; what it said before stays readable."""
    review, acting = _review(request, reference, pk), acting_of(request)
    side_of(review.agreement, acting)
    before = {name: getattr(review, name) for name in ("held_on", "outcome", "note")}
    form = CorrectionForm(
        request.POST or None,
        number=review.number,
        next_on=review.next_on,
        in_terms=asks_for_reviews(review.agreement),
        **before,
    )

    def act(because: str, **_: object) -> None:
        correct_review(by=acting, review=review, said=form.said, because=because)

    if carried_out(request, form, act):
        return _done(request, review.agreement, "The record is put right.", form)
    return _show(request, "agreements/review_correct.jinja", review.agreement, review, form=form)


def answer(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Another party confirms the record, or says what is not right."""
    review, acting = _review(request, reference, pk), acting_of(request)
    side_of(review.agreement, acting)
    require_other_side(acting, review.agreement, review.recorded_for_id)
    yes = "this is what we decided, and the dates are right"
    form = ConfirmationForm(request.POST or None, what="the record", yes=yes)

    def act(because: str, **_: object) -> None:
        say_of_review(by=acting, review=review, agrees=form.agrees, because=because)

    if carried_out(request, form, act):
        messages.success(request, f"{form.done}\n{told_others(review.agreement, acting)}")
        return redirect(_section_of(review.agreement))
    return _show(request, "agreements/review_answer.jinja", review.agreement, review, form=form)


PUT_RIGHT = "This record was put right by another one, or is no longer there."


def answer_by_link(request: HttpRequest, link: SentLink) -> HttpResponse:
    """The same by a link, for a key contact without an account (record 0052)."""
    by = opened_by(link)
    if by is None:
        return gone(request, sentence=NO_LONGER)
    visible = Review.objects.visible_to(by.acting).filter(corrected_by=None, pk=by.about)
    review = visible.select_related("agreement", "recorded_for").first()
    if review is None:
        return gone(request, sentence=PUT_RIGHT)
    form = ConfirmationForm(request.POST or None, what="the record")

    def act(because: str, **_: object) -> None:
        with acts(by) as acting:
            say_of_review(by=acting, review=review, agrees=form.agrees, because=because)

    return link_form(
        request,
        form,
        act,
        done=lambda: f"{form.done}\n{told_others(review.agreement, by.acting)}",
        title="Is the record of the review right?",
        caption=by.title,
        facts=_facts_of(review),
    )


def _facts_of(review: Review) -> list[tuple[str, str]]:
    return [
        ("Recorded by", review.recorded_for.name),
        ("Held on", day(review.held_on)),
        ("Outcome", review.get_outcome_display()),
        ("Next review", day(review.next_on) or "No next date is set"),
        *([("Note", review.note)] if review.note else []),
    ]


def _review(request: HttpRequest, reference: str, pk: int) -> Review:
    visible = Review.objects.visible_to(acting_of(request)).select_related("agreement")
    found = get_object_or_404(visible, agreement__reference=reference, pk=pk)
    not_disposed(found.agreement)
    return found


def _done(request: HttpRequest, agreement: Agreement, done: str, form: ReviewForm) -> HttpResponse:
    said = form.said
    follows = {
        Review.Outcome.CONTINUE: "",
        Review.Outcome.VARY: " Next: agree the new text.",
        Review.Outcome.END: " Next: propose its end on the page “Changes and end”.",
    }[Review.Outcome(said.outcome)]
    due = f"The next one is due on {day(said.next_on)}." if said.next_on else "No next date is set."
    messages.success(
        request,
        f"{done} {due}\n"
        f"{told_others(agreement, acting_of(request))} They are asked to confirm it.{follows}",
    )
    return redirect(_section_of(agreement))


def _section_of(agreement: Agreement) -> str:
    return subpage_url(agreement.reference, "kept") + "#review"


def _show(
    request: HttpRequest, template: str, agreement: Agreement, review: Review | None = None,
    **more: object,
) -> HttpResponse:  # fmt: skip
    reviews = Reviews(agreement, acting_of(request))
    held = next((each for each in reviews.held if each.review == review), None)
    context = {"agreement": agreement, "reviews": reviews, "held": held, "way": steps(agreement)}
    return render(request, template, context | more)
