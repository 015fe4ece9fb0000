"""The pages of commitments: the list, one of them, what was done, and all standing ones at once."""

from __future__ import annotations

from datetime import date, time
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from agreements.models import Agreement
from commitments.models import Commitment, DueDate, Occurrence
from commitments.owed.said import When
from commitments.owed.services.recording import record_commitment
from commitments.services.changing import close_action
from commitments.services.recording import record_action
from house import clock
from house.clock import months_after
from tests.cast import Cast, acting, person_of
from tests.commitments.owed.owing import (
    LEARNING,
    SCHEDULES,
    commitment,
    done,
    kept,
    owing,
    party,
)
from tests.conftest import ClientOf, Mailbox
from tests.typed import fields_of

pytestmark = pytest.mark.django_db


def sent(client: Client, path: str, **boxes: object) -> str:
    """The page after the form was filled in and sent."""
    fields = fields_of(client.get(path).content.decode()) | boxes
    return client.post(path, fields, follow=True).content.decode()


def list_of(client: Client, agreement: Agreement, query: str = "") -> str:
    return client.get(f"/agreements/{agreement.reference}/commitments/{query}").content.decode()


def test_the_list_shows_who_owes_what_when_and_how_it_stands(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement = owing(cast)
    page = list_of(client_of(cast.other_viewer), agreement)
    for words in ("Payment schedules", "Monthly", "As it comes up", "2 commitments", "clause 1.1"):
        assert words in page, words
    assert "Record a commitment" not in page
    none = list_of(client_of(cast.viewer), agreement, "?state=kept")
    assert "No commitment matches these filters." in none


def test_a_commitment_is_recorded_for_another_party_which_confirms_it(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    agreement = owing(cast)
    page = sent(
        client_of(cast.manager), f"/commitments/owed/new/{agreement.reference}/",
        what="Send the list of schemes", owed_by=str(party(agreement, "ccg").pk),
        clause_key=LEARNING, cadence="quarterly",
    )  # fmt: skip
    assert "Recorded by Northern Moors Area Team, not yet confirmed by Eastmoor CCG." in page
    made = Commitment.objects.get(what="Send the list of schemes")
    told = mailbox.to(cast.other_manager.email)[-1]
    assert told.subject.startswith(f"Commitment {made.number} recorded on")
    assert "schemes" not in told.body
    home = client_of(cast.other_manager).get("/").content.decode()
    assert f"Say whether commitment {made.number} is right" in home
    path = f"/commitments/owed/{made.key}/answer/"
    assert "confirmed by Eastmoor CCG" in sent(client_of(cast.other_manager), path, answer="yes")
    assert client_of(cast.manager).get(path).status_code == 403


def test_what_was_done_is_recorded_with_a_document_that_the_portal_holds(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement, client = owing(cast), client_of(cast.colleague)
    made = record_commitment(
        by=acting(cast.manager), agreement=agreement, what="Say what is collected",
        owed_by=party(agreement), when=When("once", due_on=clock.today()), clause_key=LEARNING,
    )  # fmt: skip
    page = client.get(f"/commitments/owed/{made.key}/").content.decode()
    path = f"/commitments/owed/{made.key}/record/{clock.today()}/1/"
    assert path in page
    page = sent(client, path, outcome="done", shown_by="Sent to all by e-mail.",
                link="https://area-team.example/list")  # fmt: skip
    assert "Done in time" in page
    said = Occurrence.objects.get()
    page = client_of(cast.other_viewer).get(f"/commitments/owed/said/{said.pk}/").content.decode()
    assert "Sent to all by e-mail." in page
    assert "https://area-team.example/list" in page
    assert path not in client.get(f"/commitments/owed/{made.key}/").content.decode()


def test_a_file_is_evidence_and_a_stranger_never_gets_it(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = owing(cast), client_of(cast.colleague)
    path = f"/commitments/owed/{commitment(agreement).key}/report/"
    book, output = Workbook(), BytesIO()
    book.save(output)
    upload = SimpleUploadedFile("Plan.xlsx", output.getvalue())
    page = sent(client, path, outcome="done", file=upload)
    said = Occurrence.objects.get()
    assert "It is recorded." in page
    url = f"/commitments/owed/said/{said.pk}/file/"
    assert client_of(cast.other_viewer).get(url).status_code == 200
    assert client_of(cast.stranger).get(url).status_code == 404
    assert client_of(cast.stranger).get(f"/commitments/owed/said/{said.pk}/").status_code == 404


def test_an_action_that_was_done_shows_it_and_leads_there_whoever_may_see_it(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement, client, by = owing(cast), client_of(cast.colleague), acting(cast.manager)
    action = record_action(
        by=by, agreement=agreement, what="Write the offer", owner=party(agreement)
    )
    close_action(by=by, action=action, as_what="done")
    path = f"/commitments/owed/{commitment(agreement).key}/report/"
    assert "Action 1: Write the offer" in client.get(path).content.decode()
    sent(client, path, outcome="done", drawn=f"action:{action.key}")
    said = Occurrence.objects.get()
    page = client_of(cast.other_viewer).get(f"/commitments/owed/said/{said.pk}/").content.decode()
    assert f'href="/commitments/{action.key}/"' in page
    assert "Done" in kept(agreement).sentence
    assert kept(agreement).state == "kept"
    wrong = sent(client, path, outcome="done", drawn="action:none")
    assert "There is a problem" in wrong


def test_whoever_leads_it_records_in_any_role_and_nobody_else_who_only_reads(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement = owing(cast)
    one = commitment(agreement)
    path = f"/commitments/owed/{one.key}/report/"
    assert client_of(cast.viewer).get(path).status_code == 403
    page = sent(client_of(cast.manager), f"/commitments/owed/{one.key}/change/",
                lead=f"person-{person_of(cast.viewer).pk}", cadence="as_required")  # fmt: skip
    assert "Vera Viewer" in page
    assert client_of(cast.viewer).get(path).status_code == 200
    assert client_of(cast.other_viewer).get(path).status_code == 403


def test_all_standing_ones_are_asked_about_on_one_form_for_ones_own_party(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement = owing(cast)
    one = commitment(agreement)
    path = f"/commitments/owed/standing/{agreement.reference}/"
    client = client_of(cast.manager)
    empty = sent(client, path)
    assert "Answer for at least one of these" in empty
    odd = sent(client, path, **{f"outcome_{one.pk}": "missed"})
    assert "Say why it was not done" in odd
    page = sent(client, path, **{f"outcome_{one.pk}": "done", f"shown_{one.pk}": "Two sessions."})
    assert "You answered for 1 commitment." in page
    assert Occurrence.objects.get().shown_by == "Two sessions."
    assert "no standing commitment" in client_of(cast.other_manager).get(path).content.decode()


def test_a_timetable_counts_whole_or_not_at_all(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = owing(cast), client_of(cast.colleague)
    made = record_commitment(
        by=acting(cast.manager), agreement=agreement, what="Schedules", owed_by=party(agreement),
        when=When("monthly", by_timetable=True, by_financial_year=True),
    )  # fmt: skip
    path, year = f"/commitments/owed/{made.key}/timetable/", clock.today().year + 1
    wrong = sent(client, path, text=f"1 April {year}, 24 March {year}\n1 May {year}")
    assert "Line 2: Give it two or three dates" in wrong
    assert f"1 May {year}" in wrong
    assert not DueDate.objects.exists()
    book, output = Workbook(), BytesIO()
    sheet = book.worksheets[0]
    sheet.append(("From", "To", "Due"))
    for month in (4, 5):
        sheet.append((date(year, month, 1), date(year, month, 30), date(year, month - 1, 24)))
    book.save(output)
    page = sent(client, path, file=SimpleUploadedFile("dates.xlsx", output.getvalue()))
    assert "The timetable is kept, with 2 new lines." in page
    first = DueDate.objects.earliest("first")
    assert (first.first, first.due_on) == (date(year, 4, 1), date(year, 3, 24))
    assert f"The first is due by 24 March {year}." in page


def test_shares_of_staff_come_as_a_table_and_go_as_a_workbook(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement, client = owing(cast), client_of(cast.colleague)
    one = commitment(agreement)
    one.columns = ["Area", "Role", "Band", "Whole-time equivalents"]
    one.save()
    path = f"/commitments/owed/{one.key}/report/"
    wrong = sent(client, path, outcome="done", figures="North | Manager | 8b")
    assert "Row 1 of the table needs 4 cells" in wrong
    assert "North | Manager | 8b" in wrong
    page = sent(client, path, outcome="done", figures="North | Manager | 8b | 1.5\n=1+1|b|c|d")
    said = Occurrence.objects.get()
    page = client.get(f"/commitments/owed/said/{said.pk}/").content.decode()
    assert "Whole-time equivalents" in page
    answer = client_of(cast.other_viewer).get(f"/commitments/owed/said/{said.pk}/table/")
    cells = list(load_workbook(BytesIO(answer.content)).worksheets[0].values)
    assert cells[0] == ("Area", "Role", "Band", "Whole-time equivalents")
    assert cells[1] == ("North", "Manager", "8b", 1.5)
    assert cells[2][0] == "'=1+1"


def test_the_parties_say_when_where_the_text_does_not_and_no_where_else(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement, client = owing(cast), client_of(cast.manager)
    on = months_after(clock.today(), 2)
    boxes = {f"due_on-{name}": str(getattr(on, name)) for name in ("day", "month", "year")}
    one = commitment(agreement)
    page = sent(client, f"/commitments/owed/{one.key}/change/", cadence="once", **boxes)
    assert "It is due by" in page
    schedules = commitment(agreement, SCHEDULES)
    form = client.get(f"/commitments/owed/{schedules.key}/change/").content.decode()
    assert 'name="cadence"' not in form
    assert 'name="what"' not in form


def test_what_one_side_recorded_the_other_calls_not_right_and_the_first_takes_back(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    agreement = owing(cast)
    said = done(cast.colleague, commitment(agreement))
    path = f"/commitments/owed/said/{said.pk}/"
    page = sent(client_of(cast.other_manager), f"{path}answer/", answer="no", because="We got none")
    assert "We got none" in page
    assert "has a record that is not right" in mailbox.to(cast.manager.email)[-1].subject
    assert client_of(cast.colleague).get(f"{path}answer/").status_code == 403
    page = sent(client_of(cast.colleague), f"{path}error/", because="Another year.")
    assert "Entered in error" in page
    assert client_of(cast.other_manager).get(f"{path}error/").status_code == 403


def test_with_very_many_the_pages_ask_no_more_questions(
    cast: Cast, client_of: ClientOf, django_assert_max_num_queries: object
) -> None:
    agreement, client = owing(cast), client_of(cast.viewer)
    with clock.at(clock.london_instant(clock.today(), time(12))):
        for number in range(30):
            record_commitment(
                by=acting(cast.manager), agreement=agreement, what=f"Thing {number}",
                owed_by=party(agreement),
            )  # fmt: skip
        with django_assert_max_num_queries(20):  # type: ignore[operator]
            page = list_of(client, agreement)
    assert "32 commitments" in page
    assert "Thing 3" in page
