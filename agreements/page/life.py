"""What an agreement in force lives by: how its clauses are kept, and the dates of its year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property

from agreements.core.clauses import clauses_of
from agreements.models import Party, Version
from agreements.page.kept import Kept, merged
from agreements.page.year import Year
from deadlines.rules.working_days import Holidays
from house.rooms import rooms
from parties.acting import Acting


class Life:
    """One agreement in force for one reader; each part is read when it is asked for."""

    def __init__(
        self,
        in_force: Version,
        parties: Sequence[Party],
        acting: Acting,
        today: date,
        holidays: Holidays,
    ) -> None:
        self.version, self.parties = in_force, parties
        self.acting, self.today, self.holidays = acting, today, holidays
        self.clauses = clauses_of(in_force)

    @cached_property
    def kept(self) -> Kept:
        """The duties of the text, as all rooms know of them."""
        agreement = self.version.agreement
        answers = [room.keepings([agreement], self.acting) for room in rooms()]
        known = merged([answer.get(agreement.pk, {}) for answer in answers])
        return Kept(self.clauses, known, self.parties)

    @cached_property
    def year(self) -> Year:
        """The dates of the agreement's year, and what is next."""
        year = Year(self.version, self.parties, self.clauses, self.today)
        return year.read(self.acting, self.holidays)
