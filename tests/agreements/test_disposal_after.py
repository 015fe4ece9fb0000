"""What everybody and everything says of an MoU that was disposed of: that it was, when, by whom."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agreements.changes.services.opening import record_event
from agreements.contacts.services.answering import answer_by_link
from agreements.disposal.services.proposing import propose_disposal
from agreements.models import (
    ContactProposal,
    InboundEmail,
    KeyContact,
    RegisteredCopy,
    SavedEmail,
    Seal,
)
from commitments.models import Action, Commitment, Occurrence
from communications.models import Announcement, HeadsUp
from documents.models import StoredFile
from documents.storage import place_of, read, store
from documents.unnamed import unnamed_files
from escalations.models import Disagreement, PracticeConcern
from house import clock
from jobs.models import Job
from meetings.models import Meeting
from mou_portal.daily import tell_administrators
from performance.models import Request
from reports.models import Report
from tests.agreements.contacted import with_contacts
from tests.agreements.disposed import DAY, DECIDE, WHY, disposed, over, works
from tests.agreements.full import full
from tests.agreements.registered import registered
from tests.agreements.reviewed import on
from tests.cast import Cast, acting
from tests.conftest import ClientOf, Mailbox
from tests.reading import words_of
from tests.without_account import ADDRESS, NAME, link_in, practice_template

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("can_seal")]
SAID = "isposed of on 8 April 2022 by Northern Moors Area Team and Eastmoor CCG."


def checked(data: bytes) -> str:
    answer = Client().post("/verify/", {"file": SimpleUploadedFile("copy.pdf", data)})
    return words_of(answer)


def test_who_has_the_signed_file_is_told_what_it_was(cast: Cast, tmp_path: Path) -> None:
    agreement = full(cast)
    file = Seal.objects.get().file
    assert file
    pdf = read(file)
    disposed(cast, agreement)
    said = checked(pdf)
    assert f"This was the final signed copy of {agreement.title} (MOU-0001), unchanged." in said
    assert f"The portal's copy was d{SAID}" in said
    assert "Officer" not in said
    (tmp_path / "copy.pdf").write_bytes(pdf)
    out = StringIO()
    call_command("verify_pdf", tmp_path / "copy.pdf", stdout=out)
    assert f"The portal's copy was d{SAID}" in out.getvalue()
    with pytest.raises(CommandError, match=r"no text of MOU-0001 any more. Disposed of on 8 April"):
        call_command("render_agreement", agreement.reference, output=tmp_path / "x.pdf")


def test_a_registered_copy_is_known_by_its_hash(cast: Cast, client_of: ClientOf) -> None:
    agreement = with_contacts(cast)
    over(agreement)
    pdf = read(RegisteredCopy.objects.get().file)
    disposed(cast, agreement)
    assert f"The portal's copy was d{SAID}" in checked(pdf)
    with on(DAY):
        shown = words_of(client_of(cast.viewer).get(f"/agreements/{agreement.reference}/"))
    assert RegisteredCopy.objects.get().file.sha256 in shown


def test_each_page_of_each_room_leads_to_what_is_left(cast: Cast, client_of: ClientOf) -> None:
    agreement = disposed(cast, full(cast))
    at = f"/agreements/{agreement.reference}/"
    meeting, announcement = Meeting.objects.filter(state="held")[0], Announcement.objects.get()
    pages = [
        f"/commitments/{Action.objects.get().key}/",
        f"/escalations/{agreement.reference}/{Disagreement.objects.get().number}/",
        f"/meetings/{meeting.key}/",
        f"/meetings/series/{meeting.series.key}/",
        f"/announcements/{announcement.public_id}/",
        f"/commitments/owed/{Commitment.objects.all()[0].key}/",
        f"/commitments/owed/said/{Occurrence.objects.all()[0].pk}/",
        f"/requests/{Request.objects.get().key}/",
        f"/heads-ups/{HeadsUp.objects.get().public_id}/",
        f"/concerns/{PracticeConcern.objects.get().key}/",
        f"/reports/{Report.objects.get().key}/",
        *(f"/emails/{each.public_id}/" for each in SavedEmail.objects.exclude(kind="announcement")),
        f"/emails/held/{InboundEmail.objects.get().public_id}/",
        f"{at}signed.pdf",
        f"{at}versions/1/signed.pdf",
        f"{at}documents/{agreement.associated_documents.get().pk}/files/1/",
    ]
    with on(DAY):
        client = client_of(cast.manager)
        for page in pages:
            assert client.get(page).headers.get("Location") == at, page
        lists = ("/meetings/?ended", "/commitments/?state=done", "/announcements/", "/",
                 "/escalations/?state=withdrawn", "/requests/?state=answered", "/heads-ups/",
                 "/concerns/?state=closed", "/reports/", "/emails/held/",
                 "/agreements/?state=disposed_of")  # fmt: skip
        for page in lists:
            assert client.get(page).status_code == 200, page


def test_nothing_of_it_is_missed_by_who_looks_at_all_that_is_kept(cast: Cast) -> None:
    agreement = full(cast)
    kept = store(b"Of another.", name="other.pdf", content_type="application/pdf")
    gone = [file for file in StoredFile.objects.all() if file.pk != kept.pk]
    disposed(cast, agreement)
    out = StringIO()
    call_command("verify_all", stdout=out)
    assert "8 files were removed for good" in out.getvalue()
    assert read(kept) == b"Of another."
    # An older copy of the folder brings one back: it counts as named by no row.
    place_of(gone[0].key).write_bytes(b"%PDF")
    with clock.at(clock.now() + timedelta(days=3)):
        assert gone[0].key.hex in {each.path.name for each in unnamed_files()}
        assert gone[1].key.hex not in {each.path.name for each in unnamed_files()}


def test_administrators_keep_a_list_out_of_the_database(cast: Cast, mailbox: Mailbox) -> None:
    address = str(cast.system_administrator.email)
    disposed(cast)
    with on(DAY + timedelta(days=1)):
        tell_administrators()
        [told] = mailbox.to(address)
    assert "Disposed of in the last week: MOU-0001." in told.body


def test_its_pages_ask_as_little_as_others(cast: Cast, client_of: ClientOf) -> None:
    agreement = full(cast)
    at = f"/agreements/{agreement.reference}/"
    with on(DECIDE):
        client = client_of(cast.manager)
        client.get(at)
        with CaptureQueriesContext(connection) as queries:
            assert WHY not in words_of(client.get(f"{at}disposal/"))
        assert len(queries) <= 20, [each["sql"][:150] for each in queries]
    disposed(cast, agreement)
    with on(DAY):
        client = client_of(cast.manager)
        client.get("/agreements/")
        with CaptureQueriesContext(connection) as queries:
            assert WHY in words_of(client.get(at))
        assert len(queries) <= 20, [each["sql"][:150] for each in queries]


def test_a_file_that_another_row_names_stays(cast: Cast) -> None:
    agreement, sealed = full(cast), Seal.objects.get().file
    Job.objects.create(
        dedupe="x", kind="of.another", started_by=cast.manager, started_at=clock.now(), file=sealed
    )
    disposed(cast, agreement)
    assert sealed
    assert read(StoredFile.objects.get(pk=sealed.pk))
    assert StoredFile.objects.exclude(removal=None).count() == 7


def test_who_has_no_account_accepts_by_a_link(
    cast: Cast, client: Client, client_of: ClientOf, mailbox: Mailbox
) -> None:
    lead, ends_on = {"name": NAME, "email": ADDRESS, "job_title": "Manager"}, date(2026, 9, 30)
    with on(date(2026, 2, 3)):
        agreement = registered(
            cast, source=practice_template(cast.area_team), end_on=ends_on,
            sides={"area_team": cast.area_team, "practice": cast.practice},
            contacts={"practice": {"lead": {"person": lead}}},
        ).agreement  # fmt: skip
        answer_by_link(proposal=ContactProposal.objects.get(), yes=True)
    with on(ends_on):
        record_event(by=acting(cast.manager), agreement=agreement, on=ends_on, because="Done.")
        client.post(link_in(mailbox), {"answer": "yes"})
    with on(date(2032, 10, 1)):
        propose_disposal(by=acting(cast.manager), agreement=agreement, because=WHY)
        path = link_in(mailbox)
        assert "The text in all versions, what people wrote, and the files. For good." in words_of(
            client.get(path)
        )
        client.post(path, {"answer": "yes"})
    assert works(date(2032, 10, 8)) == 1
    with on(date(2032, 10, 9)):
        shown = words_of(client_of(cast.manager).get(f"/agreements/{agreement.reference}/"))
    assert f"{NAME}, by the link sent to s…@beckside.example accepted it for Beckside" in shown
    assert ADDRESS not in str(list(KeyContact.history.values()))
