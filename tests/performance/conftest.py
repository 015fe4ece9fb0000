from __future__ import annotations

from tests.once import made_once
from tests.performance.stage import with_standards

made, cast = made_once(with_standards)
