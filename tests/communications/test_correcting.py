"""A final text that was released by mistake is corrected; the parties see both."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client

from communications.models import Announcement, Correction
from communications.services.correcting import correct_final_text
from communications.services.outcomes import release
from house import clock
from house.refusals import NotYours, Refused
from tests.cast import Cast, acting
from tests.communications import desk
from tests.conftest import ClientOf, Mailbox
from tests.pdf import a_pdf
from tests.reading import words_of

pytestmark = pytest.mark.django_db
WRONG, RIGHT = "Doors open at nine.", "Doors open at **ten**."


@pytest.fixture
def released(cast: Cast) -> Announcement:
    announcement = desk.planned(cast, hours=48)
    desk.shared(cast, desk.drafted(cast, announcement))
    release(
        by=acting(cast.manager), announcement=announcement, released_at=clock.now(), text=WRONG,
        because="It leaked.",
    )  # fmt: skip
    return announcement


def correct(client: Client, announcement: Announcement, **said: Any) -> str:
    typed = {"final": "text", "text": RIGHT, "because": "A slip."} | said
    path = f"/announcements/{announcement.public_id}/correct/"
    return words_of(client.post(path, typed, follow=True))


def test_both_texts_stand_on_the_page_with_the_reason(
    cast: Cast, client_of: ClientOf, released: Announcement
) -> None:
    page = correct(client_of(cast.colleague), released)
    assert "The final text is corrected." in page
    for user in (cast.colleague, cast.other_viewer):
        page = words_of(client_of(user).get(f"/announcements/{released.public_id}/"))
        assert page.index("Doors open at ten.") < page.index(WRONG)
        assert "Colin Colleague corrected the final text. " in page
        assert "A slip." in page
    story = words_of(client_of(cast.other_viewer).get("/agreements/MOU-0001/history/"))
    assert f"corrected the final text of the press release “{desk.TITLE}”." in story


@pytest.mark.parametrize("way", ["text", ""])
def test_the_text_and_the_pdf_say_when_they_are_needed(
    cast: Cast, client_of: ClientOf, released: Announcement, way: str
) -> None:
    client, path = client_of(cast.colleague), f"/announcements/{released.public_id}/correct/"
    page = words_of(
        client.post(path, {"final": way, "because": "A slip."}) if way else client.get(path)
    )
    assert "(optional)" not in page
    assert "The final text If it is typed here." in page
    assert "The final PDF If it is a PDF." in page
    assert ("Enter the final text" in page) == bool(way)


def test_the_parties_and_whoever_had_a_draft_are_told(
    cast: Cast, client_of: ClientOf, released: Announcement, mailbox: Mailbox
) -> None:
    mailbox.all.clear()
    correct(client_of(cast.colleague), released)
    told = {mail.to[0]: mail for mail in mailbox.all}
    assert set(told) == {cast.other_colleague.email, cast.other_manager.email}
    for mail in told.values():
        assert mail.subject.startswith("Final text of a press release corrected on ")
        assert desk.TITLE not in f"{mail.subject} {mail.body}"
        assert cast.colleague.email in mail.reply_to[0]  # who knows what was wrong
    correct(client_of(cast.colleague), released, text="Doors open at noon.")
    assert len(mailbox.all) == 4


def test_a_pdf_may_be_the_right_one_and_the_former_file_stays(
    cast: Cast, client_of: ClientOf, released: Announcement
) -> None:
    client, at = client_of(cast.colleague), f"/announcements/{released.public_id}"
    file = SimpleUploadedFile("right.pdf", a_pdf())
    correct(client, released, final="pdf", pdf=file)
    correct(client, released)
    reader = client_of(cast.other_viewer)
    assert reader.get(f"{at}/final/2.pdf").status_code == 200
    for path in ("final.pdf", "final/1.pdf", "final/3.pdf", "final/4.pdf"):
        assert reader.get(f"{at}/{path}").status_code == 404, path


def test_what_cannot_be_is_refused(cast: Cast, client_of: ClientOf, released: Announcement) -> None:
    client = client_of(cast.colleague)
    assert "This is the final text already." in correct(client, released, text=WRONG)
    assert "Say why the text is corrected" in correct(client, released, because="")
    with pytest.raises(NotYours):
        correct_final_text(
            by=acting(cast.other_manager), announcement=released, text=RIGHT, because="Ours."
        )
    planned = desk.planned(cast, hours=48)
    with pytest.raises(Refused, match="is not released"):
        correct_final_text(by=acting(cast.manager), announcement=planned, text="a", because="b")
    assert not Correction.objects.exists()


def test_the_second_press_corrects_nothing_and_no_correction_changes(
    cast: Cast, client_of: ClientOf, released: Announcement
) -> None:
    for _ in range(2):
        correct(client_of(cast.colleague), released)
    made = Correction.objects.get()
    with pytest.raises(DatabaseError, match="does not change"), transaction.atomic():
        Correction.objects.filter(pk=made.pk).update(text="Another")
