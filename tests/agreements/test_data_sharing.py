"""Records of shared data (A05): recorded, changed, reviewed, ended, and the others' word."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction

from agreements.data_sharing.services import (
    change_sharing,
    end_sharing,
    review_sharing,
    say_of_sharing,
)
from agreements.models import Agreement, DataSharing, DataSharingEntry, DataSharingWord
from deadlines.models import Deadline
from house import clock
from house.refusals import ChangedMeanwhile, NotYours, Refused
from nhsuk.dates import day
from nhsuk.forms import date_boxes
from tests.agreements.reviewed import on
from tests.agreements.sharing import WHAT, kept, newest, said, shared, sharing, typed
from tests.cast import Cast, acting
from tests.conftest import ClientOf, Mailbox
from tests.once import made_once
from tests.reading import words_at
from tests.stages import in_force

pytestmark = pytest.mark.django_db
made, cast = made_once(sharing)
DAY = timedelta(days=1)


def at(agreement: Agreement, page: str = "") -> str:
    return f"/agreements/{agreement.reference}/data-sharing/{page}"


@pytest.mark.duty("A05")
def test_a_record_says_what_from_whom_to_whom_why_by_which_law_how_safely_and_when(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    agreement, client = sharing(cast), client_of(cast.manager)
    boxes = typed(agreement, confidentiality="Implied consent for direct care", dpia="DPIA 12")
    assert client.post(at(agreement, "add/"), boxes).status_code == 302
    record, today = DataSharing.objects.get(), clock.today()
    reviewed = {"edit_no": 1} | date_boxes("reviewed_on", today)
    assert client.post(at(agreement, f"{record.pk}/reviewed/"), reviewed).status_code == 302
    page = words_at(client_of(cast.other_viewer), at(agreement, f"{record.pk}/"))
    for each in (
        WHAT, "Northern Moors Area Team to Eastmoor CCG", "To invite them", "UK GDPR",
        "Article 6(1)(e)", "Article 9(2)(h)", "Implied consent", "DPIA 12", "NHSmail",
        f"Date of the arrangement {day(today)}", f"Reviewed on {day(today)}",
        "not yet confirmed by another party",
    ):  # fmt: skip
        assert each in page, each
    assert "Change it" not in page
    call_command("send_reminders", verbosity=0)
    [mail] = mailbox.to(cast.other_manager.email)[-1:]
    assert mail.subject.startswith("Record 1 of shared data recorded on")
    assert WHAT not in mail.body


@pytest.mark.duty("A05")
def test_no_patient_data_is_stored_unasked(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = sharing(cast), client_of(cast.manager)
    boxes = typed(agreement, safeguards="As for 943 476 5919")
    page = client.post(at(agreement, "add/"), boxes).content.decode()
    assert "can be an NHS number" in page
    assert "As for 943 476 5919" in page
    assert not DataSharing.objects.exists()
    assert client.post(at(agreement, "add/"), boxes | {"as_it_is": "on"}).status_code == 302


def test_before_the_gdpr_the_law_of_its_time_is_recorded(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = sharing(cast), client_of(cast.manager)
    old = typed(
        agreement, law="dpa_1998", conditions="Schedule 2, 5(d); Schedule 3, 8",
        **date_boxes("agreed_on", date(2014, 3, 1)),
    )  # fmt: skip
    assert client.post(at(agreement, "add/"), old).status_code == 302
    page = words_at(client, at(agreement, f"{DataSharing.objects.get().pk}/"))
    assert "Data Protection Act 1998" in page
    assert "Schedule 3, 8" in page
    assert "Article 6" not in page
    late = old | date_boxes("agreed_on", date(2018, 5, 25))
    assert "That Act held until 24 May 2018" in words_of(client.post(at(agreement, "add/"), late))
    with on(date(2015, 3, 1)), pytest.raises(Refused, match="holds from 25 May 2018"):
        shared(cast.manager, agreement)


def words_of(response: Any) -> str:
    said: str = response.content.decode()
    return said


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"sender": "outside"}, "Say who it is"),
        ({"sender_outside": "The council"}, "not both"),
        ({"basis": ""}, "Choose the lawful basis"),
        ({"law": "dpa_1998"}, "Say which conditions"),
        ({"agreed_on-year": str(clock.today().year + 1)}, "still to come"),
        ({"what": "x" * 2001}, "2,000"),
        ({"sender": "77777"}, "sends it"),
        ({"receiver": "all"}, "receives it"),
    ],
)
def test_what_cannot_be_so_gets_a_sentence_and_stays_typed(
    cast: Cast, client_of: ClientOf, wrong: dict[str, str], sentence: str
) -> None:
    agreement = sharing(cast)
    boxes = typed(agreement, purpose="To keep in mind") | wrong
    page = words_of(client_of(cast.manager).post(at(agreement, "add/"), boxes))
    assert sentence in page
    assert "To keep in mind" in page
    assert not DataSharing.objects.exists()


def test_it_goes_between_two_that_differ_and_one_is_a_party(cast: Cast) -> None:
    agreement = sharing(cast)
    own = said(agreement).sender
    outside = type(own)(None, "The council")
    for ends in ({"receiver": own}, {"sender": outside, "receiver": type(own)(None, "A lab")}):
        with pytest.raises(Refused):
            shared(cast.manager, agreement, **ends)
    record = shared(cast.manager, agreement, sender=outside)
    assert newest(record).sender_outside == "The council"


def test_a_change_is_a_new_entry_and_the_old_one_stays(cast: Cast, client_of: ClientOf) -> None:
    record = shared(cast.manager, sharing(cast))
    agreement, client = record.agreement, client_of(cast.colleague)
    page = at(agreement, f"{record.pk}/change/")
    boxes = typed(agreement, what="Names only", edit_no=1, because="Numbers are not needed.")
    assert client.post(page, boxes).status_code == 302
    shown = words_at(client_of(cast.other_viewer), at(agreement, f"{record.pk}/"))
    assert shown.index("Names only") < shown.index("What it said before") < shown.index(WHAT)
    assert "Numbers are not needed." in shown
    again = words_of(client.post(page, boxes | {"what": "Nothing", "edit_no": 1}))
    assert "Nothing" in again
    assert record.entries.count() == 2
    with pytest.raises(DatabaseError), transaction.atomic():
        DataSharingEntry.objects.filter(record=record).update(what="Something else")


def test_one_party_writes_nothing_of_another_s_record(cast: Cast, client_of: ClientOf) -> None:
    record = shared(cast.manager, sharing(cast))
    theirs, facts = acting(cast.other_manager), said(record.agreement, what="Other")
    with pytest.raises(NotYours):
        change_sharing(by=theirs, record=record, edit_no=1, said=facts, because="No.")
    with pytest.raises(NotYours):
        review_sharing(by=theirs, record=record, edit_no=1, reviewed_on=clock.today())
    with pytest.raises(NotYours):
        end_sharing(by=theirs, record=record, because="No.", ended_on=clock.today())
    with pytest.raises(NotYours):
        say_of_sharing(by=acting(cast.manager), record=record, edit_no=1, agrees=True)
    page = words_at(client_of(cast.other_manager), at(record.agreement, f"{record.pk}/"))
    assert "Say whether it is right" in page


def test_another_party_says_that_it_is_not_right_until_it_is_changed(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    record = shared(cast.manager, sharing(cast))
    theirs = client_of(cast.other_manager)
    answer = {"answer": "no", "because": "We never got it.", "edit_no": 1}
    page = at(record.agreement, f"{record.pk}/answer/")
    assert theirs.post(page, answer).status_code == 302
    assert kept(record.agreement, cast.manager).state == "due"
    shown = words_at(client_of(cast.viewer), at(record.agreement, f"{record.pk}/"))
    assert "Said to be not right" in shown
    assert "We never got it." in shown
    review_sharing(by=acting(cast.manager), record=record, edit_no=1, reviewed_on=clock.today())
    assert kept(record.agreement, cast.manager).state == "due"
    change_sharing(
        by=acting(cast.manager), record=record, edit_no=2, because="By letter.",
        said=said(record.agreement, safeguards="By letter"),
    )  # fmt: skip
    assert kept(record.agreement, cast.manager).state == "kept"
    stale = words_of(theirs.post(page, {"answer": "yes", "edit_no": 2}))
    assert "corrected since" in stale
    assert DataSharingWord.objects.count() == 1


def test_two_at_once_and_a_second_press_are_one(cast: Cast) -> None:
    record = shared(cast.manager, sharing(cast))
    by = acting(cast.manager)
    review_sharing(by=by, record=record, edit_no=1, reviewed_on=clock.today())
    with pytest.raises(ChangedMeanwhile):
        review_sharing(by=by, record=record, edit_no=1, reviewed_on=clock.today())
    for _ in range(2):
        say_of_sharing(by=acting(cast.other_manager), record=record, edit_no=1, agrees=True)
    assert DataSharingWord.objects.count() == 1
    end_sharing(by=by, record=record, because="It ended.", ended_on=clock.today())
    with pytest.raises(Refused, match="has ended"):
        end_sharing(by=by, record=record, because="Again.")


def test_a_review_is_not_before_the_arrangement_nor_to_come(cast: Cast) -> None:
    today = clock.today()
    record = shared(cast.manager, sharing(cast), agreed_on=today - 9 * DAY)
    by = acting(cast.manager)
    for wrong in (today + DAY, today - 10 * DAY):
        with pytest.raises(Refused):
            review_sharing(by=by, record=record, edit_no=1, reviewed_on=wrong)
    review_sharing(by=by, record=record, edit_no=1, reviewed_on=today - DAY)
    with pytest.raises(Refused, match="recorded already"):
        review_sharing(by=by, record=record, edit_no=2, reviewed_on=today - 2 * DAY)
    with pytest.raises(Refused, match="has passed"):
        review_sharing(by=by, record=record, edit_no=2, reviewed_on=today, review_on=today - DAY)


def test_the_clause_is_kept_only_while_something_running_shows_it(cast: Cast) -> None:
    agreement = sharing(cast)
    assert kept(agreement, cast.manager).state == "nothing_yet"
    first = shared(cast.manager, agreement)
    answer = kept(agreement, cast.manager)
    assert answer.state == "kept"
    assert answer.evidence[0].url == at(agreement, f"{first.pk}/")
    end_sharing(by=acting(cast.manager), record=first, because="A slip.")
    assert kept(agreement, cast.manager).sentence == "No data that is shared is recorded yet."
    second = shared(cast.manager, agreement)
    end_sharing(by=acting(cast.manager), record=second, because="Done.", ended_on=clock.today())
    assert kept(agreement, cast.manager).sentence == "No data is shared now; 1 record ended."


def test_its_keeper_is_reminded_of_the_next_review_and_a_late_one_is_missed(
    cast: Cast, mailbox: Mailbox
) -> None:
    agreement, today = sharing(cast), clock.today()
    # A Monday, and a Tuesday before it: nobody is reminded on other days.
    due = today + (63 - today.weekday()) * DAY
    record = shared(cast.manager, agreement, review_on=due)
    deadline = Deadline.objects.get(kind="data_sharing_review")
    assert [each.organisation for each in deadline.holders.all()] == [cast.area_team]
    with on(due - 20 * DAY):
        call_command("send_reminders", verbosity=0)
        assert kept(agreement, cast.manager).state == "due"
    subjects = [mail.subject for mail in mailbox.to(cast.manager.email)]
    assert any(each.startswith("Review a record of shared data, due") for each in subjects)
    with on(due + 5 * DAY):
        assert kept(agreement, cast.manager).state == "missed"
        by = acting(cast.manager)
        review_sharing(
            by=by, record=record, edit_no=1, reviewed_on=clock.today(), review_on=due + 365 * DAY
        )
        assert kept(agreement, cast.manager).state == "kept"
    deadline.refresh_from_db()
    assert deadline.due_on == due + 365 * DAY
    end_sharing(by=acting(cast.manager), record=record, because="Over.", ended_on=today)
    assert not Deadline.objects.still_open().filter(kind="data_sharing_review").exists()


def test_it_is_in_the_navigation_only_where_the_text_asks_or_a_record_is_there(
    cast: Cast, client_of: ClientOf
) -> None:
    asking, other = sharing(cast), in_force(cast).agreement
    client = client_of(cast.manager)
    assert "Shared data" in words_at(client, f"/agreements/{asking.reference}/")
    assert "Shared data" not in words_at(client, f"/agreements/{other.reference}/")
    assert client.get(at(other)).status_code == 404
    shared(cast.manager, other)
    assert "1 record" in words_at(client, at(other))


def test_it_is_on_the_day_s_page_and_in_the_history(cast: Cast, client_of: ClientOf) -> None:
    record = shared(cast.manager, sharing(cast))
    agreement, today = record.agreement, clock.today()
    stood = f"/agreements/{agreement.reference}/on/{today.isoformat()}/"
    assert WHAT in words_at(client_of(cast.viewer), stood)
    end_sharing(by=acting(cast.manager), record=record, because="Over.", ended_on=today)
    assert WHAT not in words_at(client_of(cast.viewer), stood)
    history = words_at(client_of(cast.viewer), f"/agreements/{agreement.reference}/history/")
    assert "recorded data that is shared, as record 1." in history
    assert "said that the data of record 1 is no longer shared." in history
