"""What happened to an agreement, as sentences. Each room has one for each of its verbs.

A sentence begins with who did it. `{…}` are the plain facts that the service wrote down.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from django.urls import reverse

from agreements.models import Happening
from house.clock import london_day
from house.rooms import rooms
from nhsuk.components import TimelineEntry
from nhsuk.dates import day
from nhsuk.words import and_list, in_sentence, plural

# A person who edits thirty clauses in a morning did one thing.
EDITS = frozenset(
    {"clause_added", "clause_edited", "clause_moved", "clause_removed", "terms_edited",
     "blanks_filled"}
)  # fmt: skip
# Facts that are days, written in the data as 2013-09-03.
_DAYS = ("on", "start", "review", "held", "next", "last")


def timeline_of(happenings: Iterable[Happening], reference: str) -> list[TimelineEntry]:
    """The entries in the order given; edits of one person on one day become one entry.

    The day of each leads to the agreement as it stood at its end.
    """
    runs = groupby(happenings, key=_run_of)
    return [_entry(list(each), reference) for _, each in runs]


def sentence_of(happening: Happening) -> str:
    """What happened, as a sentence. A verb without one shows itself, so that nothing is hidden."""
    facts = _Facts(happening.data)
    facts["actor"] = facts["by_link"] or happening.actor.get_full_name()
    for name in _DAYS:
        if isinstance(facts.get(name), str):
            facts[name] = _day(facts[name])
    facts["next_said"] = (
        f"The next one is due on {facts['next']}." if facts["next"] else "No next date is set."
    )
    sent_to, link_to = facts["sent_to"], facts["link_to"]
    facts["by_link_said"] = f", by the link sent to {sent_to}" if sent_to else ""
    facts["link_said"] = f", by a link sent to {link_to}" if link_to else ""
    by_link = f" by a link and a code sent to {sent_to}"
    ticked = f", one of {facts['ticked']} texts ticked on one page" if facts["ticked"] else ""
    facts["how"] = {"paper": " on paper", "link": by_link}.get(str(facts["method"]), ticked)
    if facts["in_place_of"]:
        facts["place_said"] = (
            f", in the place of {facts['in_place_of']}, by authority: {facts['authority']}"
        )
    facts["decision_said"] = in_sentence(facts["decision"])
    facts["outcome_said"] = in_sentence(facts["outcome"])
    facts["roles_said"] = and_list(map(str, facts["roles"] or ()))
    facts["role_said"] = in_sentence(facts["role"])
    return sentences().get(happening.verb, f"{{actor}}: {happening.verb}").format_map(facts)


def sentence_in_line(happening: Happening) -> str:
    """The same behind a colon, "all have signed": a name at its front keeps its capital."""
    said = sentence_of(happening)
    begins_with_fact = sentences().get(happening.verb, "{").startswith("{")
    return said if begins_with_fact else said[:1].lower() + said[1:]


def sentences() -> dict[str, str]:
    """By verb, as the rooms say them."""
    found: dict[str, str] = {}
    for room in rooms():
        found |= room.sentences()
    return found


def _run_of(happening: Happening) -> tuple[int, date, int]:
    """What is told as one has the same: edits of one person on one day."""
    alone = 0 if happening.verb in EDITS else happening.pk
    return happening.actor_id, london_day(happening.at), alone


def _entry(run: list[Happening], reference: str) -> TimelineEntry:
    newest = run[0]
    headings = {each.data.get("heading", each.verb) for each in run}
    title = sentence_of(newest)
    if len(headings) > 1:
        places = plural(len(headings), "place")
        title = f"{newest.actor.get_full_name()} edited {places} in the draft."
    because = str(newest.data.get("because") or newest.data.get("summary") or "")
    return TimelineEntry(
        when=newest.at,
        title=title,
        who=newest.organisation.name if newest.organisation else "",
        detail=because,
        day_href=reverse("agreements:stood", args=[reference, london_day(newest.at).isoformat()]),
    )


class _Facts(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""


def _day(text: str) -> str:
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return text
