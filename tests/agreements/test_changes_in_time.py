"""What becomes of changes as days pass: a notice not accepted in time, a party that left."""

from __future__ import annotations

from copy import copy
from datetime import date

import pytest

from agreements.changes.services.answering import answer_change, withdraw_change
from agreements.changes.services.notices import give_notice
from agreements.changes.services.opening import propose_end, propose_extension
from agreements.groups.digest import in_words
from agreements.models import Change
from agreements.terms import Period
from deadlines.models import Deadline
from house.refusals import Refused
from tests.agreements.past import closes
from tests.agreements.reviewed import on
from tests.agreements.test_changes import now, signed, sweep
from tests.agreements.test_parties_that_leave import leaving
from tests.cast import Cast, acting
from tests.conftest import ClientOf, Mailbox
from tests.reading import words, words_at
from tests.two_of_ten import of_ten, somebody

pytestmark = pytest.mark.django_db
GIVEN, LAST = date(2018, 9, 3), date(2018, 12, 31)


def unnoticed(cast: Cast) -> Change:
    """A withdrawal that the text does not provide for: the other party has not answered."""
    agreement = signed(cast, Period())
    with on(GIVEN):
        return give_notice(
            by=acting(cast.manager), agreement=agreement, given_on=GIVEN, on=LAST, because="Done."
        )


def test_a_withdrawal_accepted_by_its_last_day_holds(cast: Cast) -> None:
    change = unnoticed(cast)
    with on(LAST):
        answer_change(by=acting(cast.other_manager), change=change, agrees=True)
    assert now(change.agreement).last_day == LAST


def test_a_withdrawal_that_nobody_accepted_by_its_last_day_takes_no_effect_backwards(
    cast: Cast, mailbox: Mailbox
) -> None:
    change = unnoticed(cast)
    with on(date(2019, 1, 1)), pytest.raises(Refused, match="31 December 2018, has passed"):
        answer_change(by=acting(cast.other_manager), change=change, agrees=True)
    sweep(date(2019, 1, 2))
    change.refresh_from_db()
    assert (change.state, now(change.agreement).state) == ("withdrawn", "in_force")
    assert change.closed_because == "Its last day passed before all parties had accepted it."
    assert not Deadline.objects.filter(kind="change_to_answer").still_open().exists()
    told = [m for m in mailbox.to(cast.manager.email) if "was not accepted in time" in m.body]
    assert len(told) == 1


def test_who_gave_it_can_give_it_again_with_another_day(cast: Cast) -> None:
    change = unnoticed(cast)
    sweep(date(2019, 1, 2))
    with on(date(2019, 1, 2)):
        again = give_notice(
            by=acting(cast.manager), agreement=change.agreement, given_on=date(2019, 1, 2),
            on=date(2019, 3, 31), because="Done.",
        )  # fmt: skip
        answer_change(by=acting(cast.other_manager), change=again, agrees=True)
    assert now(change.agreement).last_day == date(2019, 3, 31)


def test_an_end_that_is_past_is_agreed_to_by_whoever_accepts_it(cast: Cast) -> None:
    agreement = signed(cast, Period())
    with on(GIVEN):
        end = propose_end(by=acting(cast.manager), agreement=agreement, on=LAST, because="Done.")
    sweep(date(2019, 1, 2))
    with on(date(2019, 1, 2)):
        answer_change(by=acting(cast.other_manager), change=end, agrees=True)
    assert now(agreement).is_over


def test_the_timeline_says_that_a_party_has_left(cast: Cast, client_of: ClientOf) -> None:
    with on(date(2017, 9, 1)):
        agreement = of_ten(cast)
    with on(GIVEN):
        leaving(cast, agreement)
    for _ in "12":
        sweep(date(2019, 1, 1))
    with on(date(2019, 1, 1)):
        said = words(client_of(cast.other_manager), agreement, "history/")
    assert said.count("Ash Federation left it: its last day was 31 December 2018.") == 1


def test_the_page_of_changes_is_bounded(cast: Cast, client_of: ClientOf) -> None:
    agreement = signed(cast, Period())
    with on(GIVEN):
        end = propose_end(by=acting(cast.manager), agreement=agreement, on=LAST, because="No 0.")
        withdraw_change(by=acting(cast.manager), change=end, because="Not yet.")
    end.refresh_from_db()
    others = [copy(end) for _ in range(60)]
    for number, other in enumerate(others, start=1):
        other.pk, other.because = None, f"No {number}."
    Change.objects.bulk_create(others)
    client, path = client_of(cast.viewer), f"/agreements/{agreement.reference}/changes/"
    first, second = words_at(client, path), words_at(client, f"{path}?changes=2")
    assert "No 60." in first
    assert "No 0." not in first
    assert "No 0." in second
    assert "No 60." not in second


def test_the_daily_e_mail_of_a_group_names_notices_and_ends() -> None:
    verbs = ["notice_given", "notice_given", "change_accepted", "ended", "end_passed", "party_left"]
    said = in_words(verbs)
    assert "2 gave notice" in said
    assert "1 accepted a change" in said
    assert "1 past its end" in said
    assert "1 ended" in said
    assert "1 left" in said
    assert "other news" not in said


def test_what_waits_for_an_organisation_that_closed_holds_after_four_weeks(cast: Cast) -> None:
    agreement = signed(cast, Period(ends_on=date(2018, 12, 31)))
    with on(GIVEN):
        later = propose_extension(
            by=acting(cast.manager), agreement=agreement, on=date(2019, 12, 31), because="Good."
        )
    closes(cast.ccg, date(2018, 9, 30))
    for day, state in ((date(2018, 10, 27), "open"), (date(2018, 10, 29), "done")):
        sweep(day)
        later.refresh_from_db()
        assert later.state == state
    assert now(agreement).end_on == date(2019, 12, 31)


def test_what_waits_for_another_as_well_goes_on_waiting(cast: Cast) -> None:
    with on(date(2017, 9, 1)):
        agreement = of_ten(cast)
    with on(GIVEN):
        end = propose_end(
            by=acting(cast.other_manager), agreement=agreement, on=LAST, because="Done."
        )
    closes(acting(somebody("Mo Ash")).on_behalf_of, date(2018, 9, 30))
    sweep(date(2018, 11, 1))
    end.refresh_from_db()
    assert end.state == "open"
