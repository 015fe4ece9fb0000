from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from agreements.versions.services.versions import freeze, recall
from house import clock
from nhsuk.dates import day
from parties.models import User
from tests.cast import Cast, acting
from tests.pdf import printed
from tests.stages import drafted


@pytest.mark.django_db
@pytest.mark.duty("C01")
def test_each_version_has_label_date_author_and_summary_on_the_page_and_in_print(
    cast: Cast, client_of: Callable[[User], Client]
) -> None:
    agreement = drafted(cast)
    ours, theirs = acting(cast.manager), acting(cast.other_manager)
    first = freeze(by=ours, version=agreement.versions.get(), summary="First words.")
    draft = recall(by=theirs, version=first, because="One word.")
    freeze(by=theirs, version=draft, summary="Another word.")
    client = client_of(cast.viewer)
    address = f"/agreements/{agreement.reference}/versions/2/"
    page = unescape(client.get(address).content.decode())
    table = printed(client.get(f"{address}print.pdf").content).split("Amendment history")[-1]
    today = day(clock.today())
    for row in (
        ("0.1", today, str(cast.manager), "First words."),
        ("0.2", today, str(cast.other_manager), "Another word."),
    ):
        for cell in row:
            assert cell in page, cell
            assert cell in table, cell
