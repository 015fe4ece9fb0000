"""How long an MoU is kept, for one reader, on its page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.conf import settings
from django.urls import reverse

from agreements.core.parties import there_today
from agreements.models import Agreement, Hold
from agreements.retention.queries import has_ended, until_of
from agreements.retention.rules import SOURCE, decide_from
from agreements.retention.services.keeping import is_hold_of
from house import clock
from nhsuk.components import Link
from nhsuk.dates import day
from nhsuk.words import in_sentence, plural
from parties.acting import Acting
from parties.who import MANAGERS

# The newest of the decisions and holds; all of them are in the history.
MOST = 10


@dataclass(frozen=True)
class HoldLine:
    """One hold in words; `why` for its own party, `lift` where the reader may take it off."""

    text: str
    why: str = ""
    lift: str = ""


class Retention:
    """Read once a page (three queries)."""

    def __init__(self, agreement: Agreement, acting: Acting) -> None:
        self.agreement, self.acting = agreement, acting

    @cached_property
    def sentences(self) -> list[str]:
        return list(self._sentences())

    def _sentences(self) -> Iterator[str]:
        years = plural(settings.RETENTION_YEARS, "year")
        if self.until is None:
            yield f"It is kept for at least {years} from its end ({SOURCE})."
            return
        last, until = day(self.agreement.last_day), day(self.until)
        yield f"It ended on {last}, and is kept until {until}."
        if not self.longer:
            yield f"That is {years} from its end, the shortest time for an agreement ({SOURCE})."
        if self.held:
            yield "While a hold stands nothing of it is disposed of, and nobody is asked to decide."
        elif decide_from(self.until) <= clock.today():
            yield "Its time is over. Decide whether it is kept longer or disposed of."
        yield "Nothing of it is disposed of by itself."

    @cached_property
    def until(self) -> date | None:
        return until_of(self.agreement)

    @cached_property
    def longer(self) -> list[str]:
        """Who decided to keep it longer, and why."""
        rows = self.agreement.kept_longer.select_related("decided_for", "decided_by__person")
        return [
            f"{each.decided_for} keeps it until {day(each.until)}: {each.because}"
            for each in rows.order_by("-pk")[:MOST]
        ]

    @cached_property
    def holds(self) -> Sequence[Hold]:
        rows = self.agreement.holds.select_related("placed_for")
        return list(rows.order_by("-lifted_at", "-pk")[: 2 * MOST])

    @property
    def held(self) -> list[HoldLine]:
        return [self._line(each) for each in self.holds if each.stands]

    @property
    def lifted(self) -> list[HoldLine]:
        return [self._line(each) for each in self.holds if not each.stands]

    def _line(self, hold: Hold) -> HoldLine:
        own = is_hold_of(self.acting, self.agreement, hold)
        what = in_sentence(hold.get_kind_display())
        said = f"{hold.placed_for} placed a hold for {what} on {day(hold.placed_at)}."
        if not hold.stands:
            said += f" Taken off on {day(hold.lifted_at)}."
        lift = reverse("agreements:hold_lift", args=[self.agreement.reference, hold.pk])
        reasons = f"{hold.because} {hold.lifted_because}".strip()
        may = own and hold.stands and MANAGERS.includes(self.acting)
        return HoldLine(said, reasons if own else "", lift if may else "")

    @cached_property
    def ways(self) -> list[Link]:
        if not self._acts:
            return []
        at = [self.agreement.reference]
        found = [Link("Place a hold", reverse("agreements:hold_place", args=at))]
        if has_ended(self.agreement):
            found.append(Link("Keep it longer", reverse("agreements:keep_longer", args=at)))
        return found

    @cached_property
    def _acts(self) -> bool:
        own = {party.organisation.pk for party in there_today(self.agreement)}
        return self.acting.organisation_id in own and MANAGERS.includes(self.acting)
