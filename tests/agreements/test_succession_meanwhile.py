"""A succession while a text waits for signatures, on the day of signing, and as each day stood."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from agreements.core.parties import parties_of
from agreements.models import Agreement, SignatureRequest, Version
from agreements.succession.services.recording import agree
from house.refusals import NotYours, Refused
from house.rooms import rooms
from jobs.sweep import work_due
from parties.models import Role
from tests.agreements.reviewed import on
from tests.agreements.succeeded import board_of, recorded, succeeded
from tests.cast import Cast, acting, user
from tests.conftest import ClientOf
from tests.once import made_once
from tests.reading import words_at
from tests.stages import ask, asked, give

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ASKED, FIRST = date(2014, 3, 3), date(2014, 4, 1)


def waiting(cast: Cast) -> None:
    with on(ASKED):
        asked(cast)
        for part in ("other_manager", "other_administrator", "viewer"):
            getattr(cast, part)


made, cast = made_once(waiting)


def the_version() -> Version:
    return Version.objects.get()


def request_of(slot: str) -> SignatureRequest:
    return SignatureRequest.objects.filter(party__slot=slot).latest("pk")


def test_a_signature_that_is_asked_for_is_the_successors_to_ask_anew(
    cast: Cast, client_of: ClientOf
) -> None:
    board, chair, mo = board_of(cast)
    theirs = request_of("ccg")
    with on(FIRST):
        give(cast.signatory, request_of("area_team"))
        succeeded(chair, cast.other_administrator, cast.ccg, board, FIRST)
        theirs.refresh_from_db()
        assert theirs.state == "withdrawn"
        assert theirs.ended_because == (
            "Northern Moors Board took the place of Eastmoor CCG on 1 April 2014."
        )
        with pytest.raises(NotYours):
            give(cast.other_signatory, theirs)
        assert "Ask for the signature" in words_at(client_of(mo), "/")
        signatory = user("Sue Board", board, Role.SIGNATORY)
        anew = ask(mo, the_version(), signatory)
        words = words_at(client_of(signatory), f"/agreements/MOU-0001/sign/{anew.pk}/")
        assert "in the place of Eastmoor CCG since 1 April 2014" in words
        give(signatory, anew)
    agreement = Agreement.objects.get()
    assert (agreement.state, agreement.start_on) == ("in_force", FIRST)
    assert "Northern Moors Board, in the place of Eastmoor CCG since" in anew.signature.statement
    assert [each["name"] for each in the_version().party_names][1] == "Eastmoor CCG"


@pytest.mark.parametrize("full", [True, False])
@pytest.mark.parametrize(("day", "signs"), [(FIRST - DAY, True), (FIRST, False)])
def test_on_its_day_nobody_signs_for_the_old_one_though_nothing_went_over_yet(
    cast: Cast, day: date, signs: bool, full: bool
) -> None:
    board, chair, _ = board_of(cast)
    with on(ASKED + DAY):
        found = recorded(chair, cast.ccg, board, FIRST, full=full)
        chosen = None if full else [Agreement.objects.get().pk]
        agree(by=acting(cast.other_administrator), succession=found, agreements=chosen)
        give(cast.signatory, request_of("area_team"))
    with on(day):
        if signs:
            give(cast.other_signatory, request_of("ccg"))
        else:
            with pytest.raises(NotYours if full else Refused):
                give(cast.other_signatory, request_of("ccg"))
    with on(FIRST):
        for room in rooms():
            room.time_passed()
        work_due()
        agreement = Agreement.objects.get()
        assert agreement.state == ("in_force" if signs else "being_prepared")
        assert parties_of(agreement)[1].organisation == board
    assert request_of("ccg").state == ("signed" if signs else "withdrawn")


def test_each_day_names_who_held_the_side_and_the_text_stays(
    cast: Cast, client_of: ClientOf
) -> None:
    board, chair, _ = board_of(cast)
    with on(ASKED + DAY):
        give(cast.signatory, request_of("area_team"))
        give(cast.other_signatory, request_of("ccg"))
        succeeded(chair, cast.other_administrator, cast.ccg, board, FIRST)
    with on(FIRST):
        for room in rooms():
            room.time_passed()
        work_due()
    client, parties = client_of(cast.viewer), {}
    with on(FIRST + 300 * DAY):
        for day in (FIRST - DAY, FIRST, FIRST + DAY):
            for known in ("", "?known=now"):
                words = words_at(client, f"/agreements/MOU-0001/on/{day.isoformat()}/{known}")
                parties[day, known] = words.split("Parties ")[1].split(" Text ")[0]
        overview = words_at(client, "/agreements/MOU-0001/")
        text = words_at(client, f"/agreements/MOU-0001/versions/{the_version().seq}/")
        listed = words_at(client, "/agreements/")
    before = "Northern Moors Area TeamEastmoor CCG"
    after = "Northern Moors Area TeamNorthern Moors Board (in the text: Eastmoor CCG)"
    for known in ("", "?known=now"):
        assert parties[FIRST - DAY, known] == before
        assert parties[FIRST, known] == parties[FIRST + DAY, known] == after
    changed = "Eastmoor CCG was a party until 31 March 2014. Northern Moors Board is in its place."
    assert changed in overview
    assert changed in text
    assert "Northern Moors Board (before: Eastmoor CCG)" in listed
