"""Who has how many agreements: few organisations have most of them, and most have some."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

ORGANISATIONS = 427
FEW, MIDDLE = 5, 1_280


@dataclass(frozen=True)
class Spread:
    """Of so many agreements: which organisations are their parties, by number.

    First come the area teams, and the very first has two agreements of five. Of the groups the
    first has 5 agreements, the second 1.28 of a hundred (and no less than fill a page), the others
    share the rest.
    """

    agreements: int

    @property
    def organisations(self) -> int:
        return min(ORGANISATIONS, 20 + self.agreements // 4)

    @property
    def area_teams(self) -> int:
        return max(3, self.organisations * 27 // ORGANISATIONS)

    @property
    def middle(self) -> int:
        return min(max(MIDDLE * self.agreements // 100_000, 30), self.agreements - FEW)

    def parties(self, number: int, of: int, random: Random) -> list[int]:
        """The organisations of one agreement between so many: an area team and its groups."""
        team = 0 if number % 5 < 2 else random.randrange(1, self.area_teams)
        chosen = random.sample(range(self.area_teams + 2, self.organisations), of - 1)
        step = self.agreements // (self.middle + FEW)
        place, rest = divmod(number, step)
        if rest == 0 and place < self.middle + FEW:
            # Spread over the whole, so that it is as old and in the same states as the rest.
            chosen[0] = self.area_teams + (0 if place >= self.middle else 1)
        return [team, *chosen]
