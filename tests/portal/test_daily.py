"""Each morning the administrators get the head of the audit, out of the reach of the database."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agreements.models import Seal
from audit.chain import head, link_new_entries
from audit.models import Entry, Link
from house import clock
from house.triggers import lifted
from mou_portal.daily import tell_administrators
from parties.models import User
from tests.audit.tampers import write
from tests.cast import Cast
from tests.conftest import Mailbox
from tests.stages import in_force

pytestmark = pytest.mark.django_db
TODAY = clock.today()


def at(hour: int, minute: int = 0, on: date = TODAY) -> datetime:
    return clock.london_instant(on, time(hour, minute))


@pytest.fixture
def admin(cast: Cast) -> str:
    return str(cast.system_administrator.email)


def test_it_comes_once_a_day_from_seven(admin: str, mailbox: Mailbox) -> None:
    with clock.at(at(6, 59)):
        assert tell_administrators() == 0
    for hour, told in ((7, 1), (8, 0), (23, 0)):
        with clock.at(at(hour)):
            assert tell_administrators() == told
    with clock.at(at(9, on=TODAY + timedelta(days=1))):
        assert tell_administrators() == 1
        assert len(mailbox.to(admin)) == 2


def test_only_system_administrators_who_may_log_in_get_it(
    admin: str, cast: Cast, mailbox: Mailbox
) -> None:
    User.objects.create_user("gone@portal.example", is_staff=True, is_active=False)
    User.objects.create_user("second@portal.example", is_staff=True)
    with clock.at(at(7)):
        tell_administrators()
        assert {mail.to[0] for mail in mailbox.all} == {admin, "second@portal.example"}


def test_who_is_no_administrator_any_more_when_it_is_sent_gets_none(
    admin: str, mailbox: Mailbox
) -> None:
    with clock.at(at(7)):
        tell_administrators()
        User.objects.update(is_staff=False)
        assert mailbox.all == []


def test_the_audit_is_checked_against_it(admin: str, cast: Cast, mailbox: Mailbox) -> None:
    for number in range(3):
        write(cast.manager, number)
    with clock.at(at(7)):
        tell_administrators()
        [mail] = mailbox.to(admin)
    noted = re.findall(r"--head (\S+)", str(mail.body))
    assert noted == [f"{3}:{head()[1]}"]
    out = StringIO()
    call_command("verify_audit", "--head", noted[0], stdout=out)
    assert "Proved up to link 3, by the head 3:" in out.getvalue()
    with lifted():
        Link.objects.all().delete()
        Entry.objects.filter(verb="did").update(verb="undid")
    link_new_entries()
    with pytest.raises(CommandError, match="One of the links 1 to 3 was changed and chained anew"):
        call_command("verify_audit", "--head", noted[0])


def test_it_names_what_failed_and_what_was_linked_late(
    admin: str, cast: Cast, mailbox: Mailbox
) -> None:
    in_force(cast)
    Seal.objects.update(state=Seal.State.FAILED)
    link_new_entries()
    write(cast.manager, -9_000)
    with clock.at(at(7)):
        tell_administrators()
        [mail] = mailbox.to(admin)
    said = str(mail.body)
    assert "1 signed copy could not be made." in said
    assert "1 entry was linked late" in said
    assert "/admin/agreements/seal/?state__exact=failed" in said


def test_a_look_that_finds_nothing_to_do_asks_little(admin: str) -> None:
    with clock.at(at(7)):
        tell_administrators()
        with CaptureQueriesContext(connection) as asked:
            tell_administrators()
    assert len(asked) == 2


def test_the_sweep_without_a_broker_tells_them_too(admin: str, mailbox: Mailbox) -> None:
    with clock.at(at(8)):
        call_command("sweep", stdout=StringIO())
        [mail] = mailbox.to(admin)
    assert mail.subject.startswith("Head of the audit on ")
