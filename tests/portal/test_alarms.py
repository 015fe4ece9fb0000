"""What failed lately: administrators read it first, with the way to its list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from agreements.models import Seal
from deadlines.models import Reminder
from deadlines.sweep import sweep_reminders
from house import clock
from mail.models import Delivery
from mail.services import queue_mail
from mail.sweep import send_due
from tests.cast import Cast
from tests.conftest import ClientOf
from tests.deadlines.ringing import bell
from tests.mail.sink import at_the_portal
from tests.stages import in_force

ADDRESS = "ada@moors.example"


@pytest.fixture
def admin(client_of: ClientOf, cast: Cast) -> Client:
    sweep_reminders()
    return client_of(cast.system_administrator)


@pytest.fixture
def refused(settings: Settings, cast: Cast) -> Iterator[Delivery]:
    """An e-mail that a mail server refused for good."""
    with at_the_portal(settings) as sink:
        sink.refuses[ADDRESS] = "550 We do not relay"
        context = {"user": cast.manager.pk, "asked_at": clock.now().isoformat()}
        queue_mail(kind="password_reset", address=ADDRESS, context=context, dedupe="one")
        send_due()
        yield Delivery.objects.get()


def warnings(admin: Client) -> dict[str, str]:
    """What the first page warns of, and the list that it leads to."""
    page = admin.get("/admin/").content.decode()
    found = re.findall(r'class="warning"><a href="([^"]+)">([^<]+)', page)
    return {sentence: unescape(url) for url, sentence in found}


def test_nothing_failed_and_nothing_is_said(admin: Client) -> None:
    assert "messagelist" not in admin.get("/admin/").content.decode()


def test_a_failed_e_mail_is_named_for_a_week_and_leads_to_its_list(
    admin: Client, refused: Delivery
) -> None:
    page = admin.get(warnings(admin)["1 e-mail failed."]).content.decode()
    assert ADDRESS in page
    assert "550 We do not relay" in page
    Delivery.objects.update(created_at=clock.now() - timedelta(days=8))
    assert warnings(admin) == {}


def test_one_that_was_perhaps_sent_is_named_once_nothing_more_is_tried(
    admin: Client, refused: Delivery
) -> None:
    Delivery.objects.update(state=Delivery.State.MAYBE_SENT, next_try=clock.now())
    assert warnings(admin) == {}
    Delivery.objects.update(next_try=None)
    page = admin.get(warnings(admin)["1 e-mail was perhaps sent."])
    assert ADDRESS in page.content.decode()


def test_a_signed_copy_that_could_not_be_made_is_named(admin: Client, cast: Cast) -> None:
    reference = in_force(cast).agreement.reference
    Seal.objects.update(state=Seal.State.FAILED)
    url = warnings(admin)["1 signed copy could not be made."]
    assert reference in admin.get(url).content.decode()


def test_a_failed_reminder_is_named(admin: Client, cast: Cast) -> None:
    deadline = bell(cast)
    Reminder.objects.update(state=Reminder.State.FAILED)
    said = next(sentence for sentence in warnings(admin) if "reminder" in sentence)
    assert said == f"{Reminder.objects.count()} reminders failed."
    assert deadline.subject_key in admin.get(warnings(admin)[said]).content.decode()
