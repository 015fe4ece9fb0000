"""The letter: how every e-mail about agreements is addressed, in every room.

Its subject names the other party, what it is about and the reference. It holds no free text of an
agreement (design record 0006).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings

from agreements.core.parties import parties_of
from agreements.models import Agreement, Happening, Party
from house.clock import london_day
from mail.kinds import Message
from nhsuk.dates import day
from nhsuk.words import in_short

# More references than this make a subject that nobody reads.
MOST_NAMED = 3


class Letter:
    """What an e-mail says of the agreements that it is about, to one reader.

    `others` are the parties but the reader's; `page` is the path that its button opens; `why`
    completes "Why you get this: …".
    """

    def __init__(
        self, others: Sequence[str], references: Sequence[str], *, page: str, why: str = ""
    ) -> None:
        names, self.references = list(dict.fromkeys(others)), list(references)
        self.others = in_short(names) if names else "the other party"
        self.page, self.why = page, why

    @property
    def named(self) -> str:
        """The references: "MOU-0001, MOU-0002"; of many "MOU-0001 and 8 others"."""
        few = len(self.references) <= MOST_NAMED
        return ", ".join(self.references) if few else in_short(self.references)

    @property
    def mous(self) -> str:
        """ "MoU with Eastmoor CCG"; of several agreements "MoUs with …"."""
        return f"{'MoU' if len(self.references) == 1 else 'MoUs'} with {self.others}"

    @property
    def mou(self) -> str:
        """ "your MoU with Eastmoor CCG (MOU-0001)"."""
        return f"your {self.mous} ({self.named})"

    def message(
        self,
        what: str,
        *paragraphs: str,
        button: str,
        path: str = "",
        to: str = "",
        why: str = "",
        details: Sequence[str] = (),
    ) -> Message:
        """`path` leads to a page below the letter's own, or a place on it; `to` elsewhere."""
        return Message(
            subject=f"{self.mous}: {what} ({self.named})",
            paragraphs=paragraphs,
            why=why or self.why,
            button_text=button,
            button_url=f"{settings.SITE_URL}{to or self.page + path}",
            details=tuple(details),
        )


class AgreementLetter(Letter):
    """A letter about one agreement. `party` is the reader's side, if they have one."""

    def __init__(self, agreement: Agreement, party: Party | None, *, why: str = "") -> None:
        self.agreement, self.party, self.parties = agreement, party, parties_of(agreement)
        others = [each.name for each in self.parties if each != party]
        page = f"/agreements/{agreement.reference}/"
        super().__init__(others, [agreement.reference], page=page, why=why)

    @property
    def own(self) -> Party:
        assert self.party  # noqa: S101 - queued for a party
        return self.party


class HappeningLetter(AgreementLetter):
    """A letter about what happened, to somebody who looks after the agreement for a party.

    Its context has the ids of the happening and of the reader's party.
    """

    def __init__(self, context: dict[str, Any]) -> None:
        happenings = Happening.objects.select_related("agreement", "organisation")
        self.happening = happenings.get(pk=context["happening"])
        agreement = self.happening.agreement
        party = next((p for p in parties_of(agreement) if p.pk == context.get("party")), None)
        whose = party.name if party else "your organisation"
        super().__init__(agreement, party, why=f"you look after this MoU for {whose}.")
        self.data = self.happening.data
        self.label = self.data.get("label", "")
        self.on = day(london_day(self.happening.at))

    def message(
        self, what: str, *paragraphs: str, button: str = "Open the agreement", **more: Any
    ) -> Message:
        return super().message(what, *paragraphs, button=button, **more)
