"""The MoU on a page, the handover sheet, and its private note (X13)."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from agreements.contacts.services.naming import name_contact
from agreements.models import Agreement, HandoverNote, Party
from agreements.sheets.cut import Cut
from agreements.sheets.handover import HandoverSheet
from agreements.sheets.pages import Sheet
from agreements.sheets.print import SheetDocument, as_html
from agreements.sheets.services import write_note
from agreements.sheets.sizes import SIZES, shortened, shortened_lines
from audit.models import Entry
from house import clock
from house.refusals import ChangedMeanwhile, NotYours
from parties.models import OrganisationName, User
from tests.agreements.contacted import with_contacts
from tests.agreements.reviewed import on
from tests.cast import Cast, acting, person_of
from tests.conftest import ClientOf
from tests.costs import with_many
from tests.once import made_once, once
from tests.pdf import printed
from tests.reading import all_words, words_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_but_agreements")]
CANARY = "Ring Wilma before nine, she knows where the keys are."


@once
def in_place(cast: Cast) -> Agreement:
    return with_contacts(cast)


made, cast = made_once(in_place)


def at(agreement: Agreement, path: str) -> str:
    return f"/agreements/{agreement.reference}/{path}"


def own(by: User, agreement: Agreement) -> Party:
    return next(
        party for party in Agreement.objects.get(pk=agreement.pk).sides
        if party.organisation.pk == acting(by).organisation_id
    )  # fmt: skip


def noted(by: User, agreement: Agreement, text: str = CANARY, edit_no: int = 0) -> HandoverNote:
    return write_note(by=acting(by), party=own(by, agreement), edit_no=edit_no, text=text)


def sides_of_paper(pdf: bytes) -> int:
    with pikepdf.open(BytesIO(pdf)) as opened:
        return len(opened.pages)


# --- What stands on them


def test_a_page_says_who_owes_what_whom_to_ring_and_what_is_next(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement = in_place(cast)
    name_contact(
        by=acting(cast.other_manager), party=own(cast.other_manager, agreement),
        role="mou_manager", person=person_of(cast.other_colleague), phone="01632 960001",
    )  # fmt: skip
    page = words_at(client_of(cast.viewer), at(agreement, "on-a-page/"))
    for said in ("What each side owes", "Both parties", "Oscar Othersby", "01632 960001",
                 "Review this MoU"):  # fmt: skip
        assert said in page, said
    assert "more: see How it is kept." in page


def test_a_page_says_the_end_by_a_notice_and_no_review_after_it(cast: Cast) -> None:
    agreement = Agreement.objects.get(pk=in_place(cast).pk)
    agreement.end_on, agreement.noticed_end_on = date(2031, 3, 31), date(2026, 12, 31)
    agreement.state = Agreement.State.NOTICE_GIVEN
    with on(date(2026, 10, 1)):
        coming = Sheet(agreement, acting(cast.manager)).coming
    assert {row.on for row in coming if row.what == "End"} == {date(2026, 12, 31)}
    assert "Date of review" not in {row.what for row in coming}


def test_nothing_comes_of_an_mou_that_ended_early(cast: Cast) -> None:
    agreement = Agreement.objects.get(pk=in_place(cast).pk)
    agreement.end_on, agreement.state = date(2031, 3, 31), Agreement.State.ENDED
    agreement.noticed_end_on = date(2026, 9, 30)
    with on(date(2026, 10, 1)):
        said = {row.what for row in Sheet(agreement, acting(cast.manager)).coming}
    assert said.isdisjoint({"End", "Date of review", "In force at least until"})


def test_nobody_owes_anything_by_a_text_that_is_not_in_force(cast: Cast) -> None:
    agreement = Agreement.objects.get(pk=in_place(cast).pk)
    said = [Sheet(agreement, acting(cast.manager)).owed_heading]
    agreement.state = Agreement.State.ENDED
    said += [
        sheet(agreement, acting(cast.manager)).owed_heading for sheet in (Sheet, HandoverSheet)
    ]
    agreement.state, agreement.in_force_version = Agreement.State.BEING_PREPARED, None
    said += [HandoverSheet(agreement, acting(cast.manager)).owed_heading]
    assert said == [f"What {each}" for each in
                    ("each side owes", "each side owed", "we owed", "we would owe")]  # fmt: skip


def test_a_handover_sheet_is_of_ones_own_party(cast: Cast, client_of: ClientOf) -> None:
    agreement = in_place(cast)
    ours = words_at(client_of(cast.viewer), at(agreement, "handover/"))
    theirs = words_at(client_of(cast.other_viewer), at(agreement, "handover/"))
    assert "Handover sheet for Northern Moors Area Team" in ours
    assert "Handover sheet for Eastmoor CCG" in theirs
    assert "Lead clinician" in theirs
    assert "Lead clinician" not in ours


def test_the_overview_leads_to_both(cast: Cast, client_of: ClientOf) -> None:
    agreement = in_place(cast)
    page = client_of(cast.viewer).get(at(agreement, "")).content.decode()
    for path in ("on-a-page/", "handover/", "on/"):
        assert f'href="{at(agreement, path)}"' in page


@pytest.mark.duty("X13")
def test_one_side_of_a4_always_current_with_a_private_note(cast: Cast, client_of: ClientOf) -> None:
    agreement = with_contacts(cast, 2, ccg_lead_clinician=None)
    noted(cast.manager, agreement)
    ours, theirs = client_of(cast.colleague), client_of(cast.other_colleague)
    pages = {path: words_at(ours, at(agreement, path)) for path in ("on-a-page/", "handover/")}
    for page in pages.values():
        assert "Both parties" in page.partition("owe")[2]
        assert "Maud Manager" in page.partition("Whom to ring")[2]
        assert "Review this MoU" in page.partition("What is next")[2]
        assert "Eastmoor CCG has no lead clinician." in page.partition("What is open")[2]
    assert CANARY in pages["handover/"]
    assert CANARY not in pages["on-a-page/"] + words_at(theirs, at(agreement, "handover/"))
    name_contact(
        by=acting(cast.manager), party=own(cast.manager, agreement), role="mou_manager",
        person=person_of(cast.colleague),
    )  # fmt: skip
    for path in pages:
        answer: Any = ours.get(at(agreement, f"{path}print.pdf"))
        assert "Colin Colleague" in printed(answer.content).partition("Whom to ring")[2]
        assert sides_of_paper(answer.content) == 1


# --- One side of A4


def _longest(agreement: Agreement) -> None:
    """Everything as long as it may be."""
    agreement.title = ("Wonderfully long " * 12)[:200]
    agreement.save()
    for row in OrganisationName.objects.filter(
        organisation__party_spells__party__agreement=agreement
    ):
        row.name = f"{row.name} {'WWWWWWWWW ' * 20}"[:200]
        row.save()


@pytest.mark.parametrize(
    ("others", "path"), [(1, "handover/print.pdf"), (9, "on-a-page/print.pdf")]
)
def test_the_pdf_is_one_side_of_a4_however_long_the_texts(
    cast: Cast, client_of: ClientOf, others: int, path: str
) -> None:
    agreement, client = with_many(cast, others), client_of(cast.manager)
    _longest(agreement)
    noted(cast.manager, agreement, "W" * 2_000 + "\n" * 30 + "and so on\n" * 100)
    answer: Any = client.get(at(agreement, path))
    assert sides_of_paper(answer.content) == 1
    said = printed(answer.content)
    assert "What is open" in said
    assert ("It goes on in the portal." in said) == path.startswith("handover")


def test_what_has_no_room_on_a_sheet_is_counted(cast: Cast) -> None:
    agreement = Agreement.objects.get(pk=with_many(cast, 9).pk)
    sheet = Sheet(agreement, acting(cast.manager))
    for size in SIZES:
        cut = Cut(sheet, size)
        more = len(sheet.people) - len(cut.people)
        assert cut.more_people.startswith(f"And {more} contact" if more else "")
        assert len(cut.people) <= size.people
        assert len(cut.duties) + len(cut.dates) + len(cut.open_lines) <= (
            size.duties + size.dates + size.open_lines
        )
    assert "those of 7 parties among them: see People." in cut.more_people


def test_of_many_parties_one_line_says_how_many_they_are(cast: Cast) -> None:
    agreement = Agreement.objects.get(pk=with_many(cast, 13).pk)
    for sheet in (Sheet, HandoverSheet):
        people = sheet(agreement, acting(cast.manager)).people
        said = {row.party: row.who for row in people}
        assert said["13 other parties"] == "13 of them name somebody: see People"
        assert not any(party.startswith("CCG") for party in said)


@given(st.text(st.sampled_from("ab .…"), max_size=60), st.integers(2, 40))
def test_what_is_shortened_fits_and_says_so(text: str, letters: int) -> None:
    whole, fits = " ".join(text.split()), shortened(text, letters)
    assert len(fits) <= letters
    assert fits == whole if len(whole) <= letters else fits.endswith("…")


@given(st.text(st.sampled_from("ab \n"), max_size=200), st.integers(2, 120), st.integers(1, 8))
def test_a_note_keeps_to_its_room_and_says_when_it_goes_on(
    text: str, letters: int, lines: int
) -> None:
    found = shortened_lines(text, letters, lines)
    whole = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    assert len(found) <= lines
    assert sum(map(len, found)) <= letters + 2
    assert found == whole or found[-1].endswith("…")


# --- The private note


def test_a_note_is_written_by_a_party_for_itself_and_kept(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = in_place(cast), client_of(cast.colleague)
    page = at(agreement, "handover/note/area_team/")
    client.get(page)
    saved = client.post(page, {"edit_no": "0", "text": CANARY}, follow=True).content.decode()
    assert "Only people of Northern Moors Area Team see it." in saved
    client.post(page, {"edit_no": "1", "text": "Nothing to know."})
    read = words_at(client_of(cast.viewer), at(agreement, "handover/"))
    assert "Nothing to know. Colin Colleague wrote this on" in read
    assert CANARY in read.partition("What it said before")[2]


def test_nobody_of_another_party_meets_the_note(cast: Cast, client_of: ClientOf) -> None:
    agreement = in_place(cast)
    noted(cast.manager, agreement)
    theirs = client_of(cast.other_manager)
    assert CANARY in words_at(client_of(cast.viewer), at(agreement, "handover/"))
    read = all_words(theirs, agreement)
    for path in ("handover/", "on-a-page/", "history/"):
        read += words_at(theirs, at(agreement, path))
    assert "Wilma" not in read
    for who in (cast.other_manager, cast.stranger, cast.system_administrator):
        assert not HandoverNote.objects.visible_to(acting(who)).exists()
    assert "Wilma" not in str(list(Entry.objects.values_list("payload", flat=True)))
    sheet = HandoverSheet(Agreement.objects.get(pk=agreement.pk), acting(cast.other_manager))
    assert "Wilma" not in as_html(SheetDocument(sheet, clock.now()), SIZES[0])


def test_another_partys_note_and_a_viewers_are_refused(cast: Cast, client_of: ClientOf) -> None:
    agreement = in_place(cast)
    with pytest.raises(NotYours):
        write_note(
            by=acting(cast.other_manager), party=own(cast.manager, agreement), edit_no=0, text="Ha."
        )
    with pytest.raises(NotYours):
        noted(cast.viewer, agreement)
    client: Client = client_of(cast.other_manager)
    assert client.get(at(agreement, "handover/note/area_team/")).status_code == 403
    assert client.get(at(agreement, "handover/note/nobody/")).status_code == 404


def test_who_wrote_meanwhile_is_not_overwritten_unseen(cast: Cast) -> None:
    agreement = in_place(cast)
    noted(cast.manager, agreement)
    with pytest.raises(ChangedMeanwhile):
        noted(cast.colleague, agreement, "Other words.")
    noted(cast.colleague, agreement, "Other words.", edit_no=1)
    assert HandoverNote.objects.get().text == "Other words."


def test_who_leaves_hands_over_by_the_sheet(cast: Cast, client_of: ClientOf) -> None:
    agreement, leaver = in_place(cast), person_of(cast.manager)
    client = client_of(cast.administrator)
    page = client.get(f"/organisations/{cast.area_team.pk}/people/{leaver.pk}/leaves/")
    assert f'href="{at(agreement, "handover/")}"' in page.content.decode()
