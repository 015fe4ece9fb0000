"""The page on which a commissioner's signatory signs what waits for them in a group."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from django.urls import reverse

from agreements.core.parties import parties_of
from agreements.core.texts import blank_labels
from agreements.drafting.pages.document import contents
from agreements.groups.pages.frame import way_to
from agreements.groups.to_sign import (
    MOST_AT_ONCE,
    ToSign,
    keys_that_differ,
    shared_by_most,
    waiting_for,
)
from agreements.models import IssueShare
from agreements.signing.pages.signing import SignPage
from agreements.signing.reauthentication import Way
from nhsuk.components import IndexEntry, Link
from nhsuk.offers import Choices
from parties.acting import Acting


class SigningPage:
    """One text, read once; what differs in each; and what is not offered here, with its reason."""

    def __init__(self, share: IssueShare, acting: Acting, *, way: Way, fresh: bool) -> None:
        self.share, self.acting = share, acting
        self.way, self.fresh = way, fresh
        self.steps = way_to(share.issue)
        found = waiting_for(acting, share)
        self.is_cut = len(found) > MOST_AT_ONCE
        self.waiting = found[:MOST_AT_ONCE]

    @cached_property
    def offered(self) -> list[ToSign]:
        return [each for each in self.waiting if not each.held_because]

    @cached_property
    def _wording(self) -> str:
        return shared_by_most(self.offered)

    @cached_property
    def alike(self) -> list[ToSign]:
        """Those whose text is the one that the page shows, but for what stands in its blanks."""
        return [each for each in self.offered if each.text.wording == self._wording]

    @cached_property
    def first(self) -> SignPage:
        """The first of them, as its own page shows it."""
        asked = self.alike[0].asked
        sides = parties_of(asked.version.agreement)
        asked.party = next(party for party in sides if party.pk == asked.party_id)
        return SignPage(asked, self.acting, way=self.way, fresh=self.fresh)

    @property
    def contents(self) -> list[IndexEntry]:
        read_with = {"Associated documents": "read-with"} if self.first.text.read_with else {}
        more = {"Terms": "terms", **read_with, "What you sign": "sign"}
        return contents(self.first.text.clauses, *(IndexEntry(*each) for each in more.items()))

    @cached_property
    def _labels(self) -> dict[str, str]:
        """What differs from one to the next; the name of each stands beside its tick already."""
        agreement = self.first.asked.version.agreement
        agreement.template_version = self.share.issue.template_version
        labels = blank_labels(agreement, parties_of(agreement))
        return {key: labels.get(key, key) for key in keys_that_differ(self.alike)}

    @property
    def choices(self) -> Choices:
        return [(each.mark, f"{each.name}, {each.version.agreement.reference}")
                for each in self.offered]  # fmt: skip

    @property
    def hints(self) -> dict[str, str]:
        return {each.mark: " ".join(self._said(each)) for each in self.offered}

    def _said(self, each: ToSign) -> Iterator[str]:
        if each.text.wording != self._wording:
            yield "Its text is not the one above. Open it and read it before you tick it."
        else:
            values = each.text.values
            yield from (
                f"{label}: {values.get(key, '')}." for key, label in self._labels.items()
                if values.get(key, "") != each.name
            )  # fmt: skip
        if not each.standing.is_given:
            because = each.asked.before_approval_because or "no reason is recorded"
            yield f"Not approved yet. Asked before the approval: {because}."
        yield f"Check code: {each.version.short_hash}."

    @property
    def ticked(self) -> list[str]:
        """At first those whose text stands above, and which are approved."""
        return [each.mark for each in self.alike if each.standing.is_given]

    @property
    def texts(self) -> list[Link]:
        """The way to each text by itself."""
        return [Link(each.name, self._page_of(each)) for each in self.offered]

    @property
    def held(self) -> list[tuple[Link, str]]:
        return [(Link(each.name, self._page_of(each)), each.held_because)
                for each in self.waiting if each.held_because]  # fmt: skip

    @staticmethod
    def _page_of(each: ToSign) -> str:
        return reverse("agreements:sign", args=[each.version.agreement.reference, each.asked.pk])
