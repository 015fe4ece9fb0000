"""Making the patterns by the services, and reading them as sheets; nothing of them stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.test import override_settings

from agreements.core.texts import content_of, texts_of
from agreements.models import Counter, Version
from audit.chain import unlinked
from house.canonical import canonical_json
from house.once import forget
from mou_portal.demonstration.acts import days_ago
from mou_portal.scale.blanks import FIRST_REFERENCE
from mou_portal.scale.numbers import Table, count_from, count_on
from mou_portal.scale.patterns import Pattern
from mou_portal.scale.sheets import Sheet, read_sheet
from mou_portal.scale.world import Side, area_team, group
from parties.models import Area, User

MOST_PARTIES = 10
_NO_MAIL = "django.core.mail.backends.dummy.EmailBackend"


@dataclass(frozen=True)
class Sheets:
    """What is filled in: of each organisation by unit, of each pattern in the patterns' order."""

    world: dict[int, Sheet]
    agreements: list[Sheet]


def make_sheets(patterns: Sequence[Pattern], tables: list[Table], password: str) -> Sheets:
    """Runs the services in a transaction that it rolls back, and sends no e-mail."""
    area, _ = Area.objects.get_or_create(name="Northern Dales")
    User.objects.system()
    with override_settings(EMAIL_BACKEND=_NO_MAIL), unlinked(), transaction.atomic():
        try:
            Counter.objects.update_or_create(name="agreement", defaults={"last": FIRST_REFERENCE})
            most = max(pattern.parties for pattern in patterns)
            world, sides = _world(most, tables, area, make_password(password))
            made = [
                _agreement(pattern, unit, sides, tables)
                for unit, pattern in enumerate(patterns, start=MOST_PARTIES + 1)
            ]
        finally:
            transaction.set_rollback(True)
    count_on(tables)
    forget()
    return Sheets(world, made)


def _world(
    parties: int, tables: list[Table], area: Area, password: str
) -> tuple[dict[int, Sheet], list[Side]]:
    sides: list[Side] = []
    with days_ago(420):
        for unit in range(1, parties + 1):
            count_from(unit, tables)
            make = group if sides else area_team
            sides.append(make(chr(ord("a") + unit - 1), area, password))
    return {unit: read_sheet(unit, tables, {}) for unit in range(1, parties + 1)}, sides


def _agreement(pattern: Pattern, unit: int, sides: list[Side], tables: list[Table]) -> Sheet:
    with transaction.atomic():
        count_from(unit, tables)
        pattern.make(sides[: pattern.parties])
        sheet = read_sheet(unit, tables, _contents())
        transaction.set_rollback(True)
    forget()
    return sheet


def _contents() -> dict[str, str]:
    """The canonical content behind each numbered version's hash: it holds the parties' names."""
    return {
        version.sha256: canonical_json(content_of(version, texts_of(version))).decode()
        for version in Version.objects.exclude(sha256="")
    }
