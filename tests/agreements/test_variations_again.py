"""A text that is varied again and again: what went comes back, and what is gone is said to be."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from agreements.changes.services.answering import answer_change, withdraw_change
from agreements.changes.services.notices import say_not_extending
from agreements.changes.services.opening import propose_extension
from agreements.drafting.services.editing import remove_clause
from agreements.models import Agreement
from agreements.terms import ContactRole, Level, Meetings, Period, ReviewTerm
from agreements.versions.services.versions import recall
from deadlines.models import Deadline
from escalations.services.opening import open_disagreement
from meetings.models import Series
from tests.agreements.reviewed import on
from tests.agreements.varied import on_terms, out_for_signature, sign_by_all, varied, vary
from tests.cast import Cast, acting
from tests.conftest import ClientOf, Mailbox
from tests.on_terms import in_force_on
from tests.reading import words, words_at
from tests.stages import approve, ask, clause, drafted, frozen, give, in_force, sent
from tests.termed import meet
from tests.without_account import asked_by_link, link_in, sent_to_practice, signs

pytestmark = pytest.mark.django_db
SIGNED, LATER, AGAIN = date(2013, 9, 3), date(2014, 2, 3), date(2014, 5, 6)


def signed(cast: Cast) -> Agreement:
    with on(SIGNED):
        return in_force(cast).agreement


def now(agreement: Agreement) -> Agreement:
    return Agreement.objects.get(pk=agreement.pk)


def test_meetings_that_a_text_left_out_are_held_again_once_the_next_asks_for_them(
    cast: Cast,
) -> None:
    agreement = signed(cast)
    with on(LATER):
        varied(cast, agreement, "The parties meet as they need.", "meet", meetings=Meetings())
    with on(AGAIN):
        varied(cast, now(agreement), "The parties meet quarterly.", "meet", meetings=meet(4))
    running = Series.objects.running().get(purpose=Series.Purpose.WIDER)
    assert (running.per_year, running.cadence_since) == (4, AGAIN)


def test_a_review_that_a_text_left_out_is_due_again_once_the_next_asks_for_it(cast: Cast) -> None:
    agreement = signed(cast)
    half_a_year = ReviewTerm(after_months=6, offsets_days=(30,))
    with on(LATER):
        varied(cast, agreement, "It runs on.", "review", review=None)
        assert not Deadline.objects.still_open().filter(kind="review").exists()
        assert now(agreement).review_on is None
    with on(AGAIN):
        varied(cast, now(agreement), "After six months.", "review", review=half_a_year)
    [review] = Deadline.objects.still_open().filter(kind="review")
    assert review.due_on == date(2014, 11, 6)


def test_the_locality_meetings_end_with_their_clause(cast: Cast) -> None:
    with on(SIGNED):
        drafted_text = drafted(cast)
        text = clause(drafted_text, "openness")
        text.bindings = ["locality_meetings"]
        text.save()
        sign_by_all(cast, out_for_signature(cast, drafted_text))
    series = Series.objects.get(purpose=Series.Purpose.LOCALITY)
    with on(LATER):
        vary(cast, now(drafted_text))
        text = clause(drafted_text, "openness")
        remove_clause(by=acting(cast.manager), clause=text, edit_no=text.edit_no)
        sign_by_all(cast, out_for_signature(cast, drafted_text))
    series.refresh_from_db()
    assert series.ended_on == LATER


def test_a_text_that_says_another_first_day_moves_no_mou_that_has_effect(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement = signed(cast)
    with on(LATER):
        varied(cast, agreement, period=Period(starts_on=date(2014, 4, 1)))
        page = words(client_of(cast.manager), now(agreement))
    assert "In force since 3 September 2013." in page
    assert "The MoU year, 3 September 2013 to 3 September 2014" in page


@pytest.mark.parametrize("said", [date(2014, 6, 1), None])
def test_one_that_has_none_yet_is_counted_from_the_new_day(cast: Cast, said: date | None) -> None:
    with on(SIGNED):
        agreement = in_force_on(cast, period=Period(starts_on=date(2014, 4, 1)))
    with on(LATER):
        varied(cast, agreement, period=Period(starts_on=said))
    [series] = Series.objects.all()
    assert series.counts_from == now(agreement).runs_from == (said or LATER)


def test_an_open_disagreement_is_found_under_a_text_that_names_no_levels(
    cast: Cast, client_of: ClientOf
) -> None:
    levels = (Level(key="one", label="Managers", posts={"area_team": "Head", "ccg": "Lead"}),)
    with on(SIGNED):
        agreement = in_force_on(cast, levels=levels)
        open_disagreement(
            by=acting(cast.colleague), agreement=agreement, subject="Visits", wanted="Fewer."
        )
    with on(LATER):
        varied(cast, agreement, levels=())
        colleague = client_of(cast.colleague)
        page = words(colleague, now(agreement), "disagreements/")
        stood = words(colleague, now(agreement), "on/2014-02-03/")
    assert "Visits" in page
    assert "Open a disagreement" not in page
    assert "Open disagreements 1: Disagreement 1" in stood


def test_a_draft_does_not_say_that_its_new_roles_have_contacts(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement = signed(cast)
    role = ContactRole(key="nurse", label="Lead nurse", slots=("area_team", "ccg"))
    with on(LATER):
        vary(cast, agreement)
        on_terms(cast, agreement, contact_roles=(role,))
        page = words(client_of(cast.manager), now(agreement), "text/")
    assert "every required contact of the text in force is named" in page


def test_a_decision_on_a_text_that_was_replaced_asks_for_nothing(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    agreement = signed(cast)
    with on(LATER):
        varied(cast, agreement)
        first = now(agreement).versions.get(seq=1)
        approve(cast.other_manager, first, "rejected")
        page = words(client_of(cast.other_manager), now(agreement), "versions/1/")
    mail = mailbox.to(cast.manager.email)[-1].body
    assert "recorded a decision on version 1.0" in mail
    assert "does not come into force until then" not in mail
    assert "waiting for" not in page


def test_a_link_to_a_new_text_that_came_to_nothing_promises_no_other(
    cast: Cast, mailbox: Mailbox
) -> None:
    with on(SIGNED):
        first = sent_to_practice(cast)
        asked_by_link(cast, first)
        signs(Client(), mailbox, first)
        give(cast.signatory, ask(cast.manager, first, cast.signatory))
    with on(LATER):
        change = vary(cast, now(first.agreement))
        asked_by_link(cast, frozen(cast, now(first.agreement)))
        path = link_in(mailbox)
        withdraw_change(by=acting(cast.manager), change=change, because="No need.")
        page = words_at(Client(), path)
    assert "Version 2.0 draft 1 was recalled: No need. The text in force stays as it is." in page


def test_who_was_asked_to_sign_hears_that_the_new_text_came_to_nothing(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    agreement = signed(cast)
    with on(LATER):
        change = vary(cast, agreement)
        version = out_for_signature(cast, agreement)
        give(cast.signatory, version.signature_requests.get(party__slot="area_team"))
        withdraw_change(by=acting(cast.manager), change=change, because="No need.")
        page = words(client_of(cast.manager), now(agreement), "history/")
    for signatory in (cast.signatory, cast.other_signatory):
        assert "Version 2.0 draft 1 recalled" in mailbox.to(signatory.email)[-1].subject
    assert "Version 2.0 draft 1 was recalled, and no draft of it is left" in page


def test_what_was_given_up_is_no_text_that_is_being_prepared(
    cast: Cast, client_of: ClientOf, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    agreement = signed(cast)
    with on(LATER):
        change = vary(cast, agreement)
        withdraw_change(by=acting(cast.manager), change=change, because="No need.")
        page = words(client_of(cast.manager), now(agreement), "on/2014-02-03/")
        output = str(tmp_path / "text.pdf")
        call_command("render_agreement", agreement.reference, "--output", output)
    assert "Another text was being prepared" not in page
    assert "The text, version 1.0, of MOU-0001" in capsys.readouterr().out


def extended(cast: Cast, agreement: Agreement, until: date) -> None:
    change = propose_extension(
        by=acting(cast.manager), agreement=now(agreement), on=until, because="It works."
    )
    answer_change(by=acting(cast.other_manager), change=change, agrees=True)


def with_end(cast: Cast) -> Agreement:
    with on(SIGNED):
        return in_force_on(cast, period=Period(ends_on=date(2014, 12, 31)), minimum_months=0)


def test_an_extension_that_is_agreed_meanwhile_stays_and_an_end_that_is_written_holds(
    cast: Cast,
) -> None:
    agreement = with_end(cast)
    with on(LATER):
        extended(cast, agreement, date(2015, 12, 31))
        vary(cast, now(agreement))
        version = out_for_signature(cast, agreement)
        extended(cast, agreement, date(2016, 12, 31))
        sign_by_all(cast, version)
        assert now(agreement).end_on == date(2016, 12, 31)
    with on(AGAIN):
        varied(cast, now(agreement), period=Period(ends_on=date(2015, 12, 31)))
    assert now(agreement).end_on == date(2015, 12, 31)


def test_a_later_end_that_all_sign_overtakes_a_notice_of_not_extending(cast: Cast) -> None:
    agreement = with_end(cast)
    with on(LATER):
        notice = say_not_extending(
            by=acting(cast.other_manager), agreement=agreement, given_on=LATER, because="We merge."
        )
        varied(cast, now(agreement), period=Period(ends_on=date(2016, 12, 31)))
    notice.refresh_from_db()
    held = now(agreement)
    assert (notice.state, held.state, held.last_day) == (
        "withdrawn", "in_force", date(2016, 12, 31),
    )  # fmt: skip


def test_nobody_is_asked_for_changes_in_a_draft_that_was_given_up(cast: Cast) -> None:
    agreement = signed(cast)
    with on(LATER):
        change = vary(cast, agreement)
        version = sent(cast, now(agreement))
        approve(cast.other_manager, version, "subject_to_changes")
        recall(by=acting(cast.manager), version=version, because="To make the changes.")
        asked = Deadline.objects.still_open().filter(kind="changes_asked")
        assert asked.exists()
        withdraw_change(by=acting(cast.manager), change=change, because="No need.")
    assert not asked.all().exists()
