"""The dates of a body: who keeps them, and that they are looked at before they are kept."""

from __future__ import annotations

from datetime import date

import pytest

from parties.models import BodyMeeting, DiaryChange
from tests.agreements.planned import body_of
from tests.agreements.reviewed import on
from tests.cast import Cast
from tests.conftest import ClientOf
from tests.reading import words_at, words_of
from tests.typed import fields_of

pytestmark = pytest.mark.django_db
NOW = date(2014, 5, 1)


@pytest.mark.duty("X11")
def test_pasted_dates_are_shown_and_then_kept_once(cast: Cast, client_of: ClientOf) -> None:
    body, client = body_of(cast.ccg), client_of(cast.other_secretary)
    page = f"/meeting-dates/{body.pk}/"
    with on(NOW):
        shown = client.post(f"{page}add/", {"text": "6 August 2014\n3/9/14, papers 11/8/14"})
        assert "Nothing is kept yet. 2 meetings in all." in words_of(shown)
        assert not BodyMeeting.objects.exists()
        for _ in range(2):
            answer = client.post(f"{page}add/", fields_of(shown.content.decode()))
            assert answer.status_code == 302
        kept = words_at(client, page)
    assert "6 August 2014 Papers by 9 July 2014" in kept
    assert "3 September 2014 Papers by 11 August 2014 As entered for this meeting" in kept
    assert BodyMeeting.objects.count() == 2
    assert DiaryChange.objects.get().body == body


def test_a_joint_body_is_kept_by_each_that_it_serves_and_read_by_no_other(
    cast: Cast, client_of: ClientOf
) -> None:
    page = f"/meeting-dates/{body_of(cast.ccg, cast.third_ccg).pk}/"
    with on(NOW):
        for who in (cast.other_manager, cast.third_manager):
            assert "Add dates" in words_at(client_of(who), page)
        assert "Add dates" not in words_at(client_of(cast.other_viewer), page)
        assert client_of(cast.other_viewer).get(f"{page}add/").status_code == 403
        assert client_of(cast.manager).get(page).status_code == 404


def test_what_cannot_be_understood_is_said_and_nothing_is_kept(
    cast: Cast, client_of: ClientOf
) -> None:
    body, client = body_of(cast.ccg), client_of(cast.other_manager)
    with on(NOW):
        shown = client.post(f"/meeting-dates/{body.pk}/add/", {"text": "6 August\n1/9/2014"})
        none = client.post(f"/meeting-dates/{body.pk}/add/", {})
    assert "Line 1: “6 August” has no date with its year" in words_of(shown)
    assert "Type the dates or choose a file, one of the two" in words_of(none)
