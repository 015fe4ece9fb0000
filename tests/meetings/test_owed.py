"""What a series owes, and the reminders of it: by what was held, and by the passing of time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils.html import strip_tags

from agreements.models import Agreement
from deadlines.models import Deadline
from meetings.models import Meeting, Series, Turn
from meetings.queries.seen import overviews, series_seen_by
from meetings.services.correcting import answer_record, enter_meeting_in_error
from meetings.services.looking_again import make_up_for_looks
from meetings.services.scheduling import cancel_meeting
from meetings.services.series import make_series
from tests.cast import Cast, acting
from tests.conftest import ClientOf, Mailbox
from tests.meetings.stage import (
    START,
    held,
    in_force,
    newest,
    on,
    scheduled,
    series_of,
    swept,
    words,
)

LAST = date(2014, 9, 2)


@pytest.fixture
def wider(cast: Cast) -> Series:
    return series_of(in_force(cast))


def state(series: Series, first: date = START) -> str:
    subject, occurrence = f"series:{series.key}", first.isoformat()
    return str(Deadline.objects.get(subject_key=subject, occurrence=occurrence).state)


def days_told(mailbox: Mailbox, first: date, last: date) -> list[int]:
    """How many days before (-) or after the end of the first MoU year somebody is told."""
    found = []
    for n in range((first - LAST).days, (last - LAST).days + 1):
        told = swept(LAST + timedelta(days=n), mailbox)
        if any("wider meeting" in subject for _, subject in told):
            found.append(n)
    return found


def test_both_parties_are_warned_before_the_year_runs_out(
    cast: Cast, wider: Series, mailbox: Mailbox
) -> None:
    assert days_told(mailbox, date(2014, 5, 1), date(2014, 9, 1)) == [-123, -60, -32, -14]
    words = "Hold two wider meetings by 2 September 2014: with"
    told = [m.to[0] for m in mailbox.all if words in m.subject]
    assert told == [cast.manager.email, cast.other_manager.email] * 4
    mail = newest(mailbox, words)
    assert "None of two held so far." in mail.body
    assert "Clause 7.2, The wider meeting, twice a year, of the MoU asks for this." in mail.body
    working = "The MoU year runs from 3 September 2013 to 2 September 2014, and two are owed in it."
    assert f"How the date follows: {working}" in mail.body
    assert "so it cannot be switched off" in mail.body


def quarterly(cast: Cast, agreement: Agreement, name: str, cadence: str = "quarterly") -> Series:
    return make_series(by=acting(cast.manager), agreements=[agreement], name=name, cadence=cadence)


def test_series_that_are_alike_are_told_apart_without_their_names(
    cast: Cast, wider: Series, mailbox: Mailbox
) -> None:
    agreement = wider.serves.get().agreement
    with on(date(2014, 3, 5)):
        first, second = (quarterly(cast, agreement, name) for name in ("Finance", "Premises"))
        quarterly(cast, agreement, "Doctors", "monthly")
    told = {subject.split(": with")[0] for _, subject in swept(date(2014, 5, 19), mailbox)}
    assert {each for each in told if "quarterly" in each} == {
        "Hold one quarterly meeting by 2 June 2014 (series 1 of 2)",
        "Hold one quarterly meeting by 2 June 2014 (series 2 of 2)",
    }
    body = str(newest(mailbox, "series 2 of 2").body)
    assert "This is the second of 2 such series, begun on 5 March 2014." in body
    assert f"/meetings/series/{second.key}/" in body
    assert not any(name in body for name in ("Finance", "Premises"))
    told = {subject.split(": with")[0] for _, subject in swept(date(2014, 5, 26), mailbox)}
    told |= {subject.split(": with")[0] for _, subject in swept(date(2014, 5, 27), mailbox)}
    assert "Hold one monthly meeting by 2 June 2014" in told
    # Home, which may name them, does.
    lines = Deadline.objects.still_open().filter(subject_key=f"series:{first.key}")
    assert [(each.line or {})["about"] for each in lines] == [
        "Finance: One owed in the quarter to 2 June 2014."
    ]


def test_a_series_of_others_is_not_counted_among_ones_own(
    cast: Cast, wider: Series, mailbox: Mailbox
) -> None:
    own = wider.serves.get().agreement
    other = in_force(cast, ccg=cast.third_ccg, source=own.template_version)
    with on(date(2014, 3, 5)):
        both = [own, other]
        make_series(by=acting(cast.manager), agreements=both, name="All", cadence="quarterly")
        quarterly(cast, other, "Theirs")
    swept(date(2014, 5, 19), mailbox)
    (theirs,) = [
        m for m in mailbox.to(cast.other_manager.email) if "Hold one quarterly" in m.subject
    ]
    assert "series" not in theirs.subject
    ours = [m.subject for m in mailbox.to(cast.manager.email) if "Hold one quarterly" in m.subject]
    assert sorted("(series 1 of 2)" in subject for subject in ours) == [False, True]


def test_nobody_is_warned_once_both_are_held(cast: Cast, wider: Series, mailbox: Mailbox) -> None:
    held(cast.manager, wider, date(2013, 12, 2))
    assert state(wider) == "open"
    held(cast.other_manager, wider, date(2014, 3, 3))
    assert state(wider) == "met"
    assert days_told(mailbox, date(2014, 5, 1), date(2014, 9, 2)) == []


def test_nobody_is_warned_while_enough_are_scheduled(
    cast: Cast, wider: Series, mailbox: Mailbox
) -> None:
    with on(date(2014, 4, 1)):
        scheduled(cast.manager, wider, date(2014, 6, 2))
        second = scheduled(cast.manager, wider, date(2014, 8, 11))
    told = [s for _, s in swept(LAST - timedelta(days=123), mailbox) if "Hold" in s]
    assert told == []
    with on(date(2014, 5, 20)):
        cancel_meeting(by=acting(cast.manager), meeting=second, because="Half of us are ill.")
    told = [s for _, s in swept(LAST - timedelta(days=60), mailbox) if "Hold" in s]
    assert len(told) == 2


def told_to_hold(mailbox: Mailbox, day: date) -> list[str]:
    return [subject for _, subject in swept(day, mailbox) if subject.startswith("Hold")]


def line(series: Series) -> str:
    """What Home says of what is owed this year; empty where it asks for nothing."""
    stored = Deadline.objects.still_open().get(subject_key=f"series:{series.key}").line
    return str((stored or {}).get("act", ""))


def test_a_meeting_that_is_past_and_not_recorded_covers_nothing(
    cast: Cast, wider: Series, mailbox: Mailbox
) -> None:
    held(cast.manager, wider, date(2013, 12, 2))
    with on(date(2014, 4, 1)):
        scheduled(cast.manager, wider, date(2014, 6, 19))
        assert line(wider) == ""
    assert told_to_hold(mailbox, date(2014, 5, 2)) == []
    first, second = told_to_hold(mailbox, date(2014, 7, 4))
    owed = "Hold one wider meeting by 2 September 2014: with"
    assert first.startswith(f"{owed} Eastmoor CCG")
    assert second.startswith(f"{owed} Northern Moors Area Team")
    chased = [m.subject for m in mailbox.all if "Record what happened" in m.subject]
    assert len(chased) == 2  # at once with what is owed: the record is asked for as well
    assert line(wider) == "Schedule a wider meeting"


def test_for_two_weeks_it_may_still_get_its_record(
    cast: Cast, wider: Series, mailbox: Mailbox
) -> None:
    held(cast.manager, wider, date(2013, 12, 2))
    with on(date(2014, 4, 1)):
        scheduled(cast.manager, wider, date(2014, 6, 23))
    assert told_to_hold(mailbox, date(2014, 7, 4)) == []
    assert line(wider) == ""
    swept(date(2014, 7, 8), mailbox)
    assert line(wider) == "Schedule a wider meeting"
    assert told_to_hold(mailbox, date(2014, 8, 1)) != []


def test_what_a_scheduled_meeting_covers_is_called_by_its_series_and_leads_there(
    cast: Cast, wider: Series, client_of: ClientOf
) -> None:
    held(cast.manager, wider, date(2013, 12, 2))
    with on(date(2014, 4, 1)):
        scheduled(cast.manager, wider, date(2014, 8, 28))
    with on(LAST + timedelta(days=1)):
        page = client_of(cast.manager).get("/agreements/MOU-0001/").content.decode()
    coming = page.split("What is next")[1].split("<details")[0]
    assert "Owed: wider meeting" in strip_tags(coming)
    assert f'href="/meetings/series/{wider.key}/"' in coming


def test_what_is_not_recorded_is_said_where_it_is_kept(
    cast: Cast, wider: Series, client_of: ClientOf
) -> None:
    agreement = wider.serves.get().agreement
    with on(date(2014, 4, 1)):
        for day in (date(2014, 5, 6), date(2014, 6, 19), date(2014, 8, 4)):
            scheduled(cast.manager, wider, day)
    with on(date(2014, 7, 7)):
        page = words(client_of(cast.viewer), f"/agreements/{agreement.reference}/kept/")
    assert (
        "Due None of two held this MoU year; two owed by 2 September 2014. The meetings of 6 May "
        "2014 and 19 June 2014 are not recorded yet." in page
    )


def test_after_an_upgrade_what_no_record_covers_is_looked_at_again(
    cast: Cast, wider: Series
) -> None:
    held(cast.manager, wider, date(2013, 12, 2))
    with on(date(2014, 4, 1)):
        scheduled(cast.manager, wider, date(2014, 6, 19))
    Turn.objects.update(on=date(2014, 9, 3))  # as the former release planned it
    with on(date(2014, 6, 20)):
        assert list(make_up_for_looks()) == ["MOU-0001"]
        assert Turn.objects.get().on == date(2014, 7, 4)
    Turn.objects.update(on=date(2014, 9, 3))
    with on(date(2014, 8, 1)):
        assert list(make_up_for_looks()) == ["MOU-0001"]
        assert line(wider) == "Schedule a wider meeting"
        assert list(make_up_for_looks()) == []


def test_the_year_turns_when_nobody_opens_a_page(
    cast: Cast, wider: Series, mailbox: Mailbox
) -> None:
    held(cast.manager, wider, date(2013, 12, 2))
    swept(date(2014, 9, 3), mailbox)
    assert state(wider) == state(wider, date(2014, 9, 3)) == "open"
    subjects = [subject for _, subject in swept(date(2014, 9, 4), mailbox)]
    assert subjects == []  # told on the third, once
    swept(date(2014, 10, 3), mailbox)
    assert state(wider) == "cancelled"
    assert days_told(mailbox, date(2015, 5, 1), date(2015, 9, 1)) == [245, 304, 335, 351]


def test_a_missed_year_is_told_twice_and_shown(
    cast: Cast, wider: Series, client_of: ClientOf, mailbox: Mailbox
) -> None:
    held(cast.manager, wider, date(2013, 12, 2))
    swept(LAST - timedelta(days=7), mailbox)
    assert days_told(mailbox, LAST, date(2014, 12, 1)) == [1, 14]
    mail = newest(mailbox, "One wider meeting not held by 2 September 2014")
    assert "If another was held, record it now" in mail.body
    with on(date(2014, 12, 1)):
        page = words(client_of(cast.other_viewer), f"/meetings/series/{wider.key}/")
    assert "None of two held this MoU year; two owed by 2 September 2015." in page
    assert "One of two held in the MoU year to 2 September 2014." in page


def test_a_meeting_recorded_late_still_counts_for_its_year(
    cast: Cast, wider: Series, mailbox: Mailbox
) -> None:
    held(cast.manager, wider, date(2013, 12, 2))
    swept(date(2014, 9, 3), mailbox)
    held(cast.manager, wider, date(2014, 9, 1))
    assert state(wider) == "met"


def test_a_record_that_is_not_right_does_not_count(
    cast: Cast, client_of: ClientOf, wider: Series
) -> None:
    path = f"/meetings/series/{wider.key}/"
    first = held(cast.manager, wider, date(2013, 12, 2))
    held(cast.manager, wider, date(2014, 3, 3))
    with on(date(2014, 3, 9)):
        by = acting(cast.other_manager)
        answer_record(by=by, meeting=first, agrees=False, because="We did not meet.")
        assert state(wider) == "open"
        assert "One of two held this MoU year" in words(client_of(cast.other_viewer), path)
        answer_record(by=by, meeting=first, agrees=True)
        assert state(wider) == "met"
        assert "Two of two held this MoU year." in words(client_of(cast.other_viewer), path)
        enter_meeting_in_error(by=acting(cast.manager), meeting=first, because="Another CCG.")
        assert state(wider) == "open"


def test_looking_again_changes_nothing(cast: Cast, wider: Series, mailbox: Mailbox) -> None:
    swept(date(2014, 9, 3), mailbox)
    rows = list(Deadline.objects.order_by("pk").values())
    for _ in range(2):
        swept(date(2014, 9, 3), mailbox)
    assert list(Deadline.objects.order_by("pk").values()) == rows


def test_after_long_silence_only_this_year_is_owed(
    cast: Cast, wider: Series, mailbox: Mailbox
) -> None:
    swept(date(2017, 1, 5), mailbox)
    still_open = Deadline.objects.still_open().filter(kind="meetings_owed")
    assert [each.occurrence for each in still_open] == ["2016-09-03"]


def test_nothing_is_owed_once_the_agreement_has_ended(
    cast: Cast, wider: Series, mailbox: Mailbox
) -> None:
    agreement = wider.serves.get().agreement
    agreement.state = "ended"
    agreement.save()
    swept(date(2014, 9, 3), mailbox)
    assert not Deadline.objects.still_open().filter(kind="meetings_owed").exists()
    assert Meeting.objects.count() == 0


def test_a_meeting_is_next_on_its_day_and_to_be_recorded_from_the_day_after(
    cast: Cast, wider: Series
) -> None:
    day = date(2014, 3, 3)
    with on(START):
        meeting = scheduled(cast.manager, wider, day)
    for today, next_one, to_record in (
        (day, meeting, []), (day + timedelta(days=1), None, [meeting]),
    ):  # fmt: skip
        with on(today):
            [found] = overviews([series_seen_by(acting(cast.manager)).get(pk=wider.pk)])
            assert (found.next, found.to_record) == (next_one, to_record)


def test_a_year_is_judged_by_a_cadence_that_held_in_it(cast: Cast, wider: Series) -> None:
    """One that is agreed later asks for nothing in the years before."""
    for since, judged in ((LAST, True), (LAST + timedelta(days=1), False)):
        wider.cadence_since = since
        wider.save()
        with on(date(2014, 12, 1)):
            [found] = overviews([series_seen_by(acting(cast.manager)).get(pk=wider.pk)])
            assert bool(found.previous) is judged
            assert found.standing
            assert found.standing.missing == 2
