"""Drafts and what their readers do with them."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction

from communications.models import Draft, Read
from communications.services.outcomes import withdraw
from communications.services.reading import comment
from communications.services.sharing import add_draft
from documents.models import StoredFile
from house import clock
from house.refusals import NotYours, Refused
from house.text import tidy_text
from tests.bad_input import BAD_TEXTS
from tests.cast import Cast, acting
from tests.communications import desk
from tests.communications.desk import NOW
from tests.communications.doing import at
from tests.conftest import ClientOf
from tests.pdf import a_pdf
from tests.reading import words_of
from tests.setting_up import NOTHING

pytestmark = pytest.mark.django_db


def test_each_draft_is_numbered_and_stays_as_it_was(cast: Cast, client_of: ClientOf) -> None:
    with clock.at(NOW):
        announcement, client = desk.planned(cast), client_of(cast.colleague)
        for text in ("First **words**.", "Second words."):
            answer = client.post(at(announcement, "drafts/add/"), {"text": text}, follow=True)
            assert "Nobody outside your organisation sees it." in words_of(answer)
        assert list(announcement.drafts.values_list("number", "text")) == [
            (1, "First **words**."),
            (2, "Second words."),
        ]
        page = client.get(at(announcement, "drafts/1/")).content.decode()
        assert "<strong>words</strong>" in page
        assert "There is a newer draft." in page
        again = client.post(at(announcement, "drafts/add/"), {"text": "Second words."})
        assert "This is word for word draft 2." in words_of(again)
    assert announcement.drafts.count() == 2


def test_a_draft_may_be_a_pdf(cast: Cast, client_of: ClientOf) -> None:
    with clock.at(NOW):
        announcement, client = desk.planned(cast), client_of(cast.colleague)
        file = SimpleUploadedFile("Secret plan for Hay.pdf", a_pdf())
        answer = client.post(at(announcement, "drafts/add/"), {"pdf": file}, follow=True)
        assert "The draft is added." in words_of(answer)
        draft = Draft.objects.get()
        # Administrators see the names of files, so this one says nothing.
        assert StoredFile.objects.get().name == "draft.pdf"
        desk.shared(cast, draft)
        reader = client_of(cast.other_colleague)
        page = reader.get(at(announcement, "drafts/1/")).content.decode()
        assert "Download the draft (PDF)" in page
        # The page holds none of it: taking the file is what counts as reading.
        assert not Read.objects.exists()
        answer = reader.get(at(announcement, "drafts/1/draft.pdf"))
        assert answer.content == a_pdf()
        assert "Under embargo, draft 1.pdf" in answer["Content-Disposition"]
        assert answer["Cache-Control"] == "private, no-store"
        assert Read.objects.get().how == "downloaded"
        assert (
            client_of(cast.other_viewer).get(at(announcement, "drafts/1/draft.pdf")).status_code
            == 404
        )


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (NOTHING, "Type the text, or choose a PDF"),
        ({"text": "Words", "pdf": a_pdf()}, "Type the text or choose a PDF, not both"),
        ({"pdf": b"Words"}, "This file is not a PDF."),
        ({"text": "x" * 50_001}, "Text must be 50,000 characters or fewer."),
    ],
)
def test_what_is_no_draft_says_why(
    cast: Cast, client_of: ClientOf, sent: dict[str, str | bytes], said: str
) -> None:
    data = {
        name: SimpleUploadedFile("draft.pdf", value) if isinstance(value, bytes) else value
        for name, value in sent.items()
    }
    with clock.at(NOW):
        announcement = desk.planned(cast)
        page = words_of(client_of(cast.colleague).post(at(announcement, "drafts/add/"), data))
    assert said in page
    assert not Draft.objects.exists()


@pytest.mark.sqlite
def test_the_database_itself_refuses_to_overwrite(cast: Cast) -> None:
    with clock.at(NOW):
        draft = desk.drafted(cast, desk.planned(cast))
        desk.shared(cast, draft)
        comment(by=acting(cast.other_colleague), draft=draft, text="Hm.")
    for table in ("draft", "comment"):
        for statement in ("UPDATE {} SET text = 'x'", "DELETE FROM {}"):
            with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement.format(f"communications_{table}"))


def test_nothing_more_is_said_of_a_withdrawn_one(cast: Cast) -> None:
    with clock.at(NOW):
        announcement = desk.planned(cast)
        draft = desk.drafted(cast, announcement)
        desk.shared(cast, draft)
        withdraw(by=acting(cast.manager), announcement=announcement, because="Off.")
        with pytest.raises(NotYours):
            comment(by=acting(cast.other_colleague), draft=draft, text="Hm.")
        with pytest.raises(Refused, match="This announcement is withdrawn now"):
            add_draft(by=acting(cast.colleague), announcement=announcement, text="More.")


def test_what_is_typed_is_text_on_every_page(cast: Cast, client_of: ClientOf) -> None:
    with clock.at(NOW):
        script = "<script>alert(1)</script>"
        announcement = desk.planned(cast, title=f"Title {script}")
        reader = acting(cast.other_colleague)
        for number, bad in enumerate(BAD_TEXTS.values(), start=1):
            draft = desk.drafted(cast, announcement, text=f"{number} {tidy_text(bad)} {script}")
            desk.shared(cast, draft)
            comment(by=reader, draft=draft, text=f"{tidy_text(bad)[:4_000]} {script}")
            for user in (cast.viewer, cast.other_colleague):
                for path in ("", f"drafts/{draft.number}/"):
                    page = client_of(user).get(at(announcement, path))
                    assert page.status_code == 200
                    assert "<script>alert" not in page.content.decode()
