"""Whoever has no account is led to no log-in: the e-mail says whom of their own side to tell."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agreements.models import Agreement
from commitments.services.recording import record_action
from communications.services.outcomes import release
from deadlines.services.preferring import prefer
from deadlines.sweep import sweep_reminders
from house import clock
from house.once import read_together
from mail.kinds import Message
from mail.sweep import send_due
from meetings.models import Series
from meetings.services.scheduling import schedule_meeting
from meetings.services.series import make_series
from parties.models import Absence, Membership, Person, Role, User
from parties.way_in import read_ways_in, say_whom_to_tell
from tests.agreements.contacted import with_contacts
from tests.agreements.reviewed import on, reviewed, swept_on
from tests.cast import Cast, acting, give, organisation, person, person_of, user
from tests.communications.desk import planned
from tests.conftest import Mailbox
from tests.once import made_once
from tests.setting_up import library_template

pytestmark = pytest.mark.django_db
made, cast = made_once(library_template)
DAY, HUGH = date(2026, 3, 2), "hugh.hart@moors.example"
TELL_OLGA = (
    "You have no account here. Tell Olga Other, your MoU manager, what should be done, by replying "
    "to this e-mail."
)


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    """Eastmoor CCG's key contact for it, Hugh Hart, has no account; Olga Other has its role."""
    return with_contacts(cast, ccg_mou_manager=person("Hugh Hart"))


def meet(cast: Cast, agreement: Agreement) -> None:
    series = Series.objects.get(serves__agreement=agreement, purpose=Series.Purpose.WIDER)
    schedule_meeting(by=acting(cast.manager), series=series, day=DAY + timedelta(days=21))


def begin_to_meet(cast: Cast, agreement: Agreement) -> None:
    by, name = acting(cast.manager), "Quality group"
    make_series(by=by, agreements=[agreement], name=name, cadence="quarterly")


def announce(cast: Cast, agreement: Agreement) -> None:
    announcement = planned(cast, agreement, hours=1)
    release(
        by=acting(cast.manager), announcement=announcement, released_at=clock.now(), text="News.",
        because="It leaked.",
    )  # fmt: skip


def message(path: str = "/agreements/MOU-0001/") -> Message:
    page = f"{settings.SITE_URL}{path}"
    return Message("Read it", ("It changed.",), "you are a contact.", "Read it", page)


def told_hugh(mailbox: Mailbox) -> EmailMultiAlternatives:
    return mailbox.to(HUGH)[-1]


@pytest.mark.parametrize("act", [meet, begin_to_meet, announce])
def test_it_says_whom_of_their_own_side_to_tell(
    cast: Cast, agreement: Agreement, mailbox: Mailbox, act: Callable[[Cast, Agreement], None]
) -> None:
    with on(DAY):
        act(cast, agreement)
        mail = told_hugh(mailbox)
    html = str(mail.alternatives[0][0])
    assert TELL_OLGA in mail.body
    assert TELL_OLGA in html
    assert mail.reply_to == [f'"Olga Other, Eastmoor CCG" <{cast.other_manager.email}>']
    assert "/agreements/" not in mail.body + html
    assert "/meetings/" not in mail.body + html


def test_whoever_has_an_account_is_led_to_the_page_and_to_who_asked(
    cast: Cast, agreement: Agreement, mailbox: Mailbox
) -> None:
    with on(DAY):
        reviewed(cast.other_manager, agreement, DAY, date(2027, 9, 3))
        [mail] = [each for each in mailbox.to(cast.manager.email) if "review" in each.subject]
    assert "/reviews/" in mail.body
    assert "You have no account" not in mail.body


