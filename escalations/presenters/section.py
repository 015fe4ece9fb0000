"""The section of an agreement's page: what the parties do not agree about, and what was settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.urls import reverse

from agreements.models import Agreement
from agreements.terms import Terms
from escalations.models import Disagreement
from escalations.presenters.words import heading, open_url, page_of, several, tag_of
from escalations.queries.of_agreements import disagreements_under
from escalations.rules.levels import level_of
from house.room import Section
from nhsuk.components import Action, Tag
from nhsuk.dates import day
from nhsuk.words import noun
from parties.acting import Acting
from parties.who import DRAFTERS

POSITION = 50
SHOWN = 5


@dataclass(frozen=True)
class Line:
    title: str
    url: str
    tag: Tag
    sentence: str


def sections_of(agreements: Sequence[Agreement], acting: Acting) -> dict[int, list[Section]]:
    """Agreement id -> its section, for those that were ever in force (two queries, any number)."""
    agreements = [each for each in agreements if each.in_force_version_id]
    if not agreements:
        return {}
    under = disagreements_under(agreements, acting)
    found = {
        a.pk: sorted(under.get(a.pk, ()), key=lambda each: not each.is_open) for a in agreements
    }
    terms = _terms_of(agreements)
    opens = DRAFTERS.includes(acting)
    return {
        each.pk: [_section(each, terms[each.pk], found[each.pk], opens)]
        for each in agreements
        if (found[each.pk] or _can_be_opened(each, terms[each.pk]))
    }


def _terms_of(agreements: Sequence[Agreement]) -> dict[int, Terms]:
    """The terms in force; a page that has read them already is not asked to read them again."""
    prefetch_related_objects(agreements, "in_force_version")
    in_force = {each.pk: each.in_force_version for each in agreements}
    return {pk: version.typed_terms for pk, version in in_force.items() if version}


def _can_be_opened(agreement: Agreement, terms: Terms) -> bool:
    return agreement.takes_acts and bool(terms.levels)


def _section(
    agreement: Agreement, terms: Terms, disagreements: Sequence[Disagreement], opens: bool
) -> Section:
    word = terms.disagreement_word
    open_ones = sum(each.is_open for each in disagreements)
    may_open = opens and _can_be_opened(agreement, terms)
    action = Action(f"Open {noun(word)}", open_url(agreement)) if may_open else None
    more = len(disagreements) > SHOWN
    listed = reverse("escalations:list")
    return Section(
        anchor="disagreements",
        heading=heading(several(word)),
        position=POSITION,
        template="escalations/section.jinja",
        context={
            "lines": [_line(each) for each in disagreements[:SHOWN]],
            "empty": _empty(several(word), may_open),
            "all_url": f"{listed}?text={agreement.reference}&state=all" if more else "",
            "all_text": f"All {len(disagreements)} {several(word)}",
        },
        note=f"{open_ones} open" if open_ones else "",
        action=action,
    )


def _empty(words: str, may_open: bool) -> str:
    return f"There have been no {words}. " + (
        "Open one when something cannot be settled in daily business."
        if may_open
        else "An editor or MoU manager of either party can open one."
    )


def _line(disagreement: Disagreement) -> Line:
    label = level_of(disagreement.terms, disagreement.level).label
    since = f"At the level “{label}” since {day(disagreement.level_since)}"
    if disagreement.closed_at:
        since = f"{disagreement.get_state_display()} on {day(disagreement.closed_at)}, at “{label}”"
    return Line(
        title=f"{heading(disagreement.name)}: {disagreement.subject}",
        url=page_of(disagreement),
        tag=tag_of(disagreement),
        sentence=f"{since}.",
    )
