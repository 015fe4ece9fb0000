"""What was reviewed by hand in words: beside what the portal watches, and as a list of its own."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Final

from django.db.models import QuerySet
from django.urls import reverse

from agreements.by_hand.queries import Looked, looked, standing
from agreements.by_hand.services import is_own, to_look_at
from agreements.core.parties import sides_of
from agreements.core.sides import names_ever
from agreements.core.texts import ClauseName
from agreements.models import Agreement, ByHand
from house.answers import Section
from nhsuk.components import Button, Tag
from nhsuk.dates import day
from nhsuk.words import plural
from parties.acting import Acting
from parties.who import DRAFTERS

BY_HAND: Final = Tag("By hand", "blue")
LAPSED: Final = Tag("Lapsed", "grey")
TAKEN_BACK: Final = Tag("Taken back", "grey")
# Of more parties that looked at one clause a line says how many they are.
MOST_PARTIES: Final = 3


class ByHandOf:
    """The clauses of one agreement that were reviewed by hand and stand so, for one reader."""

    def __init__(self, agreement: Agreement, acting: Acting) -> None:
        self.agreement, self.acting = agreement, acting
        self.standing = standing(agreement)

    def stands(self, clause: ClauseName) -> bool:
        return clause.key in self.standing

    def said(self, clause: ClauseName) -> list[str]:
        """Who reviewed it when, the reader's own party first."""
        rows = sorted(self.standing[clause.key], key=lambda row: not self._is_own(row))
        shown = [f"Reviewed on {_by_whom(self.agreement, row)}." for row in rows[:MOST_PARTIES]]
        more = len(rows) - len(shown)
        return (
            [*shown, f"And by {plural(more, 'other party', 'other parties')}."] if more else shown
        )

    def _is_own(self, row: ByHand) -> bool:
        return is_own(self.acting, self.agreement, row)


class ByHandList:
    """All that was ever said, for one reader, page by page; the newest first."""

    def __init__(self, agreement: Agreement, acting: Acting) -> None:
        self.agreement, self.acting = agreement, acting
        self.choices = to_look_at(agreement) if agreement.takes_acts else []

    @cached_property
    def rows(self) -> QuerySet[ByHand]:
        related = ("clause", "version", "said_by__person", "taken_back_by__person")
        return self.agreement.by_hand.select_related(*related).order_by("-reviewed_on", "-pk")

    @cached_property
    def any(self) -> bool:
        return bool(standing(self.agreement)) or self.rows.exists()

    @cached_property
    def may_say(self) -> bool:
        own = bool(sides_of(self.agreement, self.acting))
        return own and self.agreement.takes_acts and DRAFTERS.includes(self.acting)

    def lines(self, page: Iterable[ByHand]) -> list[ByHandLine]:
        return [ByHandLine(self, each) for each in looked(self.agreement, list(page))]

    @cached_property
    def names(self) -> dict[str, str]:
        """Clause key -> number and heading, of those that are not watched now."""
        return {each.key: each.name for each in self.choices}

    @property
    def action(self) -> Button | None:
        if not self.may_say or not self.choices:
            return None
        url = reverse("agreements:by_hand", args=[self.agreement.reference])
        return Button("Say what you reviewed by hand", url)


class ByHandLine:
    """One look in words."""

    def __init__(self, of: ByHandList, one: Looked) -> None:
        self.of, self.one, self.row = of, one, one.row

    @property
    def tag(self) -> Tag:
        if self.row.is_taken_back:
            return TAKEN_BACK
        return LAPSED if self.one.lapsed else BY_HAND

    @property
    def name(self) -> str:
        """As the text in force calls it; one that it does not have any more by its key."""
        key = self.row.clause.key
        return self.of.names.get(key) or key.replace("-", " ")

    @property
    def said(self) -> str:
        lapsed = f"; lapsed {self.one.lapsed}" if self.one.lapsed else ""
        return f"Reviewed by hand on {_by_whom(self.of.agreement, self.row)}{lapsed}."

    @property
    def taken_back(self) -> str:
        row = self.row
        if row.taken_back_by is None:
            return ""
        who, on = row.taken_back_by.get_full_name(), day(row.taken_back_at)
        return f"Taken back on {on} by {who}: {row.taken_back_because}"

    @property
    def take_back_url(self) -> str:
        """Empty where the reader may not, or it was done."""
        agreement = self.of.agreement
        if self.row.is_taken_back or not DRAFTERS.includes(self.of.acting):
            return ""
        if not is_own(self.of.acting, agreement, self.row):
            return ""
        return reverse("agreements:by_hand_back", args=[agreement.reference, self.row.pk])


def section_of(listed: ByHandList) -> Section:
    context, template = {"by_hand": listed}, "agreements/by_hand_section.jinja"
    return Section("by_hand", "All that was reviewed by hand", 3, template, context, listed.action)


def _by_whom(agreement: Agreement, row: ByHand) -> str:
    """ "3 May 2026 by Greta Holm, Aldermoor CCG"."""
    party = names_ever(agreement).get(row.said_for_id, "a former party")
    return f"{day(row.reviewed_on)} by {row.said_by.get_full_name()}, {party}"
