"""The text of an agreement in force is varied: what follows, what stays, and who says what."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import call_command

from agreements.changes.services.answering import answer_change, withdraw_change
from agreements.changes.services.notices import give_notice
from agreements.changes.services.opening import propose_end, propose_extension
from agreements.models import Agreement
from agreements.terms import Period, ReviewTerm
from agreements.variations.services import begin_correction
from agreements.versions.services.versions import recall
from deadlines.models import Deadline
from house.refusals import NotYours, Refused
from meetings.models import Series
from tests.agreements.reviewed import on, reviewed
from tests.agreements.varied import (
    on_terms,
    out_for_signature,
    sign_by_all,
    varied,
    vary,
    write,
)
from tests.cast import Cast, acting
from tests.conftest import ClientOf, Mailbox
from tests.on_terms import in_force_on
from tests.reading import words
from tests.stages import approve, draft_of, give, in_force, sent
from tests.termed import meet

pytestmark = pytest.mark.django_db
SIGNED, LATER = date(2013, 9, 3), date(2014, 2, 3)


def signed(cast: Cast, **terms: object) -> Agreement:
    with on(SIGNED):
        return in_force_on(cast, **terms) if terms else in_force(cast).agreement


def now(agreement: Agreement) -> Agreement:
    return Agreement.objects.get(pk=agreement.pk)


def label_in_force(agreement: Agreement) -> str:
    version = now(agreement).in_force_version
    return version.label if version else ""


def test_the_old_text_holds_until_all_have_signed_the_new_one(cast: Cast) -> None:
    agreement = signed(cast)
    with on(LATER):
        change = vary(cast, agreement)
        write(cast, agreement, "We are open with each other.")
        version = out_for_signature(cast, agreement)
        assert (label_in_force(agreement), version.label) == ("1.0", "2.0 draft 1")
        sign_by_all(cast, version)
    held = now(agreement)
    first, second = agreement.versions.order_by("seq")
    assert held.in_force_version == second
    assert (first.label, first.state, second.label, second.state) == (
        "1.0", "replaced", "2.0", "signed",
    )  # fmt: skip
    assert (second.label_before_signature, second.holds_from) == ("2.0 draft 1", LATER)
    assert (held.start_on, held.review_on) == (SIGNED, date(2014, 9, 3))
    change.refresh_from_db()
    assert (change.state, change.on) == ("done", LATER)
    assert [text.clause_id for text in first.texts.all()] == [
        t.clause_id for t in second.texts.all()
    ]


def test_both_parties_hear_of_it_and_the_history_says_so(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    agreement = signed(cast)
    with on(LATER):
        vary(cast, agreement)
        assert "vary the text" in mailbox.to(cast.other_manager.email)[-1].body
        write(cast, agreement, "We are open.")
        sign_by_all(cast, out_for_signature(cast, agreement))
        mail = mailbox.to(cast.other_manager.email)[-1]
        page = words(client_of(cast.other_manager), agreement, "history/")
    assert "Version 2.0 in force since 3 February 2014" in mail.subject
    assert "Version 2.0, before that 2.0 draft 1, replaced the text" in page


def test_terms_that_change_are_dated_anew_and_the_others_stay(cast: Cast) -> None:
    agreement = signed(cast)
    [series] = Series.objects.filter(term="wider")
    half_a_year = ReviewTerm(after_months=6, offsets_days=(30,))
    with on(LATER):
        vary(cast, agreement)
        write(cast, agreement, "The parties meet quarterly.", "meet")
        write(cast, agreement, "The parties review this after six months.", "review")
        on_terms(cast, agreement, meetings=meet(4), review=half_a_year)
        sign_by_all(cast, out_for_signature(cast, agreement))
    series.refresh_from_db()
    assert (series.per_year, series.cadence_since) == (4, LATER)
    assert series.counts_from == SIGNED
    [review] = Deadline.objects.still_open().filter(kind="review")
    assert review.due_on == now(agreement).review_on == date(2014, 8, 3)


def test_a_series_that_the_new_terms_do_not_name_ends(cast: Cast) -> None:
    agreement = signed(cast)
    with on(LATER):
        varied(
            cast, agreement, "The parties meet as they need.", key="meet",
            meetings=meet(2).model_copy(update={"series": ()}),
        )  # fmt: skip
    [series] = Series.objects.all()
    assert series.ended_on == LATER


@pytest.mark.parametrize("ended", [False, True])
def test_who_does_not_agree_ends_it_and_the_draft_is_given_up(cast: Cast, ended: bool) -> None:
    agreement = signed(cast)
    with on(LATER):
        change = vary(cast, agreement)
        if ended:
            sent(cast, now(agreement))
        answer_change(
            by=acting(cast.other_manager), change=change, agrees=False, because="No need."
        )
    change.refresh_from_db()
    newest = agreement.versions.latest("seq")
    assert (change.state, newest.state) == ("refused", "withdrawn" if ended else "given_up")
    assert newest.withdrawn_because == "No need."
    assert not Deadline.objects.still_open().filter(kind="approval_awaited").exists()
    with on(LATER):
        vary(cast, now(agreement))
        assert draft_of(agreement).seq == newest.seq + 1


def test_only_who_opened_it_withdraws_it(cast: Cast) -> None:
    agreement = signed(cast)
    with on(LATER):
        change = vary(cast, agreement)
        with pytest.raises(NotYours):
            withdraw_change(by=acting(cast.other_manager), change=change, because="Mine.")
        withdraw_change(by=acting(cast.manager), change=change, because="Later.")
    assert agreement.versions.latest("seq").state == "given_up"


def test_nobody_agrees_by_a_word_who_has_not_signed(cast: Cast) -> None:
    agreement = signed(cast)
    with on(LATER), pytest.raises(Refused, match="approves and signs"):
        answer_change(by=acting(cast.other_manager), change=vary(cast, agreement), agrees=True)


def test_one_text_at_a_time(cast: Cast) -> None:
    agreement = signed(cast)
    with on(LATER):
        vary(cast, agreement)
        with pytest.raises(Refused, match="another variation already"):
            begin_correction(by=acting(cast.other_manager), agreement=agreement, because="Slip.")


def test_a_recalled_version_of_it_opens_its_next_draft(cast: Cast) -> None:
    agreement = signed(cast)
    with on(LATER):
        change = vary(cast, agreement)
        version = sent(cast, now(agreement))
        recall(by=acting(cast.manager), version=version, because="One more thing.")
        draft = draft_of(agreement)
        assert draft.change == change
        assert sent(cast, now(agreement)).label == "2.0 draft 2"


def test_an_approval_of_the_old_text_says_nothing_of_the_new_one(cast: Cast) -> None:
    agreement = signed(cast)
    with on(LATER):
        vary(cast, agreement)
        version = sent(cast, now(agreement))
    awaited = Deadline.objects.still_open().filter(kind="approval_awaited")
    assert {each.occurrence for each in awaited} == {"area_team", "ccg"}
    assert not version.approvals.exists()


def test_an_extension_is_in_the_draft_that_is_begun_after_it(cast: Cast) -> None:
    agreement = signed(cast, period=Period(ends_on=date(2014, 12, 31)), minimum_months=0)
    with on(LATER):
        change = propose_extension(
            by=acting(cast.manager), agreement=agreement, on=date(2015, 12, 31), because="Works."
        )
        answer_change(by=acting(cast.other_manager), change=change, agrees=True)
        vary(cast, now(agreement))
        assert draft_of(agreement).typed_terms.period.ends_on == date(2015, 12, 31)
        sign_by_all(cast, out_for_signature(cast, agreement))
    assert now(agreement).end_on == date(2015, 12, 31)


def test_a_variation_signed_after_notice_leaves_the_notice_running(cast: Cast) -> None:
    period = Period(ends_on=date(2015, 12, 31), notice_months=6)
    agreement = signed(cast, period=period, minimum_months=0)
    with on(LATER):
        vary(cast, agreement)
        version = out_for_signature(cast, agreement)
        notice = give_notice(
            by=acting(cast.other_manager), agreement=now(agreement), given_on=LATER,
            on=date(2014, 8, 3), because="We merge.",
        )  # fmt: skip
        sign_by_all(cast, version)
    notice.refresh_from_db()
    held = now(agreement)
    assert (held.state, held.last_day, notice.state) == (
        "notice_given",
        date(2014, 8, 3),
        "running",
    )
    assert label_in_force(agreement) == "2.0"


def test_an_end_gives_up_the_text_that_was_being_agreed(cast: Cast) -> None:
    agreement = signed(cast)
    with on(LATER):
        change = vary(cast, agreement)
        ending = propose_end(
            by=acting(cast.manager), agreement=agreement, on=LATER, because="Done."
        )
        answer_change(by=acting(cast.other_manager), change=ending, agrees=True)
    with on(date(2014, 2, 4)):
        call_command("send_reminders", verbosity=0)
    change.refresh_from_db()
    assert now(agreement).is_over
    assert (change.state, agreement.versions.latest("seq").state) == ("withdrawn", "given_up")


def test_a_rejection_of_the_new_text_is_none_of_the_old_one(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement = signed(cast)
    with on(LATER):
        vary(cast, agreement)
        version = sent(cast, now(agreement))
        approve(cast.other_manager, version, "rejected")
        page = words(client_of(cast.manager), agreement)
    assert "In force since 3 September 2013. " in page
    assert "Variation: a new text is numbered 2.0 draft 1. Version 1.0 stays in force" in page


@pytest.mark.duty("E09")
def test_a_variation_is_a_new_version_that_shows_its_changes_and_all_have_signed(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement = signed(cast)
    with on(LATER):
        vary(cast, agreement)
        write(cast, agreement, "We are open with each other and with patients.")
        version = out_for_signature(cast, agreement)
        give_one = version.signature_requests.get(party__slot="area_team")
        give(cast.signatory, give_one)
        assert label_in_force(agreement) == "1.0"
        give(cast.other_signatory, version.signature_requests.get(party__slot="ccg"))
        page = words(client_of(cast.other_manager), agreement, f"compare/1..{version.seq}/")
    assert label_in_force(agreement) == "2.0"
    assert "1 clause changed." in page


def test_a_review_that_decided_to_vary_leads_to_the_draft(cast: Cast, client_of: ClientOf) -> None:
    agreement = signed(cast)
    with on(LATER):
        reviewed(cast.manager, agreement, LATER, date(2014, 9, 3), "vary")
        manager = client_of(cast.manager)
        assert "Vary the text, as the review decided" in words(manager, now(agreement))
        path = f"/agreements/{agreement.reference}/changes/new/variation/"
        answer = manager.post(path, {"because": "To say how often."})
        assert answer["Location"].endswith("/text/")
        page = words(manager, now(agreement), "text/")
        assert "Vary the text, as the review decided" not in words(manager, now(agreement))
    assert "Variation of version 1.0, which stays in force until all parties have signed" in page
