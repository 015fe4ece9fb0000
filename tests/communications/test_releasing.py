"""Marked as released by somebody, never by the clock; then the final text, and that alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agreements.models import Happening
from communications.models import Announcement, Draft, Release
from communications.services.outcomes import final_from, release
from communications.services.reading import answer, comment
from deadlines.models import Deadline
from documents.markdown import to_html
from house import clock
from house.refusals import NotYours, Refused
from house.text import tidy_text
from nhsuk.forms import date_boxes
from tests.cast import Cast, acting
from tests.communications import desk
from tests.communications.desk import NOW, TEXT
from tests.conftest import ClientOf, Mailbox
from tests.pdf import a_pdf
from tests.reading import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared(cast: Cast) -> Iterator[Draft]:
    """Shared in time; the clock stands an hour before the planned release."""
    with clock.at(NOW):
        draft = desk.drafted(cast, desk.planned(cast, hours=48))
        desk.shared(cast, draft)
    # Made before a test that takes back what it did.
    assert cast.other_viewer
    with clock.at(NOW + timedelta(hours=47)):
        yield draft


def press(client: Client, draft: Draft, **said: Any) -> str:
    """The form of the page, sent; what is on the page that follows."""
    path = f"/announcements/{draft.announcement.public_id}/release/"
    today = date_boxes("day", clock.today()) | {"time": "11:00", "final": "draft-1"}
    return words_of(client.post(path, today | said, follow=True))


def test_the_draft_as_it_stands_becomes_the_final_text(
    cast: Cast, client_of: ClientOf, shared: Draft, mailbox: Mailbox
) -> None:
    mailbox.all.clear()
    page = press(client_of(cast.colleague), shared)
    assert "The press release is marked as released." in page
    made = Release.objects.get()
    assert (made.text, made.released_at) == (TEXT, NOW + timedelta(hours=47))
    assert (
        not Deadline.objects.still_open().filter(subject_key__startswith="announcement:").exists()
    )
    states = dict(
        Deadline.objects.filter(subject_key__startswith="announcement").values_list("kind", "state")
    )
    assert states == {"press_share_by": "met", "announcement_release": "met"}
    told = {mail.to[0]: mail for mail in mailbox.all}
    assert set(told) == {cast.other_colleague.email, cast.other_manager.email}
    for mail in told.values():
        assert "Press release released at 11:00 am BST on 4 June 2026" in mail.subject
        assert desk.TITLE not in f"{mail.subject} {mail.body}"


def test_both_sides_read_on_the_timeline_that_it_is_released(
    cast: Cast, client_of: ClientOf, shared: Draft
) -> None:
    before = Happening.objects.count()
    press(client_of(cast.colleague), shared)
    assert Happening.objects.count() == before + 1
    sentence = (
        f"Colin Colleague marked the press release “{desk.TITLE}” as released, with 47 hours of "
        "notice."
    )
    for user in (cast.viewer, cast.other_viewer):
        assert sentence in words_of(client_of(user).get("/agreements/MOU-0001/history/"))


def test_another_text_or_a_pdf_may_be_the_final_one(
    cast: Cast, client_of: ClientOf, shared: Draft
) -> None:
    client = client_of(cast.colleague)
    assert "Enter the final text" in press(client, shared, final="text")
    assert "Choose the final PDF" in press(client, shared, final="pdf")
    wrong = SimpleUploadedFile("final.pdf", b"no pdf")
    assert "This file is not a PDF." in press(client, shared, final="pdf", pdf=wrong)
    file = SimpleUploadedFile("final.pdf", a_pdf())
    assert "Download the final text (PDF)" in press(client, shared, final="pdf", pdf=file)
    path = f"/announcements/{shared.announcement.public_id}/final.pdf"
    for user, code in ((cast.other_viewer, 200), (cast.stranger, 404)):
        assert client_of(user).get(path).status_code == code
    page = client_of(cast.other_viewer).get(f"/announcements/{shared.announcement.public_id}/")
    assert TEXT not in page.content.decode()


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300).map(tidy_text).filter(len))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_the_parties_see_is_exactly_the_final_text(
    cast: Cast, client_of: ClientOf, shared: Draft, final: str
) -> None:
    with transaction.atomic():
        comment(by=acting(cast.other_colleague), draft=shared, text="canary-said")
        release(
            by=acting(cast.manager), announcement=shared.announcement, released_at=clock.now(),
            text=final,
        )  # fmt: skip
        path = f"/announcements/{shared.announcement.public_id}/"
        page = client_of(cast.other_viewer).get(path).content.decode()
        shown = page.split('<div class="portal-document__text">')[1].split("</div></div>")[0]
        assert shown == str(to_html(final))
        assert "surgeries</strong> open earlier" not in page
        assert "canary-said" not in page
        assert client_of(cast.other_viewer).get(f"{path}drafts/1/").status_code == 404
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"time": "11:01"}, "Enter when it was released: that cannot be in the future."),
        ({"time": "soon"}, "Enter the time like 9:00 am or 14:30"),
        ({"final": ""}, "Choose which text was released"),
        (
            {"day-day": "2", "time": "11:59", "as_it_is": "on"},
            "Say why the notice was shorter than the MoU asks for.",
        ),
    ],
)
def test_what_cannot_be_is_refused(
    cast: Cast, client_of: ClientOf, shared: Draft, said: dict[str, str], problem: str
) -> None:
    assert problem in press(client_of(cast.colleague), shared, **said)
    assert not Release.objects.exists()


def test_an_early_release_is_asked_about(cast: Cast, client_of: ClientOf, shared: Draft) -> None:
    client = client_of(cast.colleague)
    with clock.at(NOW + timedelta(hours=30)):
        said = date_boxes("day", clock.today()) | {"time": "18:00", "because": "It leaked."}
        page = press(client, shared, **said)
        assert "It is planned for 12:00 pm BST on 4 June 2026, which is later." in page
        assert not Release.objects.exists()
        assert "is marked as released." in press(client, shared, **said, as_it_is="on")


def test_comments_without_an_answer_are_asked_about(
    cast: Cast, client_of: ClientOf, shared: Draft
) -> None:
    client = client_of(cast.colleague)
    path = f"/announcements/{shared.announcement.public_id}/release/"
    comment(by=acting(cast.other_colleague), draft=shared, text="One word is wrong.")
    odd = "1 comment of Eastmoor CCG on draft 1 has no answer yet."
    assert odd in words_of(client.get(path))
    assert odd in press(client, shared)
    answer(by=acting(cast.colleague), draft=shared, side=cast.ccg, text="We leave it.")
    assert "Mark it as released all the same" not in words_of(client.get(path))
    assert "is marked as released." in press(client, shared)


def test_released_without_ever_sharing_asks_why_and_counts_as_missed(
    cast: Cast, client_of: ClientOf
) -> None:
    with clock.at(NOW):
        draft = desk.drafted(cast, desk.planned(cast, hours=48))
        client = client_of(cast.colleague)
        said = {"time": "12:00", "final": "draft-1", "as_it_is": "on"}
        assert "Say why the notice was short" in press(client, draft, **said)
        page = press(client, draft, **said, because="We forgot.")
    assert "None: no draft was shared Missed Why it was short: We forgot." in page
    assert not draft.announcement.concerned.get().met


def test_a_draft_that_came_meanwhile_is_not_released_unseen(
    cast: Cast, client_of: ClientOf, shared: Draft
) -> None:
    desk.drafted(cast, shared.announcement, text="Not read by who presses.")
    page = press(client_of(cast.colleague), shared)
    assert "Choose which text was released from the list" in page
    assert "Draft 2, as it stands" in page
    assert not Release.objects.exists()


def test_it_is_marked_once_and_never_changes(cast: Cast, shared: Draft) -> None:
    by, announcement = acting(cast.colleague), shared.announcement
    said = {"released_at": clock.now(), **final_from(shared)}
    release(by=by, announcement=announcement, **said)
    with pytest.raises(Refused, match="This announcement is released now"):
        release(by=by, announcement=announcement, **said)
    for user in (cast.viewer, cast.other_manager):
        with pytest.raises(NotYours):
            release(by=acting(user), announcement=announcement, **said)
    assert Release.objects.count() == 1


def test_a_page_that_is_opened_late_leads_to_the_announcement(
    cast: Cast, client_of: ClientOf, shared: Draft
) -> None:
    client = client_of(cast.colleague)
    press(client, shared)
    where = f"/announcements/{shared.announcement.public_id}/"
    for name in ("edit", "move", "withdraw", "release", "share", "drafts/add"):
        assert client.get(f"{where}{name}/")["location"] == where
        page = client.post(f"{where}{name}/", {"because": "x", "text": "x", "draft": "1"})
        assert page.status_code == 200
    assert Announcement.objects.get().state == "released"
