"""Disagreements in lists: their own, the page of an agreement, and the home page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.urls import reverse

from agreements.core.parties import version_of_terms
from agreements.core.reached import subpage_url
from agreements.models import Agreement, Party, read_parties
from escalations.models import Disagreement
from escalations.presenters import words
from escalations.presenters.between import between_in_short, of_others
from escalations.presenters.words import heading, how_long, open_url, page_of, several, with_others
from escalations.queries.listing import disagreements_under, those_of_others_under
from escalations.queries.people import People
from escalations.rules.levels import awaited, present, standing
from escalations.rules.who import ReaderRights
from house.answers import OpenThing, OpenThings, Section, Todo
from nhsuk.components import Button
from nhsuk.dates import day
from nhsuk.words import and_list, noun, plural
from parties.acting import Acting
from parties.models import Role
from parties.who import DRAFTERS
from web.paging import MOST, LongList

SHOWN = 5
# The page of an agreement where they stand.
OWN_PAGE = "disagreements"


class ListedDisagreement:
    """The rows of one page of the list; each disagreement has its steps at hand."""

    def __init__(self, rows: Sequence[Disagreement], acting: Acting) -> None:
        self.rows, self.acting = rows, acting
        read_parties(each.agreement for each in rows)

    def about(self, each: Disagreement) -> str:
        """ "Disagreement 2 with Eastmoor CCG, MOU-0001"; among many parties between whom it is."""
        own = self.acting.organisation_id
        whom = between_in_short(each) or with_others(each.parties, own)
        return f"{heading(each.name)} {whom}, {each.agreement.reference}"

    def time(self, each: Disagreement) -> str:
        return f"Closed on {day(each.closed_at)}" if each.closed_at else f"For {how_long(each)}"

    def waits_for(self, each: Disagreement) -> str:
        if not each.is_open:
            return "Nobody"
        turn = awaited(list(each.steps.all()), each.level, each.parties)
        return and_list(party.name for party in turn)


def counted(counts: Mapping[str, int], pages: LongList, *, narrowed: bool) -> str:
    """How many there are; when the list is narrowed, how many of how many."""
    everything = counts["open"] + counts["closed"]
    if everything > MOST:
        return pages.counted("disagreement")
    if narrowed:
        return f"{pages.count:,} of {plural(everything, 'disagreement')}"
    return f"{counts['open']:,} open, {counts['closed']:,} closed"


def section_of(agreement: Agreement, acting: Acting) -> Section:
    """The open ones first, by the word of the agreement's terms, with the way to open one."""
    terms = version_of_terms(agreement).typed_terms
    word = terms.disagreement_word
    those, (disagreements, others) = several(word), _under(agreement, acting)
    may_open = bool(terms.levels) and agreement.takes_acts and DRAFTERS.includes(acting)
    open_first = sorted(disagreements, key=lambda each: not each.is_open)
    more = len(disagreements) > SHOWN
    who = "Open one when something cannot be settled in daily business."
    if not terms.levels:
        who = "The terms name no levels for a new one."
    elif not may_open:
        who = "An editor or MoU manager of any party can open one."
    none = f"No {word} concerns you." if others else f"There have been no {those}."
    all_url = f"{reverse('escalations:list')}?text={agreement.reference}&state=all"
    return Section(
        anchor="disagreements",
        heading=heading(those),
        position=50,
        template="escalations/section.jinja",
        context={
            "rows": open_first[:SHOWN],
            "words": words,
            "between": between_in_short,
            "empty": f"{none} {who}",
            "all_url": all_url if more else "",
            "all_text": f"All {len(disagreements)} {those}",
            "others": [of_others(each) for each in others[:SHOWN]],
            "more_others": _more(len(others) - SHOWN),
        },
        action=Button(f"Open {noun(word)}", open_url(agreement)) if may_open else None,
    )


def opened(agreement: Agreement, end: datetime, acting: Acting, most: int) -> list[OpenThings]:
    """The reader's own that were open before an instant, the oldest first, by number: also under
    a text before, where that of the day names no levels."""
    version = agreement.in_force_version
    if not version:
        return []
    found = [
        each for each in _under(agreement, acting)[0]
        if each.opened_at < end and (each.closed_at is None or each.closed_at >= end)
    ]  # fmt: skip
    if not (found or version.typed_terms.levels):
        return []
    word, url = version.typed_terms.disagreement_word, subpage_url(agreement.reference, OWN_PAGE)
    named = tuple(
        OpenThing(str(each.number), heading(each.name), between_in_short(each), url=page_of(each))
        for each in found[::-1][:most]
    )
    return [OpenThings(word, several(word), named, len(found), url)]


def _under(
    agreement: Agreement, acting: Acting
) -> tuple[Sequence[Disagreement], Sequence[Disagreement]]:
    """The reader's, and those of others; each knows the agreement whose parties are at hand."""
    own = disagreements_under([agreement], acting).get(agreement.pk, ())
    others = those_of_others_under([agreement], acting).get(agreement.pk, ())
    for each in (*own, *others):
        each.agreement = agreement
    return own, others


def _more(count: int) -> str:
    return f"{plural(count, 'older one', 'older ones')} too." if count > 0 else ""


class HomeLine:
    """The line of a disagreement on the home page: what to do, or whom it waits for. The
    disagreement has its steps at hand."""

    def __init__(self, disagreement: Disagreement, people: People, acting: Acting) -> None:
        self.disagreement, self.people, self.acting = disagreement, people, acting
        self.reader = ReaderRights(acting, disagreement, people)
        self.parties, self.level = people.parties(disagreement), present(disagreement)
        self.steps = list(disagreement.steps.all())
        self.turn = awaited(self.steps, disagreement.level, self.parties)
        self.what = f"{disagreement.name} {with_others(self.parties, acting.organisation_id)}"

    @property
    def todo(self) -> Todo:
        if self.reader.party in self.turn and (mine := self._mine()):
            return mine
        return self._line(
            self._sentence, waits_for=and_list(self._waits_for(party) for party in self.turn)
        )

    def _mine(self) -> Todo | None:
        """What the reader does: name somebody, act, or record what somebody decided."""
        level = self.level
        if self.reader.on(level).is_vacant and self.acting.has(Role.MANAGER):
            sentence = f"Say who acts for you at the level “{level.label}” of {self.what}"
            return self._line(sentence, "Say who acts", to=("people", level.key))
        actor = self.reader.actor()
        if actor is None:
            return None
        if actor.for_person:
            who = actor.for_person.name
            return self._line(f"Ask {who} about {self.what}, and record the answer")
        return self._line(self._sentence)

    def _line(
        self, sentence: str, button: str = "Open", *, to: Sequence[str] = (), waits_for: str = ""
    ) -> Todo:
        url = page_of(self.disagreement, *to)
        about = self.disagreement.agreement.title
        return Todo(sentence, about, url, button, waits_for=waits_for)

    @property
    def _sentence(self) -> str:
        if standing(self.steps, self.disagreement.level):
            return f"Answer the proposal on {self.what}"
        return f"Settle {self.what} at the level “{self.level.label}”"

    def _waits_for(self, party: Party) -> str:
        on = self.people.on(self.disagreement, self.level, party)
        return f"{on.names}, {party.name}" if on.names else f"the MoU manager of {party.name}"
