"""What parties learned, whom they asked, and which risks they see: noted, put right, exported."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import transaction
from openpyxl import load_workbook

from agreements.models import AssociatedDocument
from commitments.logs.rights import may_change
from commitments.logs.room import LogsRoom
from commitments.logs.said import Said
from commitments.logs.services.recording import change_entry, entry_in_error
from commitments.logs.services.reviewing import review_risk
from commitments.models import LogEntry
from deadlines.models import Deadline
from deadlines.sweep import sweep_reminders
from house import clock
from house.lifecycle import lock
from house.refusals import ChangedMeanwhile, NotYours
from meetings.models import Series
from nhsuk.dates import day
from nhsuk.forms import date_boxes
from tests.agreements.listed import add
from tests.agreements.succeeded import board_of, succeeded
from tests.cast import Cast, acting
from tests.commitments.logs.noting import at, kept_line, logging, recorded, sent
from tests.conftest import ClientOf, Mailbox
from tests.meetings.stage import scheduled
from tests.reading import all_words, ways_from, words_at
from tests.stages import in_force

pytestmark = pytest.mark.django_db


@pytest.mark.duty("C04")
def test_whom_the_parties_asked_is_logged_by_document_and_taken_away_as_a_table(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement, client = logging(cast), client_of(cast.colleague)
    strategy = add(cast.manager, agreement, "Joint strategy")
    path = f"/commitments/logs/new/{agreement.reference}/engagement/"
    sent(
        client, path, what="Opening hours", groups="Patients of two practices",
        mechanism="A public meeting", text="=They want evenings", document=str(strategy.pk),
        **date_boxes("happened_on", clock.today() - timedelta(days=3)),
    )  # fmt: skip
    recorded(cast.other_manager, agreement, "engagement", what="Something else")
    logs = f"/agreements/{agreement.reference}/logs/"
    page = words_at(client_of(cast.other_viewer), f"{logs}?document={strategy.pk}")
    assert "1 entry" in page
    assert "Engagement 1, Patients of two practices" in page
    answer = client_of(cast.viewer).get(
        f"/commitments/logs/table/{agreement.reference}/engagement/?document={strategy.pk}"
    )
    head, row = load_workbook(BytesIO(answer.content)).worksheets[0].iter_rows(values_only=True)
    said: dict[Any, Any] = dict(zip(head, row, strict=True))
    assert said["Who was asked"] == "Patients of two practices"
    assert said["In which way"] == "A public meeting"
    assert said["What was said"] == "'=They want evenings"
    assert said["Document"] == "Joint strategy"
    assert said["Date"].date() == clock.today() - timedelta(days=3)
    assert "2 entries in the last year" in kept_line(client, agreement, "engagement_log")
    for entry in LogEntry.objects.all():
        by = cast.manager if entry.number == 1 else cast.other_manager
        entry_in_error(by=acting(by), entry=entry, because="Wrong.")
    assert "Nothing on the log" in kept_line(client, agreement, "engagement_log")
    assert AssociatedDocument.objects.count() == 1


@pytest.mark.duty("B21")
def test_what_was_learned_since_the_last_meeting_stands_on_the_agenda(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement = logging(cast)
    recorded(cast.other_manager, agreement, what="Nurses see minor illness first")
    wrong = recorded(cast.manager, agreement, what="A rumour")
    entry_in_error(by=acting(cast.manager), entry=wrong, because="Hearsay.")
    series = Series.objects.get(serves__agreement=agreement)
    meeting = scheduled(cast.manager, series, clock.today() + timedelta(days=9))
    client = client_of(cast.viewer)
    page = words_at(client, f"/meetings/{meeting.key}/")
    _, _, under = page.partition("Good practice to pass on")
    assert under.strip().startswith("Learned: Nurses see minor illness first")
    assert "A rumour" not in page
    assert "1 entry in the last year" in kept_line(client, agreement, "learning_log")


@pytest.mark.duty("C08")
def test_a_risk_is_notified_and_has_each_party_s_own_reference_and_a_date_of_review(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    agreement, client, others = (
        logging(cast),
        client_of(cast.manager),
        client_of(cast.other_manager),
    )
    review, path = (
        clock.today() + timedelta(days=40),
        f"/commitments/logs/new/{agreement.reference}",
    )
    page = sent(
        client, f"{path}/risk/", what="Too few nurses by spring", reference="R-17",
        link="https://risks.area-team.example/17", **date_boxes("review_on", review),
    )  # fmt: skip
    assert "We told the MoU manager of Eastmoor CCG." in page
    assert "score" not in page.lower()
    risk = LogEntry.objects.get()
    mail = mailbox.to(cast.other_manager.email)[-1]
    assert "Risk 1 recorded on" in mail.subject
    assert "nurses" not in f"{mail.subject}{mail.body}".lower()
    # The other party writes its own reference, and nothing else.
    sent(others, at(risk, "reference/"), reference="CCG/4")
    registers = words_at(others, at(risk)).partition("own register")[2]
    assert "Northern Moors Area Team Reference R-17" in registers
    assert "Eastmoor CCG Reference CCG/4" in registers
    shown = others.get(at(risk)).content.decode()
    assert 'href="https://risks.area-team.example/17"' in shown
    assert day(review) in shown
    assert others.get(at(risk, "change/")).status_code == 403
    assert "1 open risk that all parties read" in kept_line(others, agreement, "risks")
    with clock.at(clock.london_instant(review + timedelta(days=1), clock.now().time())):
        assert "Missed" in kept_line(client_of(cast.other_manager), agreement, "risks")
        sweep_reminders()
        assert "Review risk 1, late since" in mailbox.to(cast.manager.email)[-1].subject
        sent(client_of(cast.manager), at(risk, "reviewed/"), found="It holds.")
        assert Deadline.objects.get(kind="risk_review").state == Deadline.State.MET
        assert "Kept" in kept_line(client_of(cast.other_manager), agreement, "risks")
        sent(client_of(cast.manager), at(risk, "close/"), because="Three were found.")
    page = words_at(others, at(risk))
    assert "It holds." in page
    assert "Three were found." in page


def test_how_it_was_before_stays_readable_and_nobody_overwrites_what_they_have_not_seen(
    cast: Cast, client_of: ClientOf
) -> None:
    entry, by = recorded(cast.manager, logging(cast), what="Notes help"), acting(cast.manager)
    page = sent(client_of(cast.colleague), at(entry, "change/"), what="Shared notes help")
    assert "How it was before" in page
    assert "Notes help" in page
    with pytest.raises(ChangedMeanwhile):
        change_entry(by=by, entry=entry, said=Said("Other", clock.today()), edit_no=0)
    with pytest.raises(NotYours, match="Only Northern Moors Area Team"):
        entry_in_error(by=acting(cast.other_manager), entry=entry, because="No.")


def test_names_and_nhs_numbers_are_asked_about_once(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = logging(cast), client_of(cast.manager)
    path = f"/commitments/logs/new/{agreement.reference}/learning/"
    typed = {"what": "Dr Petra Patterson noted it", "text": "943 476 5919"}
    page = sent(client, path, **typed)
    assert "Dr Petra Patterson” looks like somebody's name" in page.replace("&#39;", "'")
    assert "can be an NHS number" in page
    assert not LogEntry.objects.exists()
    sent(client, path, **typed, as_it_is="on")
    assert LogEntry.objects.get().what == typed["what"]


@pytest.mark.parametrize(
    ("boxes", "sentence"),
    [
        (date_boxes("happened_on", date(2027, 3, 1)), "Enter a date that is not in the future"),
        (date_boxes("review_on", date(2001, 1, 1)), "Enter a date of review that is still to come"),
        ({"link": "javascript:1", "reference": "R"}, "Enter the whole address"),
        ({"link": "https://x.example/1"}, "Enter the reference that is found at this address"),
        ({"what": "x" * 10_000}, "200 characters"),
    ],
)
def test_bad_input_is_answered_on_the_form(
    cast: Cast, client_of: ClientOf, boxes: dict[str, str], sentence: str
) -> None:
    path = f"/commitments/logs/new/{logging(cast).reference}/risk/"
    page = sent(
        client_of(cast.manager), path, **{"what": "Too few nurses", "text": "Kept", **boxes}
    )
    assert sentence in page
    assert "Kept" in page
    assert not LogEntry.objects.exists()


def test_the_page_is_there_where_the_text_asks_for_it_or_something_is_in_a_log(
    cast: Cast, client_of: ClientOf
) -> None:
    assert "Logs" in ways_from(client_of(cast.viewer), logging(cast))
    agreement = in_force(cast).agreement
    assert "Logs" not in ways_from(client_of(cast.manager), agreement)
    commitments = words_at(
        client_of(cast.manager), f"/agreements/{agreement.reference}/commitments/"
    )
    assert "Record what was learned" in commitments
    recorded(cast.manager, agreement)
    assert "Logs" in ways_from(client_of(cast.manager), agreement)
    assert "Maud Manager recorded learning 1 on the log." in all_words(
        client_of(cast.other_viewer), agreement
    )


def test_as_it_stood_names_the_risks_that_were_open_then(cast: Cast, client_of: ClientOf) -> None:
    agreement, before = logging(cast), clock.today()
    with clock.at(clock.now() + timedelta(days=3)):
        recorded(cast.manager, agreement, "risk", what="Too few nurses")
        stood, client = f"/agreements/{agreement.reference}/on/{{}}/", client_of(cast.viewer)
        assert "Too few nurses" not in words_at(client, stood.format(before.isoformat()))
        assert "Too few nurses" in words_at(client, stood.format(clock.today().isoformat()))


def test_a_successor_goes_on_with_what_its_predecessor_noted(cast: Cast) -> None:
    agreement, (board, bea, mo) = logging(cast), board_of(cast)
    risk = recorded(cast.manager, agreement, "risk", review_on=clock.today() + timedelta(days=9))
    succeeded(bea, cast.administrator, cast.area_team, board, clock.today())
    again = LogEntry.objects.select_related("agreement", "recorded_for").get(pk=risk.pk)
    assert again.recorded_for == cast.area_team
    review_risk(by=acting(mo), entry=again, reviewed_on=clock.today())
    assert Deadline.objects.get(kind="risk_review").state == Deadline.State.MET


def test_nobody_is_reminded_of_a_risk_once_the_mou_has_ended(cast: Cast) -> None:
    agreement = logging(cast)
    risk = recorded(cast.manager, agreement, "risk", review_on=clock.today() + timedelta(days=9))
    assert may_change(acting(cast.colleague), risk)
    with transaction.atomic():
        ended = lock(agreement)
        ended.state = ended.State.ENDED
        LogsRoom().agreement_ended(ended, acting(cast.manager))
    assert Deadline.objects.get(kind="risk_review").state == Deadline.State.CANCELLED
