"""The forward plan: as a list, by month, on the page of an agreement, at home."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from agreements.models import Agreement
from communications.models import Announcement, ReleasedTo
from communications.services.outcomes import release, withdraw
from house import clock
from house.clock import london_instant
from tests.cast import Cast, acting
from tests.communications import desk
from tests.communications.desk import NOW
from tests.conftest import ClientOf
from tests.reading import words_of

pytestmark = pytest.mark.django_db


def a_few(cast: Cast) -> dict[str, Announcement]:
    """One of each state by the Area Team, and one by the CCG that is shared with our viewer."""
    first, second = desk.bilateral(cast), desk.with_third(cast)
    made = {
        "planned": desk.planned(cast, first, second, hours=200, title="Planned one"),
        "shared": desk.planned(cast, first, hours=100, title="Shared one", kind="publication"),
        "released": desk.planned(cast, second, hours=90, title="Released one"),
        "withdrawn": desk.planned(cast, first, hours=80, title="Withdrawn one"),
        "theirs": desk.planned(cast, first, hours=30, title="Theirs", by=cast.other_manager),
    }
    desk.shared(cast, desk.drafted(cast, made["shared"]))
    by = acting(cast.manager)
    release(by=by, announcement=made["released"], released_at=NOW, text="Out.", because="At once.")
    withdraw(by=by, announcement=made["withdrawn"], because="Off.")
    return made


def titles(client: Client, query: str = "") -> list[str]:
    page = words_of(client.get(f"/announcements/{query}"))
    names = ("Planned one", "Shared one", "Released one", "Withdrawn one", "Theirs")
    return sorted((name for name in names if name in page), key=page.index)


@pytest.mark.sqlite
def test_what_is_to_come_stands_first_and_filters_narrow_it(
    cast: Cast, client_of: ClientOf
) -> None:
    with clock.at(NOW):
        a_few(cast)
        client = client_of(cast.viewer)
        coming = ["Shared one", "Planned one"]
        assert titles(client) == [*coming, "Released one", "Withdrawn one"]
        assert "4 announcements, 2 still to come" in words_of(client.get("/announcements/"))
        for query, found in (
            ("?state=open", coming), ("?state=released", ["Released one"]),
            ("?kind=publication", ["Shared one"]), ("?whose=others", []),
            ("?agreement=MOU-0002", ["Planned one", "Released one"]),
            ("?state=nonsense&kind=%00", [*coming, "Released one", "Withdrawn one"]),
        ):  # fmt: skip
            assert titles(client, query) == found, query
        nothing = words_of(client.get("/announcements/?whose=others"))
        assert "No announcement matches these filters." in nothing


def test_each_reader_has_their_own_list(cast: Cast, client_of: ClientOf) -> None:
    with clock.at(NOW):
        a_few(cast)
        for user, found in (
            (cast.other_colleague, ["Theirs", "Shared one"]),
            (cast.other_viewer, ["Theirs"]),
            (cast.third_manager, ["Released one"]),
            (cast.stranger, []),
        ):
            assert titles(client_of(user)) == found, user
        page = words_of(client_of(cast.stranger).get("/announcements/"))
        assert "Nothing is planned yet." in page


def test_what_is_released_stands_in_the_plan_of_who_may_see_it(cast: Cast) -> None:
    with clock.at(NOW):
        a_few(cast)
    for user in (cast.manager, cast.other_viewer, cast.third_manager, cast.stranger):
        released = Announcement.objects.visible_to(acting(user)).filter(state="released")
        rows = ReleasedTo.objects.visible_to(acting(user))
        assert {row.announcement for row in rows} == set(released)
    assert ReleasedTo.objects.filter(is_own=True).count() == 1


def test_the_month_shows_what_falls_into_it_and_leads_on(cast: Cast, client_of: ClientOf) -> None:
    with clock.at(NOW):
        a_few(cast)
        client = client_of(cast.viewer)
        answer = client.get("/announcements/month/2026/6/")
        page = words_of(answer)
        assert "Tuesday 9 June 2026 8:00 pm BST, share by Planned one Under embargo" in page
        assert "Wednesday 10 June 2026" in page
        assert "8:00 pm BST, release Planned one" in page
        assert "Tuesday 2 June 2026 Today 12:00 pm BST, released Released one" in page
        # Theirs is not ours to see, and what is shared already need not be shared any more.
        assert "Theirs" not in page
        assert "share by Shared one" not in page
        for month in ("2026/5", "2026/7"):
            assert f'href="/announcements/month/{month}/"' in answer.content.decode()
        assert "Nothing of what you may see falls into July 2026." in words_of(
            client.get("/announcements/month/2026/7/")
        )
        for wrong in ("2026/13", "2026/0", "1066/10", "9999/12"):
            assert client.get(f"/announcements/month/{wrong}/").status_code == 404


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("at", "month"),
    [
        # Half past midnight in London on the first is a day of the month before in UTC.
        (datetime(2026, 6, 30, 23, 30, tzinfo=UTC), "7"),
        (datetime(2026, 6, 30, 22, 59, tzinfo=UTC), "6"),
        (datetime(2026, 10, 31, 23, 59, tzinfo=UTC), "10"),
    ],
)
def test_the_month_is_londons(cast: Cast, client_of: ClientOf, at: datetime, month: str) -> None:
    with clock.at(NOW):
        desk.planned(cast, hours=(at - NOW) / timedelta(hours=1))
        client = client_of(cast.viewer)
        for number in range(6, 12):
            page = words_of(client.get(f"/announcements/month/2026/{number}/"))
            assert (f"release {desk.TITLE}" in page) == (str(number) == month), number


def test_the_agreement_shows_its_announcements(cast: Cast, client_of: ClientOf) -> None:
    with clock.at(NOW):
        a_few(cast)
        page = words_of(client_of(cast.viewer).get("/agreements/MOU-0002/announcements/"))
        assert "1 announcement to come. Of those released, 0 of 1 (0%) met the lead time." in page
        other = words_of(client_of(cast.other_viewer).get("/agreements/MOU-0001/announcements/"))
        assert "Theirs Under embargo" in other
        assert "Planned one" not in other
        theirs = words_of(client_of(cast.third_manager).get("/agreements/MOU-0002/announcements/"))
        assert "Of those released, 0 of 1 (0%) met the lead time." in theirs


def test_home_says_what_is_to_be_shared_and_marked(cast: Cast, client_of: ClientOf) -> None:
    with clock.at(NOW):
        first, second = desk.bilateral(cast), desk.with_third(cast)
        announcement = desk.planned(cast, first, second, hours=30)
        home = words_of(client_of(cast.colleague).get("/"))
        assert f"Share the draft press release “{desk.TITLE}” with Eastmoor CCG and 1 other" in home
        assert home.count("Share the draft press release") == 1
        assert f"Mark the press release “{desk.TITLE}” as released, once it is out" in home
        assert desk.TITLE not in words_of(client_of(cast.other_manager).get("/"))
        desk.shared(cast, desk.drafted(cast, announcement))
    with clock.at(NOW + timedelta(hours=31)):
        home = words_of(client_of(cast.colleague).get("/"))
        assert "as released, move it or withdraw it" in home
        assert f"Share the draft press release “{desk.TITLE}” with Westmoor CCG" in home


def test_more_announcements_ask_no_more_queries(cast: Cast, client_of: ClientOf) -> None:
    day = date(2026, 6, 20)
    with clock.at(NOW):
        first, second = desk.bilateral(cast), desk.with_third(cast)
        paths = ["/announcements/", "/announcements/month/2026/6/", "/", "/agreements/MOU-0001/"]
        counts: list[list[int]] = []
        for more in (2, 10):
            for number in range(more):
                made = desk.planned(
                    cast, first, second, title=f"{more} {number}",
                    hours=(london_instant(day, time(9, number)) - NOW) / timedelta(hours=1),
                )  # fmt: skip
                desk.shared(cast, desk.drafted(cast, made))
                if number % 2:
                    release(
                        by=acting(cast.manager), announcement=made, released_at=NOW, text="Out.",
                        because="At once.",
                    )  # fmt: skip
            counts.append([queries(client_of, cast, path) for path in paths])
    assert counts[0] == counts[1]
    assert counts[0][0] <= 10
    assert counts[0][1] <= 12


def test_the_page_of_one_asks_no_more_for_more_readers_and_drafts(
    cast: Cast, client_of: ClientOf
) -> None:
    counts = []
    with clock.at(NOW):
        announcement = desk.planned(cast)
        for number in range(2):
            for more in range(1 + 5 * number):
                draft = desk.drafted(cast, announcement, text=f"{number} {more}")
                desk.shared(cast, draft, desk.to(cast.other_colleague), desk.to(cast.other_viewer))
                client_of(cast.other_viewer).get(
                    f"/announcements/{announcement.public_id}/drafts/{draft.number}/"
                )
            counts.append(queries(client_of, cast, f"/announcements/{announcement.public_id}/"))
    assert counts[0] == counts[1]
    assert counts[0] <= 20


def queries(client_of: ClientOf, cast: Cast, path: str) -> int:
    client = client_of(cast.viewer)
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return sum("SAVEPOINT" not in each["sql"] for each in asked)


def test_an_agreement_in_preparation_has_no_page_of_it(cast: Cast, client_of: ClientOf) -> None:
    from tests.stages import drafted

    agreement: Agreement = drafted(cast)
    page = client_of(cast.viewer).get(f"/agreements/{agreement.reference}/announcements/")
    assert page.status_code == 404
