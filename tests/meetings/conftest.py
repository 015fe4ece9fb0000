from __future__ import annotations

from tests.meetings.stage import in_force
from tests.once import made_once

made, cast = made_once(in_force)
