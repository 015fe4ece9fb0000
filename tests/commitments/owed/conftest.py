from __future__ import annotations

from tests.commitments.owed.owing import owing
from tests.once import made_once

made, cast = made_once(owing)