def test_where_nobody_of_their_side_can_act_who_asked_is_told(
    cast: Cast, agreement: Agreement, mailbox: Mailbox
) -> None:
    role = Membership.objects.get(user=cast.other_manager)
    role.ends_on = DAY - timedelta(days=1)
    role.save()
    with on(DAY):
        meet(cast, agreement)
        assert "Tell Maud Manager, Northern Moors Area Team, what should be done, by replying" in (
            told_hugh(mailbox).body
        )
        give(cast.other_colleague, cast.ccg, Role.ADMINISTRATOR)
        begin_to_meet(cast, agreement)
        assert (
            "Tell Oscar Othersby, your organisation administrator, what" in told_hugh(mailbox).body
        )


def test_an_mou_manager_who_is_there_is_named_before_others(cast: Cast) -> None:
    give(cast.other_colleague, cast.ccg, Role.ADMINISTRATOR)
    away = cast.other_manager
    user("Thea There", cast.ccg, Role.MANAGER)
    today = clock.today()
    Absence.objects.create(person=person_of(away), starts_on=today, ends_on=today)
    said = say_whom_to_tell(message(), {"reader": (HUGH, cast.ccg.pk)})
    assert "Tell Thea There, your MoU manager," in said.paragraphs[-1]


def test_an_account_that_is_closed_is_none_and_a_page_of_the_log_in_stays(cast: Cast) -> None:
    closed = user("Clive Closed")
    reader = {"reader": (closed.email, cast.ccg.pk)}
    assert say_whom_to_tell(message(), reader).button_url
    User.objects.filter(pk=closed.pk).update(is_active=False)
    assert not say_whom_to_tell(message(), reader).button_url
    assert say_whom_to_tell(message("/account/password/reset/"), reader).button_url


def test_how_many_have_no_account_costs_no_more_queries(cast: Cast) -> None:
    readers = [(f"{n}@moors.example", organisation(f"Moor {n} CCG").pk) for n in range(9)]
    asked = []
    for some in (readers[:1], readers):
        with read_together(), CaptureQueriesContext(connection) as found:
            read_ways_in(some)
            for reader in some:
                said = say_whom_to_tell(message(), {"reader": reader})
                assert "Ask another party" in said.paragraphs[-1]
        asked.append(len(found))
    assert asked[0] == asked[1]


def test_what_asks_for_no_account_keeps_its_button(
    cast: Cast, agreement: Agreement, mailbox: Mailbox
) -> None:
    swept_on(date(2026, 7, 20))
    mail = next(each for each in mailbox.to(HUGH) if "still a key contact" in each.subject)
    assert "Answer:\nhttp://127.0.0.1:8000/link/" in mail.body
    assert "You have no account here" not in mail.body


def test_a_days_reminders_lead_nowhere_and_say_it_once(
    cast: Cast, agreement: Agreement, mailbox: Mailbox
) -> None:
    hugh = Person.objects.get(email=HUGH)
    with on(DAY):
        meet(cast, agreement)
        send_due()
    prefer(person=hugh, one_digest_a_day=True, switched_off=[])
    swept_on(DAY + timedelta(days=14))
    with on(DAY + timedelta(days=15)):
        send_due()
    mail = mailbox.to(HUGH)[-1]
    assert mail.body.count(TELL_OLGA) == 1
    assert "/meetings/" not in mail.body


def test_of_several_in_one_e_mail_the_link_that_asks_for_no_account_stays(
    cast: Cast, agreement: Agreement, mailbox: Mailbox, client: Client
) -> None:
    day = date(2026, 7, 20)
    with on(DAY):
        record_action(
            by=acting(cast.other_manager), agreement=agreement, what="Send the list",
            owner=agreement.parties.get(slot="ccg"), due_on=day + timedelta(days=7),
        )  # fmt: skip
    with clock.at(clock.london_instant(day, time(9, 5))):
        sweep_reminders()
    with clock.at(clock.london_instant(day, time(9, 31))):
        send_due()
        mail = next(each for each in mailbox.to(HUGH) if "2 things" in each.subject)
        (way,) = re.findall(r"http://127\.0\.0\.1:8000(/link/\S+)", str(mail.body))
        assert client.get(way).status_code == 200
    assert mail.body.count(TELL_OLGA) == 1
    assert "/commitments/" not in mail.body
