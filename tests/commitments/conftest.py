from __future__ import annotations

from tests.once import made_once
from tests.stages import in_force

made, cast = made_once(in_force)
