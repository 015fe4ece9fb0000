"""What is open when an MoU ends is listed, asked about and decided; then nobody asks any more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command

from agreements.changes.services.answering import answer_change
from agreements.changes.services.opening import record_event
from agreements.models import Agreement
from agreements.retention.services.passing import make_up_for_open
from commitments.models import Action
from commitments.services.changing import close_action
from deadlines.models import Deadline
from escalations.services.settling import accept
from house import clock
from mou_portal.home_page import HomePage
from tests import disagreements
from tests.agreements.reviewed import on
from tests.cast import Cast, acting, person_of
from tests.commitments.stage import agreement_of, recorded, side
from tests.conftest import ClientOf, Mailbox
from tests.reading import words_at

pytestmark = pytest.mark.django_db


def ended_with(cast: Cast, *, action: bool) -> Agreement:
    agreement = agreement_of(cast)
    if action:
        recorded(cast.manager, side(agreement), person=person_of(cast.viewer))
    by, day = acting(cast.manager), clock.today()
    event = record_event(by=by, agreement=agreement, on=day, because="The last is housed.")
    answer_change(by=acting(cast.other_manager), change=event, agrees=True)
    return Agreement.objects.get(pk=agreement.pk)


def asked() -> list[str]:
    return list(Deadline.objects.filter(kind="left_open").values_list("state", flat=True))


def sweep(days: int) -> None:
    with on(clock.today() + timedelta(days=days)):
        call_command("send_reminders", verbosity=0)


def test_what_is_open_is_asked_about_until_it_is_decided(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    agreement = ended_with(cast, action=True)
    assert asked() == ["open"]
    for user in (cast.manager, cast.other_manager):
        found = [todo.sentence for todo in HomePage(acting(user)).mine]
        assert any("Decide what is still open under" in sentence for sentence in found)
    at = f"/agreements/{agreement.reference}/changes/"
    assert "Still open: decide on each Action 1" in words_at(client_of(cast.manager), at)
    sweep(15)
    (told,) = [m for m in mailbox.to(cast.other_manager.email) if "still open" in m.subject]
    assert "1 thing is still open under it" in told.body
    close_action(
        by=acting(cast.manager),
        action=Action.objects.get(),
        as_what="dropped",
        because="Nobody needs it.",
    )
    sweep(16)
    assert asked() == ["met"]
    assert "Still open" not in words_at(client_of(cast.manager), at)


def test_where_nothing_is_open_nobody_is_asked(cast: Cast) -> None:
    ended_with(cast, action=False)
    assert asked() == []


def test_ends_from_before_the_release_are_asked_about_once(cast: Cast) -> None:
    agreement = ended_with(cast, action=True)
    Deadline.objects.filter(kind="left_open").update(kind="former")
    assert list(make_up_for_open()) == [agreement.reference]
    assert list(make_up_for_open()) == []
    assert asked() == ["open"]


def test_a_disagreement_that_is_open_is_asked_about_and_can_still_be_settled(
    cast: Cast, mailbox: Mailbox
) -> None:
    matter = disagreements.opened(cast)
    by, day = acting(cast.manager), clock.today()
    event = record_event(by=by, agreement=matter.agreement, on=day, because="They merged.")
    answer_change(by=acting(cast.other_manager), change=event, agrees=True)
    assert asked() == ["open"]
    proposal = disagreements.proposed(cast.colleague, matter)
    accept(by=acting(cast.other_colleague), proposal=proposal)
    sweep(1)
    assert asked() == ["met"]
