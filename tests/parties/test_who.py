from __future__ import annotations

import pytest

from agreements.core.parties import require_role
from house.refusals import NotYours
from parties.who import MANAGERS, RECORDERS, Who
from tests.cast import Cast, acting


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        (MANAGERS, "Only an MoU manager of your organisation may do this."),
        (
            RECORDERS,
            "Only an editor, an MoU manager or a secretary of your organisation may do this.",
        ),
    ],
)
def test_whoever_may_not_reads_who_may(cast: Cast, who: Who, sentence: str) -> None:
    require_role(acting(cast.manager), who)
    with pytest.raises(NotYours, match=sentence):
        require_role(acting(cast.viewer), who)
