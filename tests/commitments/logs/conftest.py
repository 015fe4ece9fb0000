from __future__ import annotations

from tests.commitments.logs.noting import logging
from tests.once import made_once

made, cast = made_once(logging)
