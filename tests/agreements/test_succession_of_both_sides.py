"""One organisation takes the places of both parties: nobody is asked what they cannot answer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from agreements.models import Agreement
from deadlines.models import Deadline, Holder
from mou_portal.home_page import HomePage
from parties.models import User
from tests.agreements.registered import registered
from tests.agreements.reviewed import on, reviewed
from tests.agreements.succeeded import board_of, succeeded
from tests.cast import Cast, acting
from tests.conftest import ClientOf
from tests.meetings.stage import held, series_of
from tests.reading import words_at
from tests.stages import in_force
from tests.typed import fields_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SIGNED, FIRST = date(2013, 9, 3), date(2014, 4, 1)


def both_taken(cast: Cast, *, recorder_first: bool = False) -> User:
    """The board's MoU manager, after it took the places of both."""
    board, chair, mo = board_of(cast)
    pairs = [(cast.other_administrator, cast.ccg), (cast.administrator, cast.area_team)]
    for agreed_by, old in reversed(pairs) if recorder_first else pairs:
        succeeded(chair, agreed_by, old, board, FIRST)
    return mo


def test_each_line_on_home_leads_to_what_can_be_done(cast: Cast, client_of: ClientOf) -> None:
    with on(SIGNED):
        agreement = in_force(cast).agreement
    with on(FIRST - DAY):
        reviewed(cast.other_manager, agreement, FIRST - DAY, FIRST + 400 * DAY)
        held(cast.other_manager, series_of(agreement), FIRST - DAY)
        asked = {"review_to_confirm", "record_to_confirm"}
        assert asked <= set(Deadline.objects.still_open().values_list("kind", flat=True))
    with on(FIRST):
        mo = both_taken(cast)
        kinds = set(Deadline.objects.still_open().values_list("kind", flat=True))
        assert asked.isdisjoint(kinds)
        seen = words_at(client_of(cast.viewer), f"/agreements/{agreement.reference}/")
        assert "MoU with Northern Moors Board, MOU-0001" in seen
        client, todo = client_of(mo), HomePage(acting(mo)).mine
        assert [client.get(each.url).status_code for each in todo] == [200 for each in todo]
        [decide] = [each for each in todo if "keep, vary or end" in each.sentence]
        form = fields_of(client.get(decide.url).content.decode())
        client.post(decide.url, form | {"choice": "keep"})
        said = words_at(client, f"/agreements/{agreement.reference}/succession/")
        assert said.count("Northern Moors Board means to keep it as it is.") == 2


@pytest.mark.parametrize("recorder_first", [True, False])
def test_a_registration_that_one_party_alone_knows_is_the_successors_own(
    cast: Cast, client_of: ClientOf, recorder_first: bool
) -> None:
    with on(FIRST - DAY):
        registered(cast, signed_on=SIGNED, review_on=date(2014, 9, 3))
        assert Deadline.objects.still_open().filter(kind="copy_to_check").exists()
    with on(FIRST):
        mo = both_taken(cast, recorder_first=recorder_first)
        assert not Deadline.objects.still_open().filter(kind="copy_to_check").exists()
        reference = Agreement.objects.get().reference
        assert "Check the copy" not in words_at(client_of(mo), f"/agreements/{reference}/")
        rows = Holder.objects.filter(organisation=acting(mo).organisation, deadline__kind="review")
        assert [each.is_open for each in rows] == [True]
