from __future__ import annotations

from collections.abc import Iterator

import pytest

from communications.models import Draft
from communications.services.reading import comment
from house import clock
from tests.cast import Cast, acting
from tests.communications import desk
from tests.communications.desk import NOW
from tests.once import made_once

TITLE, DRAFT, SAID = "canary-title-1", "canary-draft-2", "canary-said-3"


def _agreement(cast: Cast) -> None:
    with clock.at(NOW):
        desk.bilateral(cast)


made, cast = made_once(_agreement)


@pytest.fixture
def embargoed(cast: Cast) -> Iterator[Draft]:
    """Shared with Eastmoor's colleague alone, who has commented; the clock stands."""
    with clock.at(NOW):
        announcement = desk.planned(cast, title=TITLE)
        draft = desk.drafted(cast, announcement, text=f"The draft {DRAFT}.")
        desk.shared(cast, draft)
        comment(by=acting(cast.other_colleague), draft=draft, text=f"We say {SAID}.")
        yield draft
