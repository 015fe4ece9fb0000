"""A long word or a wide table scrolls no page sideways, on a desk or on a telephone."""

from __future__ import annotations

import pytest

from agreements.drafting.services.editing import edit_clause
from house import clock
from tests.browser.conftest import Visits
from tests.cast import Cast, acting
from tests.stages import clause, drafted

pytestmark = pytest.mark.browser
LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 2
ROWS = "\n".join("\t".join(f"{n * m * 100_001:,}" for n in range(8)) for m in range(4))


def test_no_page_scrolls_sideways(
    parties: Cast, at_keyboard: Visits, complaints: list[str]
) -> None:
    agreement = drafted(parties)
    agreement.title = f"Care in {LONG}"
    agreement.save()
    by, body = acting(parties.manager), f"In {LONG}\n\n- {LONG}\n\n{ROWS}\n\na\t{LONG}\nb\t1,234.00"
    text = clause(agreement, "meet")
    edit_clause(by=by, clause=text, edit_no=0, heading=f"At {LONG}", body=body)
    visitor, page = at_keyboard(parties.manager), f"/agreements/{agreement.reference}/"
    own = ["", "text/", "text/clauses/meet/", "on-a-page/", "handover/", "handover/note/area_team/"]
    own.append(f"on/{clock.today().isoformat()}/")
    for path in ("/", "/agreements/", *(f"{page}{each}" for each in own)):
        visitor.open(path)
    assert complaints == []
