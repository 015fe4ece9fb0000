"""After a restore no e-mail goes, until an administrator says what becomes of the old ones."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from audit.models import Entry
from deadlines.sweep import sweep_reminders
from house import clock
from house.refusals import Refused
from house.rooms import registered
from mail.holds import NOT_SENT, due_before, held_now, release
from mail.models import Delivery, Hold
from mail.services import send_again
from mail.sweep import lease_next, send_due
from mou_portal.backups.held_mail import count_what_fell_due
from tests.cast import Cast
from tests.conftest import ClientOf
from tests.deadlines.bell import Bells
from tests.deadlines.ringing import DUE, bell, london, on
from tests.mail.conftest import queued
from tests.mail.sink import Sink

pytestmark = pytest.mark.django_db
State = Delivery.State


def restored(at: datetime | None = None) -> Hold:
    """What a restore leaves: the mark, and everything that waited before it counted."""
    at = at or clock.now()
    hold = Hold.objects.create(restored_at=at, as_of=at - timedelta(hours=9))
    count_what_fell_due()
    return Hold.objects.get(pk=hold.pk)


def states() -> dict[str, str]:
    return dict(Delivery.objects.values_list("address", "state"))


def said(*options: str) -> str:
    out = StringIO()
    call_command("release_mail", *options, stdout=out)
    return out.getvalue()


# --- Held -----------------------------------------------------------------------------------


def test_nothing_is_sent_and_nothing_is_lost_while_e_mails_are_held(sink: Sink) -> None:
    queued("old@moors.example")
    restored()
    queued("new@moors.example")
    assert (send_due(), sink.received) == (0, [])
    assert set(states().values()) == {State.WAITING}


def test_what_was_sent_before_the_back_up_does_not_go_again(sink: Sink, cast: Cast) -> None:
    queued("told@moors.example")
    send_due()
    restored()
    release(actor=cast.system_administrator, send_old=True)
    assert (send_due(), sink.addresses()) == (0, ["told@moors.example"])


def test_every_sender_waits(sink: Sink, cast: Cast) -> None:
    queued()
    restored()
    call_command("sweep", stdout=StringIO())
    call_command("send_reminders", stdout=StringIO())
    assert sink.received == []


# --- Released -------------------------------------------------------------------------------


def test_old_ones_are_left_out_and_new_ones_go(sink: Sink, cast: Cast) -> None:
    queued("old@moors.example")
    restored()
    queued("new@moors.example")
    assert release(actor=cast.system_administrator, send_old=False) == 1
    assert (send_due(), sink.addresses()) == (1, ["new@moors.example"])
    left_out = Delivery.objects.get(address="old@moors.example")
    assert (left_out.state, left_out.last_error) == (State.LEFT_OUT, NOT_SENT)
    assert left_out.next_try is None


def test_one_that_was_left_out_can_be_sent_after_all(sink: Sink, cast: Cast) -> None:
    old = queued("old@moors.example")
    restored()
    release(actor=cast.system_administrator, send_old=False)
    old.refresh_from_db()
    send_again(actor=cast.system_administrator, organisation_id=None, delivery=old)
    assert (send_due(), sink.ids()) == (1, [old.message_id])


def test_old_ones_go_once_with_their_message_id_where_that_is_chosen(
    sink: Sink, cast: Cast
) -> None:
    old = queued("old@moors.example")
    restored()
    assert release(actor=cast.system_administrator, send_old=True) == 1
    assert (send_due(), send_due(), sink.ids()) == (1, 0, [old.message_id])


def test_one_that_a_lost_sender_had_counts_as_old(cast: Cast) -> None:
    queued("under.way@moors.example")
    assert lease_next()
    hold = restored()
    assert [each.address for each in due_before(hold)] == ["under.way@moors.example"]


def test_one_that_was_not_due_before_the_restore_goes_in_its_time(sink: Sink, cast: Cast) -> None:
    """The lost portal cannot have sent it."""
    tomorrow = clock.now() + timedelta(days=1)
    queued("digest@moors.example")
    Delivery.objects.update(next_try=tomorrow)
    restored()
    assert release(actor=cast.system_administrator, send_old=False) == 0
    with clock.at(tomorrow):
        assert (send_due(), sink.addresses()) == (1, ["digest@moors.example"])


def test_a_reminder_that_fell_due_since_the_back_up_counts_as_old(sink: Sink, cast: Cast) -> None:
    with registered(Bells()), on(DUE - timedelta(days=3), 10):
        bell(cast)
        sweep_reminders()
        send_due()
        before = len(sink.received)
    with registered(Bells()), on(DUE, 12):
        hold = restored(london(DUE, 12))
        assert due_before(hold).count() == 1
        release(actor=cast.system_administrator, send_old=False)
        sweep_reminders()
        assert (send_due(), len(sink.received)) == (0, before)


def test_nobody_releases_before_it_is_known_what_is_old(cast: Cast) -> None:
    Hold.objects.create(restored_at=clock.now(), as_of=clock.now())
    with pytest.raises(Refused, match="set_up"):
        release(actor=cast.system_administrator, send_old=False)
    assert held_now()


def test_what_is_not_held_is_not_released(cast: Cast) -> None:
    with pytest.raises(Refused, match="No e-mails are held"):
        release(actor=cast.system_administrator, send_old=True)


def test_a_back_up_of_a_portal_whose_e_mails_were_held_is_released_as_one(cast: Cast) -> None:
    restored()
    restored()
    release(actor=cast.system_administrator, send_old=False)
    assert held_now() is None


# --- Who sees it, who does it ---------------------------------------------------------------


def test_an_alarm_and_the_administrators_first_page_say_it(
    client: Client, client_of: ClientOf, cast: Cast
) -> None:
    sweep_reminders()
    restored(london(DUE))
    sentence = "E-mails are held since the portal was restored at 9:00 am GMT on 1 March 2027."
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["problems"]) == (503, [sentence])
    page = client_of(cast.system_administrator).get("/admin/").content.decode()
    assert sentence in page
    assert "release_mail" in page


@pytest.mark.parametrize(("action", "state"), [("release", "left_out"), ("release_all", "waiting")])
def test_an_administrator_releases_on_the_page_and_it_is_recorded(
    action: str, state: str, client_of: ClientOf, cast: Cast
) -> None:
    queued("old@moors.example")
    hold = restored()
    admin = client_of(cast.system_administrator)
    chosen = {"action": action, "_selected_action": [hold.pk]}
    page = admin.post(reverse("admin:mail_hold_changelist"), chosen, follow=True)
    assert "E-mails go again." in page.content.decode()
    assert states() == {"old@moors.example": state}
    last = Entry.objects.filter(object_type="mail.hold").order_by("-pk")[0]
    assert (last.actor, last.verb) == (
        cast.system_administrator, "released e-mails after a restore",
    )  # fmt: skip
    assert last.payload == {"due_before": 1, "sent": state == "waiting"}


def test_the_command_shows_what_waits_and_changes_nothing_until_told(cast: Cast) -> None:
    queued("old@moors.example")
    assert said() == "No e-mails are held.\n"
    restored()
    assert "1  Greeting, from" in said()
    assert held_now()
    assert said("--leave-out-old") == (
        "E-mails go again. Due before the restore and marked as not sent: 1.\n"
    )
    with pytest.raises(CommandError, match="No e-mails are held"):
        said("--send-old")
