"""The e-mails about meetings, as those who get them read them."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from deadlines.services.preferring import prefer
from house import clock
from meetings.models import Series
from meetings.services.actions import Agreed, agree_action
from meetings.services.correcting import answer_record
from meetings.services.recording import Account, record_meeting
from meetings.services.scheduling import cancel_meeting, move_meeting
from tests.cast import Cast, acting, person_of
from tests.conftest import Mailbox
from tests.meetings.stage import held, in_force, newest, on, party, scheduled, series_of, swept

WHAT = ("wider meeting on", "wider meeting moved to", "wider meeting of",
        "record of the wider meeting")  # fmt: skip
SECRETS = ("Moor House", "Reasons of our own", "What we said", "Send the list")


@pytest.fixture
def wider(cast: Cast) -> Series:
    return series_of(in_force(cast))


def test_each_step_is_told_to_the_other_side_without_any_words_typed(
    cast: Cast, wider: Series, mailbox: Mailbox
) -> None:
    ours, theirs = acting(cast.manager), acting(cast.other_manager)
    team, ccg = cast.manager.email, cast.other_manager.email
    day = clock.today()
    mailbox.all.clear()
    meeting = scheduled(cast.manager, wider, day, place="Moor House")
    assert told(mailbox) == [(ccg, "wider meeting on")]
    move_meeting(by=theirs, meeting=meeting, edit_no=0, day=day, time=time(9), place="Moor House")
    assert told(mailbox) == [(team, "wider meeting moved to")]
    agreed = Agreed("Send the list", party(wider.serves.get().agreement))
    account = Account(notes="What we said", agreed=[agreed])
    record_meeting(by=ours, meeting=meeting, account=account)
    assert told(mailbox) == [(ccg, "wider meeting of")]
    answer_record(by=theirs, meeting=meeting, agrees=False, because="Reasons of our own")
    assert told(mailbox) == [(team, "record of the wider meeting")]
    other = scheduled(cast.manager, wider, day + timedelta(days=3))
    mailbox.all.clear()
    cancel_meeting(by=ours, meeting=other, because="Reasons of our own")
    assert told(mailbox) == [(ccg, "wider meeting of")]


def told(mailbox: Mailbox) -> list[tuple[str, str]]:
    """Who got what since the last look; nothing that somebody typed is in any of it."""
    found = []
    for mail in mailbox.all:
        subject = str(mail.subject)
        assert "(MOU-0001)" in subject
        assert "http://127.0.0.1:8000/meetings/" in mail.body
        assert "Why you get this: you are" in mail.body
        assert not [secret for secret in SECRETS if secret in mail.body + subject]
        what = subject[0].lower() + subject[1:]
        found.append((mail.to[0], next(each for each in WHAT if what.startswith(each))))
    mailbox.all.clear()
    return found


def test_whoever_has_an_action_of_it_is_told_once(
    cast: Cast, wider: Series, mailbox: Mailbox
) -> None:
    agreement, before = wider.serves.get().agreement, len(mailbox.all)
    liaison, manager = person_of(cast.other_colleague), person_of(cast.other_manager)
    agreed = [Agreed("One", party(agreement), liaison), Agreed("Two", party(agreement), liaison),
              Agreed("Three", party(agreement), manager)]  # fmt: skip
    meeting = held(cast.manager, wider, clock.today() - timedelta(days=2), *agreed)
    told = {mail.to[0]: mail.body for mail in mailbox.all[before:]}
    assert set(told) == {cast.other_colleague.email, cast.other_manager.email}
    assert "2 actions of it are yours." in told[cast.other_colleague.email]
    assert "1 action of it is yours." in told[cast.other_manager.email]
    agree_action(by=acting(cast.manager), meeting=meeting, agreed=Agreed("Four", party(agreement)))
    assert newest(mailbox, "Action added from the wider meeting").to == [cast.other_manager.email]


def test_one_added_twice_is_one(cast: Cast, wider: Series) -> None:
    meeting = held(cast.manager, wider, clock.today() - timedelta(days=2))
    agreed, by = Agreed("One", party(wider.serves.get().agreement)), acting(cast.manager)
    first = agree_action(by=by, meeting=meeting, agreed=agreed)
    assert agree_action(by=by, meeting=meeting, agreed=agreed) == first


def test_in_a_daily_digest_it_says_the_same_of_the_readers_own_side(
    cast: Cast, wider: Series, mailbox: Mailbox
) -> None:
    prefer(person=person_of(cast.other_manager), one_digest_a_day=True, switched_off=[])
    with on(date(2014, 5, 1)):
        scheduled(cast.manager, wider, date(2014, 5, 6))
    swept(date(2014, 5, 2), mailbox)
    with on(date(2014, 5, 6)):
        digest = newest(mailbox, "to see to")
    assert digest.to == [cast.other_manager.email]
    assert "- Wider meeting on 6 May 2014: with Northern Moors Area Team, " in digest.body


def test_a_person_can_switch_reminders_of_meetings_off_but_not_what_is_owed(
    cast: Cast, wider: Series, mailbox: Mailbox
) -> None:
    person = person_of(cast.other_manager)
    prefer(person=person, one_digest_a_day=False, switched_off=["meeting", "meetings_owed"])
    with on(date(2014, 5, 1)):
        scheduled(cast.manager, wider, date(2014, 5, 6))
    subjects = {"on 6 May 2014": [cast.manager.email],
                "Hold two wider": [cast.manager.email, cast.other_manager.email]}  # fmt: skip
    told = swept(date(2014, 5, 2), mailbox)  # the last working day before a bank holiday
    for words, people in subjects.items():
        assert sorted(to for to, subject in told if words in subject) == people
