"""All parties of many agreements meet quarterly in one user group, to review and revise (B14)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agreements.models import Agreement, IssueNews
from agreements.page.kept import WORST_FIRST
from deadlines.models import Deadline
from house import clock
from house.refusals import Refused
from meetings.models import Series
from meetings.room import MeetingsRoom
from meetings.services.correcting import answer_record
from meetings.services.due import time_passed
from meetings.services.series import end_series, set_cadence
from tests.cast import Cast, acting
from tests.conftest import ClientOf, Mailbox
from tests.meetings.joint import group_of, lead_of, met, mous, sent_and_signed
from tests.meetings.stage import newest, on, scheduled, series_of, swept, words, words_in
from tests.typed import fields_of
from tests.weeks import working_day


def kept(agreement: Agreement, cast: Cast) -> str:
    """How the clause that asks for meetings stands, for the practice's lead."""
    answers = MeetingsRoom().keepings([agreement], acting(lead_of(agreement)))
    found = answers[agreement.pk]["meetings"]
    assert found.state in WORST_FIRST
    assert found.state != "kept" or found.evidence
    return found.state


def owed_by(series: Series) -> set[str]:
    """The agreements under which a meeting is owed in a period that is open."""
    found = Deadline.objects.still_open().filter(subject_key=f"series:{series.key}")
    return set(found.values_list("concerned__reference", flat=True)) - {None}


@pytest.mark.duty("B14")
def test_all_parties_meet_quarterly_in_one_user_group(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    agreements = sent_and_signed(cast, 2)
    # Set up in one act for the whole group, in place of what each MoU asks for by itself.
    client, path = client_of(cast.other_manager), "/meetings/series/new/"
    page = client.get(path).content.decode()
    assert "Practice resilience: 2 agreements in force" in page
    said = fields_of(page) | {
        "name": "User group", "many": str(agreements[0].issue_line.share_id), "together": "wider",
        "cadence": "quarterly", "convener": "ours", "standing": "What to revise in the MoU",
    }  # fmt: skip
    done = words_in(client.post(path, said, follow=True))
    assert "User group is a series now." in done
    assert "One owed in the quarter to" in done
    series = Series.objects.get(name="User group")
    assert [row.agreement for row in series.serves.order_by("agreement__reference")] == agreements
    assert owed_by(series) == {agreement.reference for agreement in agreements}
    # One meeting is called, and told to all; it is held for each.
    before = len(mailbox.all)
    called = scheduled(cast.other_manager, series, clock.today() + timedelta(days=9))
    assert {mail.to[0] for mail in mailbox.all[before:]} == {lead_of(a).email for a in agreements}
    for agreement in agreements:
        page = words(client_of(lead_of(agreement)), f"/meetings/{called.key}/")
        assert "What to revise in the MoU" in page
        assert kept(agreement, cast) == "due"
    met(cast, series, clock.today())
    assert owed_by(series) == set()
    assert {kept(agreement, cast) for agreement in agreements} == {"kept"}


def test_a_quarter_without_a_meeting_is_missed_under_each(cast: Cast, mailbox: Mailbox) -> None:
    agreements = mous(cast, 2)
    series = group_of(cast, agreements)
    last = Deadline.objects.get(subject_key=f"series:{series.key}").due_on
    assert last
    told = swept(working_day(last + timedelta(days=1)), mailbox)
    owed = "One quarterly meeting not held by"
    people = [cast.other_manager, *map(lead_of, agreements)]
    assert {to for to, subject in told if owed in subject} == {who.email for who in people}
    assert agreements[1].reference not in newest(mailbox, owed).body or len(people) == 3


def test_not_right_under_one_is_owed_under_that_one_alone(cast: Cast, mailbox: Mailbox) -> None:
    first, second = mous(cast, 2)
    series = group_of(cast, [first, second], together="wider")
    meeting = met(cast, series)
    assert owed_by(series) == set()
    answer_record(by=acting(lead_of(first)), meeting=meeting, agrees=False, because="No.")
    assert owed_by(series) == {first.reference}
    assert (kept(first, cast), kept(second, cast)) == ("due", "kept")
    answer_record(by=acting(lead_of(first)), meeting=meeting, agrees=True)
    assert owed_by(series) == set()


def test_what_an_mou_asks_for_goes_on_apart_when_the_group_ends(cast: Cast) -> None:
    agreements = mous(cast, 2)
    own = series_of(agreements[0])
    series = group_of(cast, agreements, together="wider")
    own.refresh_from_db()
    assert own.ended_on
    assert owed_by(own) == set()
    end_series(by=acting(cast.other_manager), series=series)
    own.refresh_from_db()
    assert own.ended_on is None
    assert owed_by(own) == {agreements[0].reference}


def test_what_was_held_apart_in_the_period_counts(cast: Cast) -> None:
    agreements = mous(cast, 2)
    met(cast, series_of(agreements[0]))
    series = group_of(cast, agreements, together="wider")
    assert owed_by(series) == {agreements[1].reference}


@pytest.mark.parametrize(
    ("said", "refusal"),
    [({"together": "wider", "cadence": "as_required"}, "more often"),
     ({"together": "other"}, "does not ask for these meetings")],
)  # fmt: skip
def test_meetings_are_held_together_as_often_as_each_mou_asks(
    cast: Cast, said: dict[str, str], refusal: str
) -> None:
    with pytest.raises(Refused, match=refusal):
        group_of(cast, mous(cast, 2), **said)


def test_how_often_stays_within_what_the_mous_ask_for(cast: Cast) -> None:
    series = group_of(cast, mous(cast, 2), together="wider")
    with pytest.raises(Refused, match="more often"):
        set_cadence(by=acting(cast.other_manager), series=series, cadence="as_required")
    assert set_cadence(by=acting(cast.other_manager), series=series, cadence="monthly")


def test_a_period_turns_for_all(cast: Cast) -> None:
    series = group_of(cast, mous(cast, 2))
    last = Deadline.objects.get(subject_key=f"series:{series.key}").due_on
    assert last
    with on(last + timedelta(days=1)):
        time_passed()
        found = Deadline.objects.still_open().filter(subject_key=f"series:{series.key}")
        assert found.count() == 2


def test_a_yes_reaches_who_looks_after_a_group_once_a_day(cast: Cast, mailbox: Mailbox) -> None:
    agreements = sent_and_signed(cast, 2)
    meeting = met(cast, group_of(cast, agreements), clock.today())
    first, second = map(lead_of, agreements)
    before = len(mailbox.all)
    answer_record(by=acting(first), meeting=meeting, agrees=True)
    assert len(mailbox.all) == before
    assert IssueNews.objects.filter(happening__verb="meeting_confirmed").count() == 1
    answer_record(by=acting(second), meeting=meeting, agrees=False, because="No.")
    assert [mail.to[0] for mail in mailbox.all[before:]] == [cast.other_manager.email]
