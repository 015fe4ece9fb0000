from __future__ import annotations

from tests.disagreements import in_force
from tests.once import made_once

made, cast = made_once(in_force)
