"""What the page of an agreement says of its actions: the open ones, and whether A19 is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse

from agreements.models import Agreement
from commitments.models import Action
from commitments.presenters import words
from commitments.queries import sources_of
from commitments.rules import may_record
from house.answers import Evidence, Keeping, OpenThing, OpenThings, Section
from nhsuk.components import Button
from nhsuk.words import plural
from parties.acting import Acting

MOST = 10


def section_of(agreement: Agreement, still_open: Sequence[Action], acting: Acting) -> Section:
    """The next open actions of one agreement; the list has the others."""
    shown = still_open[:MOST]
    return Section(
        anchor="actions",
        heading="Actions",
        position=60,
        template="commitments/section.jinja",
        context={
            "actions": shown,
            "sources": sources_of(shown, acting),
            "words": words,
            "reference": agreement.reference,
        },
        action=_button(agreement, acting),
    )


def opened(agreement: Agreement, actions: Sequence[Action], most: int) -> OpenThings:
    """The open ones by number, owner and date."""
    named = tuple(
        OpenThing(str(a.number), a.what, words.owner_words(a), a.due_on, words.page_of(a))
        for a in actions[:most]
    )
    url = f"{reverse('commitments:list')}?agreement={agreement.reference}"
    return OpenThings("action", "actions", named, len(actions), url)


def _button(agreement: Agreement, acting: Acting) -> Button | None:
    if not agreement.takes_acts or not may_record(acting, agreement):
        return None
    return Button("Record an action", reverse("commitments:new", args=[agreement.reference]))


def keeping_of(reference: str, counts: Mapping[str, int]) -> Keeping:
    """Kept while nothing is late and something was done, which is the evidence."""
    if not any(counts.values()):
        return Keeping("nothing_yet", "No meeting has agreed an action yet.")
    sentence = _counted(counts)
    done = _listed(reference, "closed", "Closed") if counts["done"] else ()
    if counts["overdue"]:
        return Keeping("missed", sentence, (*_listed(reference, "overdue", "Late"), *done))
    if counts["done"]:
        return Keeping("kept", sentence, done)
    if counts["open"] or counts["disputed"]:
        return Keeping("due", sentence)
    return Keeping("nothing_yet", sentence)


WORDS = {
    "overdue": "late",
    "open": "open",
    "disputed": "said to be not right",
    "done": "done",
    "dropped": "dropped",
}


def _counted(counts: Mapping[str, int]) -> str:
    """ "Meetings agreed 4 actions: 1 open, 3 done. None is late."."""
    parts = [f"{counts[name]:,} {words}" for name, words in WORDS.items() if counts[name]]
    last = "" if counts["overdue"] else " None is late."
    return f"Meetings agreed {plural(sum(counts.values()), 'action')}: {', '.join(parts)}.{last}"


def _listed(reference: str, state: str, called: str) -> tuple[Evidence, ...]:
    url = f"{reverse('commitments:list')}?agreement={reference}&state={state}"
    return (Evidence(f"{called} actions", url),)
