"""The page on which somebody signs: the text, who approved it, what signing means."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from agreements.core.people import has_post_in
from agreements.drafting.pages.document import contents
from agreements.models import SignatureRequest
from agreements.signing.reauthentication import Way
from agreements.signing.services.signing import statement_for
from agreements.versions.pages import VersionPage
from nhsuk.components import IndexEntry
from nhsuk.dates import day
from parties.acting import Acting


@dataclass
class SignPage:
    """What one signature is about. `fresh`: the person showed again that it is them."""

    asked: SignatureRequest
    acting: Acting
    way: Way
    fresh: bool

    @cached_property
    def text(self) -> VersionPage:
        return VersionPage(self.asked.version, self.acting)

    @property
    def statement(self) -> str:
        return statement_for(self.asked)

    @property
    def contents(self) -> list[IndexEntry]:
        first = IndexEntry("Who has approved it", "approvals")
        last = [IndexEntry("Terms", "terms"), IndexEntry("Your signature", "sign")]
        return [first, *contents(self.text.clauses, *last)]

    @property
    def may_sign_now(self) -> bool:
        """Whether the form is shown; otherwise the page asks first who it is."""
        return self.way is Way.PASSWORD or (self.way is Way.ELSEWHERE and self.fresh)

    @property
    def has_no_way(self) -> bool:
        return self.way is Way.NONE

    @property
    def approvals(self) -> list[str]:
        """Who has approved this version, and who has not, as sentences."""
        return [self._approval(index) for index in range(len(self.text.standings))]

    @cached_property
    def is_before_approval(self) -> bool:
        own = (s for s in self.text.standings if s.party.pk == self.asked.party_id)
        return not all(standing.is_given for standing in own)

    @cached_property
    def post_looks_old(self) -> bool:
        """The person holds no post there today. Somebody should look, but it stops nobody."""
        return not has_post_in(self.asked.person, self.asked.party.organisation)

    def _approval(self, index: int) -> str:
        standing = self.text.standings[index]
        name, route = self.text.names[standing.party.slot], standing.route
        if route.route == "none":
            return f"{name}: no approval is needed."
        latest = standing.latest
        if latest is None:
            return f"{name}: not decided yet by its {route.name}."
        said = latest.get_decision_display()
        return f"{name}: {said}, by its {route.name}, on {day(latest.decided_on)}."
