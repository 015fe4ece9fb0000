"""Loading the whole: patterns, organisations, agreements and their files.

The audit's entries are left without their links: the portal's own chainer makes these, as always.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from random import Random
from uuid import UUID

from django.db import transaction

from agreements.models import Agreement, Counter
from documents.storage import place_of
from mou_portal.scale.bare import bare_tables
from mou_portal.scale.making import Sheets, make_sheets
from mou_portal.scale.names import town
from mou_portal.scale.numbers import count_on, tables
from mou_portal.scale.patterns import Pattern, patterns
from mou_portal.scale.pouring import Copy, Organisation, Pourer, key_of_copy
from mou_portal.scale.sheets import Sheet
from mou_portal.scale.spread import Spread
from parties.models import Organisation as Party

# So many that to make the indexes again takes less time than to keep them up.
WORTH_BARE_TABLES = 2_000
AT_ONCE = 500
SEED = 11

Say = Callable[[str], object]


class NotEmpty(Exception):
    """The database holds organisations or agreements already."""


def load(
    agreements: int, *, password: str, say: Say, kinds: Sequence[Pattern] | None = None
) -> None:
    """Makes so many agreements in an empty database. Raises NotEmpty for any other.

    All people log in with `password`. `kinds` is what is multiplied, otherwise all `patterns()`.
    """
    if Agreement.objects.exists() or Party.objects.exists():
        raise NotEmpty("The database has organisations or agreements already. Use an empty one.")
    numbered, kinds = tables(), kinds or patterns()
    say(f"The services make {len(kinds)} patterns.")
    sheets = make_sheets(kinds, numbered, password)
    bare = agreements >= WORTH_BARE_TABLES
    with transaction.atomic():
        with bare_tables() if bare else nullcontext():
            pourer = Pourer(numbered, sheets.world)
            spread = Spread(agreements)
            organisations = _pour_organisations(pourer, sheets, spread)
            for copy, sheet in _copies(sheets, kinds, spread, organisations):
                _fill_in(pourer, copy, sheet)
                if copy.number % AT_ONCE == 0:
                    pourer.pour()
                if copy.number % 10_000 == 0:
                    say(f"{copy.number:,} agreements.")
            pourer.pour()
            say("Indexes and foreign keys.")
        Counter.objects.update_or_create(name="agreement", defaults={"last": agreements})
        count_on(numbered)
    for key in {key for sheet in sheets.agreements for key in sheet.files}:
        place_of(key).unlink()


def _pour_organisations(pourer: Pourer, sheets: Sheets, spread: Spread) -> list[Organisation]:
    made = []
    for number in range(spread.organisations):
        unit = 1 if number < spread.area_teams else 2
        own = Organisation(town(number), first={})
        copy = Copy(number, {unit: own}, sheets.world[unit].days(0))
        own.first.update(pourer.fill_in(sheets.world[unit], copy))
        made.append(own)
    pourer.pour()
    return made


def _fill_in(pourer: Pourer, copy: Copy, sheet: Sheet) -> None:
    pourer.fill_in(sheet, copy)
    for key in sheet.files:
        _link(key, UUID(key_of_copy(str(key), copy)))


def _copies(
    sheets: Sheets, kinds: Sequence[Pattern], spread: Spread, made: list[Organisation]
) -> Iterator[tuple[Copy, Sheet]]:
    """Each agreement with its kind, its parties and by how much it is later than its pattern."""
    random = Random(SEED)  # noqa: S311 - the same data each time
    days = [[sheet.days(weeks) for weeks in sheet.weeks()] for sheet in sheets.agreements]
    shares = [kind.share for kind in kinds]
    chosen = random.choices(range(len(kinds)), shares, k=spread.agreements)
    for number, kind in enumerate(chosen):
        parties = spread.parties(number, kinds[kind].parties, random)
        by_unit = {unit: made[party] for unit, party in enumerate(parties, start=1)}
        yield Copy(number + 1, by_unit, random.choice(days[kind])), sheets.agreements[kind]


def _link(pattern: UUID, key: UUID) -> None:
    """The same bytes under another name, which takes no room: a copy has its pattern's PDF."""
    place: Path = place_of(key)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    place.hardlink_to(place_of(pattern))
