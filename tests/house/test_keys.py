"""The ids of rows, as whoever writes a request of their own sends them."""

from __future__ import annotations

import pytest

from escalations.presenters.words import open_url
from house.keys import id_in
from parties.models import Organisation
from parties.offers import Organisations
from tests.cast import Cast
from tests.conftest import ClientOf
from tests.disagreements import in_force

pytestmark = pytest.mark.django_db
NO_IDS = ("", "x", "-1", "1.0", "²", "٣", "9" * 30, "9" * 4301)


def test_what_can_be_no_id_is_none() -> None:
    assert [id_in(each) for each in NO_IDS] == [None] * len(NO_IDS)
    assert (id_in("0"), id_in("12")) == (0, 12)


def test_a_form_offers_nothing_for_it(cast: Cast) -> None:
    own = str(cast.ccg.pk)
    offered = Organisations(Organisation.objects.all()).among([*NO_IDS, own])
    assert [value for value, _ in offered] == [own]


@pytest.mark.parametrize("sent", NO_IDS[1:])
def test_an_address_with_it_leads_nowhere(cast: Cast, client_of: ClientOf, sent: str) -> None:
    client, page = client_of(cast.manager), open_url(in_force(cast))
    assert client.get(page, {"after": sent}).status_code == 404
