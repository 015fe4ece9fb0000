"""The notice that the other parties really get, counted and shown (A10)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agreements.core.parties import parties_of
from communications.models import ConcernedAgreement, Share
from communications.queries.readers import first_shares, reached_at
from communications.services.outcomes import release
from communications.services.sharing import take_back
from deadlines.models import Deadline
from house import clock
from house.refusals import Refused
from tests.cast import Cast, acting, person_of
from tests.communications import desk
from tests.communications.desk import NOW
from tests.communications.doing import at, concerned, readers_box, send
from tests.conftest import ClientOf
from tests.reading import words_of

pytestmark = pytest.mark.django_db


@pytest.mark.duty("A10")
def test_shorter_notice_is_counted_asked_about_and_shown(cast: Cast, client_of: ClientOf) -> None:
    client, liaison = client_of(cast.colleague), f"person-{person_of(cast.other_colleague).pk}"
    with clock.at(NOW):
        agreement = desk.bilateral(cast)
        early = desk.planned(cast, agreement, hours=30, title="In time")
        late = desk.planned(cast, agreement, hours=10, title="Short")
        never = desk.planned(cast, agreement, hours=48, title="Never shared")
        for each in (early, late):
            desk.drafted(cast, each)
        page = send(client, at(early, "share/"), **{readers_box(cast): [liaison]})
        assert "Draft 1 is shared." in page
        assert "We told Oscar Othersby." in page
        assert "Shared 30 hours before release." in page
        page = send(client, at(late, "share/"), **{readers_box(cast): [liaison]})
        assert "Say why the notice is short" in page
        assert "Less than the lead time is left for Eastmoor CCG." in page
        assert not Share.objects.filter(draft__announcement=late).exists()
        page = send(
            client, at(late, "share/"), **{readers_box(cast): [liaison]}, because="The floods."
        )
        assert "10 hours Short notice Why it was short: The floods." in page
    for each, hours in ((late, 10), (early, 31), (never, 48)):
        with clock.at(NOW + timedelta(hours=hours)):
            release(
                by=acting(cast.manager), announcement=each, released_at=clock.now(), text="Out.",
                because="Nobody was there." if each == never else "",
            )  # fmt: skip
    with clock.at(NOW + timedelta(hours=60)):
        # Both sides read the same in the register, agreement by agreement and in total.
        some, none = "1 of 3 (33%)", "None released"
        ours, theirs = f"By us {some} By others {none}", f"By us {none} By others {some}"
        for user, row in ((cast.viewer, ours), (cast.other_viewer, theirs)):
            register = words_of(client_of(user).get("/announcements/"))
            assert f"MOU-0001 {row} Together {some}" in register
            assert f"In total, each announcement once {row} Together {some}" in register
            # Released an hour later than planned, so that the notice was an hour longer.
            assert "31 hours Met" in register
            assert "10 hours Short notice" in register
            assert "None: no draft was shared Missed" in register
        page = words_of(
            client_of(cast.other_viewer).get(f"/agreements/{agreement.reference}/history/")
        )
        assert "“Never shared” as released, with no draft shared before." in page
        assert "Nobody was there." in page


def test_released_as_planned_after_a_short_share_is_short(cast: Cast) -> None:
    with clock.at(NOW):
        announcement = desk.planned(cast, hours=10)
        desk.shared(cast, desk.drafted(cast, announcement), because="The floods.")
        assert not concerned().met
    with clock.at(NOW + timedelta(hours=10)):
        release(
            by=acting(cast.manager), announcement=announcement, released_at=clock.now(), text="Out."
        )
    assert not concerned().met
    assert concerned().short_because == "The floods."


def test_the_notice_is_that_of_the_last_party_to_get_it(cast: Cast) -> None:
    with clock.at(NOW):
        first, second = desk.bilateral(cast), desk.with_third(cast)
        announcement = desk.planned(cast, first, second, hours=60)
        draft = desk.drafted(cast, announcement)
        desk.shared(cast, draft)
    rows = {row.agreement: row for row in announcement.concerned.all()}
    assert (rows[first].reached_at, rows[second].reached_at) == (NOW, None)
    states = dict(Deadline.objects.filter(kind="press_share_by").values_list("occurrence", "state"))
    assert states == {first.reference: "met", second.reference: "open"}
    with clock.at(NOW + timedelta(hours=50)):
        desk.shared(cast, draft, desk.to(cast.third_manager), because="We forgot.")
    row = announcement.concerned.get(agreement=second)
    assert row.reached_at == NOW + timedelta(hours=50)
    assert (row.met, row.short_because) == (False, "We forgot.")


def test_taken_back_before_anybody_else_had_it_the_time_is_open_again(
    cast: Cast, client_of: ClientOf
) -> None:
    with clock.at(NOW):
        announcement = desk.planned(cast)
        (held,) = desk.shared(cast, desk.drafted(cast, announcement))
        path = f"/announcements/{announcement.public_id}/shares/{held.pk}/take-back/"
        page = words_of(client_of(cast.colleague).post(path, follow=True))
        assert "Oscar Othersby cannot read draft 1 any more." in page
        assert "took draft 1 back from Oscar Othersby" in page
        deadline = Deadline.objects.get(kind="press_share_by")
        assert (deadline.state, deadline.due_at) == ("open", concerned().share_by)
        with pytest.raises(Refused, match="any more already"):
            take_back(by=acting(cast.colleague), share=held)


def test_what_the_rows_say_is_what_the_shares_say(cast: Cast) -> None:
    with clock.at(NOW):
        first, second = desk.bilateral(cast), desk.with_third(cast)
        draft = desk.drafted(cast, desk.planned(cast, first, second))
        (held,) = desk.shared(cast, draft)
        desk.shared(cast, draft, desk.to(cast.third_manager), desk.to(cast.other_viewer))
        take_back(by=acting(cast.colleague), share=held)
    first_had_it = first_shares(draft.announcement_id)
    for row in ConcernedAgreement.objects.select_related("agreement"):
        truth = reached_at(parties_of(row.agreement), cast.area_team.pk, first_had_it)
        assert row.reached_at == truth == NOW


def test_an_announcement_for_several_agreements_counts_once_in_total(
    cast: Cast, client_of: ClientOf
) -> None:
    with clock.at(NOW):
        both = [desk.bilateral(cast), desk.with_third(cast)]
        announcement = desk.planned(cast, *both, hours=48)
        desk.shared(cast, desk.drafted(cast, announcement), desk.to(cast.other_colleague))
    with clock.at(NOW + timedelta(hours=48)):
        release(
            by=acting(cast.manager), announcement=announcement, released_at=clock.now(),
            text="Out.", because="Westmoor was forgotten.",
        )  # fmt: skip
        register = words_of(client_of(cast.viewer).get("/announcements/"))
        theirs = words_of(client_of(cast.other_viewer).get("/announcements/"))
    assert "MOU-0001 By us 1 of 1 (100%)" in register
    assert "In total, each announcement once By us 0 of 1 (0%)" in register
    # Who is a party to one of the agreements reads of that one alone.
    assert "In total, each announcement once By us None released By others 1 of 1 (100%)" in theirs
