from __future__ import annotations

from tests.once import made_once
from tests.reports.stage import in_force

made, cast = made_once(in_force)
