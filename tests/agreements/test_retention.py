"""An MoU that has ended is kept for six years: asked about then, held, kept longer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import override_settings

from agreements.changes.services.answering import answer_change
from agreements.changes.services.opening import record_event
from agreements.models import Agreement, Hold
from agreements.page.timeline import sentence_of
from agreements.retention.services.keeping import keep_longer, lift_hold, place_hold
from deadlines.models import Deadline
from house.refusals import NotYours, Refused
from mou_portal.home_page import HomePage
from nhsuk.forms import date_boxes
from tests.agreements.reviewed import on
from tests.cast import Cast, acting
from tests.conftest import ClientOf, Mailbox
from tests.on_terms import in_force_on
from tests.reading import words_at

pytestmark = pytest.mark.django_db
SIGNED, END = date(2015, 4, 1), date(2016, 3, 31)
UNTIL, DECIDE = date(2022, 3, 31), date(2022, 4, 1)


def ended(cast: Cast) -> Agreement:
    with on(SIGNED):
        agreement = in_force_on(cast, minimum_months=0)
    with on(END):
        event = record_event(
            by=acting(cast.manager), agreement=agreement, on=END, because="The last is housed."
        )
    with on(END + timedelta(days=1)):
        answer_change(by=acting(cast.other_manager), change=event, agrees=True)
    return Agreement.objects.get(pk=agreement.pk)


def sweep(day: date) -> None:
    with on(day):
        call_command("send_reminders", verbosity=0)


def due() -> list[tuple[date | None, str]]:
    rows = Deadline.objects.filter(kind="retention")
    return list(rows.values_list("due_on", "state"))


def page(client_of: ClientOf, user: Any, agreement: Agreement, day: date) -> str:
    with on(day):
        return words_at(client_of(user), f"/agreements/{agreement.reference}/changes/")


def test_nobody_is_asked_for_six_years_and_both_are_then(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    agreement = ended(cast)
    sweep(UNTIL)
    assert due() == []
    shown = page(client_of, cast.other_viewer, agreement, UNTIL)
    assert "It ended on 31 March 2016, and is kept until 31 March 2022." in shown
    assert "That is 6 years from its end" in shown
    assert "NHS Records Management Code of Practice" in shown
    sweep(DECIDE)
    assert due() == [(DECIDE, "open")]
    with on(DECIDE):
        for user in (cast.manager, cast.other_manager):
            (todo,) = HomePage(acting(user)).mine
            assert "Decide whether to keep longer or dispose of" in todo.sentence
            (told,) = [m for m in mailbox.to(user.email) if "is kept longer" in m.subject]
            assert "It was to be kept until 31 March 2022" in told.body


def test_a_server_says_how_many_years(cast: Cast) -> None:
    ended(cast)
    with override_settings(RETENTION_YEARS=8):
        sweep(DECIDE)
        assert due() == []
        sweep(date(2024, 4, 1))
    assert due() == [(date(2024, 4, 1), "open")]


def test_a_hold_stops_it_until_its_own_party_takes_it_off(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    agreement = ended(cast)
    with on(date(2021, 5, 4)):
        hold = place_hold(
            by=acting(cast.manager), agreement=agreement, kind="inquiry", because="Inquiry 2021/7."
        )
        (told,) = [m for m in mailbox.to(cast.other_manager.email) if "old placed" in m.subject]
    assert "Northern Moors Area Team placed a hold: an inquiry." in told.body
    assert "2021/7" not in told.body
    sweep(DECIDE)
    assert due() == []
    ours = page(client_of, cast.viewer, agreement, DECIDE)
    theirs = page(client_of, cast.other_manager, agreement, DECIDE)
    assert "Your organisation alone reads why: Inquiry 2021/7." in ours
    assert "placed a hold for an inquiry on 4 May 2021." in theirs
    assert "2021/7" not in theirs
    with on(DECIDE + timedelta(days=1)):
        with pytest.raises(NotYours, match="Only the party that placed this hold"):
            lift_hold(by=acting(cast.other_manager), hold=hold, because="Over.")
        lift_hold(by=acting(cast.manager), hold=hold, because="It reported.")
        with pytest.raises(Refused, match="off already"):
            lift_hold(by=acting(cast.manager), hold=Hold.objects.get(), because="Again.")
    sweep(DECIDE + timedelta(days=2))
    assert due() == [(DECIDE, "open")]
    assert "Taken off on 2 April 2022" in page(client_of, cast.other_viewer, agreement, DECIDE)


def test_a_hold_while_it_is_asked_about_ends_the_asking(cast: Cast, mailbox: Mailbox) -> None:
    agreement = ended(cast)
    sweep(DECIDE)
    with on(DECIDE):
        for by, kind in ((cast.manager, "request"), (cast.other_manager, "dispute")):
            place_hold(by=acting(by), agreement=agreement, kind=kind, because="Of May.")
        with pytest.raises(Refused, match="has a hold for this already"):
            place_hold(by=acting(cast.manager), agreement=agreement, kind="request", because="No.")
        lift_hold(by=acting(cast.manager), hold=Hold.objects.get(kind="request"), because="Given.")
    assert due() == [(DECIDE, "cancelled")]


def test_either_party_keeps_it_longer_with_a_reason_and_is_asked_again(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    agreement, later = ended(cast), date(2025, 6, 30)
    sweep(DECIDE)
    with on(DECIDE):
        client = client_of(cast.other_manager)
        at = f"/agreements/{agreement.reference}/keep-longer/"
        said = date_boxes("until", later) | {"because": "A research project reads it."}
        assert "It is kept longer." in client.post(at, said, follow=True).content.decode()
        (told,) = [m for m in mailbox.to(cast.manager.email) if "ept until" in m.subject]
        for early in (later, UNTIL):
            with pytest.raises(Refused, match="It is kept until 30 June 2025 already"):
                keep_longer(by=acting(cast.manager), agreement=agreement, until=early, because="X")
        with pytest.raises(Refused, match="Choose 31 March 2036 or a day before it"):
            keep_longer(
                by=acting(cast.manager), agreement=agreement, until=date(2036, 4, 1), because="X"
            )
    assert "Eastmoor CCG decided that your MoU" in told.body
    assert due() == [(date(2025, 7, 1), "open")]
    shown = page(client_of, cast.viewer, agreement, DECIDE)
    assert "Eastmoor CCG keeps it until 30 June 2025: A research project reads it." in shown
    newest = agreement.happenings.order_by("at", "pk").last()
    assert newest
    assert "it is kept until 30 June 2025" in sentence_of(newest)


def test_one_in_force_may_be_held_and_one_being_prepared_may_not(
    cast: Cast, client_of: ClientOf
) -> None:
    with on(SIGNED):
        agreement = in_force_on(cast, minimum_months=0)
        place_hold(by=acting(cast.manager), agreement=agreement, kind="other", because="As asked.")
        with pytest.raises(Refused, match="has not ended"):
            keep_longer(by=acting(cast.manager), agreement=agreement, until=END, because="X")
        shown = page(client_of, cast.manager, agreement, SIGNED)
    assert "It is kept for at least 6 years from its end" in shown
    assert "Place a hold" in shown
    assert "Keep it longer" not in shown


def test_a_reader_and_a_stranger_place_no_hold(cast: Cast) -> None:
    agreement = ended(cast)
    for user in (cast.viewer, cast.stranger):
        with pytest.raises(NotYours):
            place_hold(by=acting(user), agreement=agreement, kind="other", because="X")
