"""What happened to an agreement, as sentences: one table, a sentence for each verb.

A sentence begins with who did it. `{…}` are the plain facts that the service wrote down.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from agreements.models import Happening
from house.clock import london_day
from house.rooms import rooms
from nhsuk.components import TimelineEntry
from nhsuk.dates import day
from nhsuk.words import and_list, in_sentence, plural

SENTENCES: dict[str, str] = {
    "drafted": "{actor} started this agreement.",
    "clause_added": "{actor} added the clause “{heading}”.",
    "clause_edited": "{actor} edited the clause “{heading}”.",
    "clause_moved": "{actor} moved the clause “{heading}”.",
    "clause_removed": "{actor} removed the clause “{heading}”.",
    "terms_edited": "{actor} changed the terms.",
    "blanks_filled": "{actor} filled in blanks.",
    "frozen": "{actor} froze version {label}: its text no longer changes.",
    "sent_for_approval": "{actor} sent version {label} out for approval.",
    "recalled": "{actor} recalled version {label} and opened a new draft.",
    "decided": "{actor} recorded a decision on version {label}. {decider}: {decision_said}, {on}.",
    "signature_asked": "{actor} asked {who} to sign version {label} for {party}.",
    "not_ready": "{who} is not ready to sign version {label}.",
    "signed": "{who} signed version {label} for {party}{how}.",
    "paper_recorded": "{actor} recorded a signature of {who} on paper under version {label}.",
    "paper_rejected": "{actor} said that the scanned signature of {who} is not right.",
    "in_force": "All have signed. Version {before} became {label}, in force since {start}.",
    "sealed": "The final signed copy was made and sealed.",
    "contact_named": "{actor} named {who} as {role_said} for {party}.",
    "contacts_confirmed": "{actor} confirmed the key contacts of {party}: {roles_said}.",
    "contact_confirmed": "{who} confirmed that they are still {roles_said} for {party}.",
    "contact_details_changed": "{who} confirmed that they are still {roles_said} for {party}, with "
    "new details.",
    "contact_no_longer": "{who} said that they are no longer {roles_said} for {party}.",
    "contact_leaves": "{who} leaves {party} on {last}: nobody follows yet as {role_said}.",
    "deputy_leaves": "{who} leaves {party} on {last} and is no longer deputy of the {role_said}.",
    "contact_ended": "{actor} left the role of {role_said} vacant for {party}.",
    "registered": "{actor} registered the signed MoU, signed on {on}.",
    "copy_confirmed": "{actor} confirmed the registered copy.",
    "copy_disputed": "{actor} said that the registered copy is not right.",
    "review_recorded": "{actor} recorded the review held on {held}: {outcome_said}. "
    "The next one is due on {next}.",
    "review_corrected": "{actor} put the record of the review right. Held on {held}: "
    "{outcome_said}. The next one is due on {next}.",
    "review_confirmed": "{actor} confirmed what was recorded of the review held on {held}.",
    "review_disputed": "{actor} said that the record of the review held on {held} is not right.",
    "stopped": "{actor} stopped work on this agreement.",
}

# A person who edits thirty clauses in a morning did one thing.
EDITS = frozenset(
    {"clause_added", "clause_edited", "clause_moved", "clause_removed", "terms_edited",
     "blanks_filled"}
)  # fmt: skip
# Facts that are days, written in the data as 2013-09-03.
_DAYS = ("on", "start", "review", "held", "next", "last")


@dataclass(frozen=True)
class _Run:
    """Happenings that the timeline tells as one: edits of one person on one day."""

    actor: int
    day: date
    edits: bool
    alone: int


def timeline_of(happenings: Iterable[Happening]) -> list[TimelineEntry]:
    """The entries in the order given; edits of one person on one day become one entry."""
    runs = groupby(happenings, key=_run_of)
    return [_entry(list(each)) for _, each in runs]


def sentence_of(happening: Happening) -> str:
    """What happened, as a sentence. A verb without one shows itself, so that nothing is hidden."""
    facts = _Facts(happening.data)
    facts["actor"] = happening.actor.get_full_name()
    for name in _DAYS:
        if isinstance(facts.get(name), str):
            facts[name] = _day(facts[name])
    facts["how"] = " on paper" if facts["method"] == "paper" else ""
    facts["decision_said"] = in_sentence(facts["decision"])
    facts["outcome_said"] = in_sentence(facts["outcome"])
    facts["roles_said"] = and_list(map(str, facts["roles"] or ()))
    facts["role_said"] = in_sentence(facts["role"])
    return _sentences().get(happening.verb, f"{{actor}}: {happening.verb}").format_map(facts)


def _sentences() -> dict[str, str]:
    """Those of this room and of the rooms above it."""
    found = dict(SENTENCES)
    for room in rooms():
        found |= room.sentences()
    return found


def _run_of(happening: Happening) -> _Run:
    edits = happening.verb in EDITS
    alone = 0 if edits else happening.pk
    return _Run(happening.actor_id, london_day(happening.at), edits, alone)


def _entry(run: list[Happening]) -> TimelineEntry:
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
    )


class _Facts(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""


def _day(text: str) -> str:
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return text
