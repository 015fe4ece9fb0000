"""An announcement's dates, and drafts to read, as lines of the home page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from agreements.models import Agreement
from communications.models import Acknowledgement, Announcement, Draft
from communications.presenters.words import called, draft_url, url_of
from communications.queries.agreements import others_of, sides_by_agreement
from deadlines.models import Deadline
from house import clock
from house.room import Todo
from nhsuk.words import in_short
from parties.acting import Acting
from parties.who import DRAFTERS


def share_by_todos(deadlines: Sequence[Deadline], acting: Acting) -> Mapping[int, Todo]:
    """One line for the dates of an announcement that fall on one moment (six queries)."""
    found = _Announcements(deadlines, acting)
    lines = {}
    for together in _by_moment(deadlines).values():
        first, references = together[0], [each.occurrence for each in together]
        if announcement := found.of(first):
            others = found.others(announcement, references)
            sentence = f"Share the draft {called(announcement)} with {others}"
            button = "Share the draft" if DRAFTERS.includes(acting) else "Open"
            lines[first.pk] = _due(announcement, first, sentence, ", ".join(references), button)
    return lines


def release_todos(deadlines: Sequence[Deadline], acting: Acting) -> Mapping[int, Todo]:
    """Before the planned release what is coming, after it what has to be said (two queries)."""
    found, now = _Announcements(deadlines, acting), clock.now()
    lines = {}
    for deadline in deadlines:
        if announcement := found.of(deadline):
            is_past = announcement.planned_for <= now
            what_then = "move it or withdraw it" if is_past else "once it is out"
            sentence = f"Mark the {called(announcement)} as released, {what_then}"
            about = f"Announcement of {announcement.owner}"
            lines[deadline.pk] = _due(announcement, deadline, sentence, about, "Open")
    return lines


def _due(
    announcement: Announcement, deadline: Deadline, sentence: str, about: str, button: str
) -> Todo:
    url, on, at = url_of(announcement), deadline.due_on, deadline.due_at
    return Todo(sentence, about, url, button, due_on=on, due_at=at)


def drafts_to_read(acting: Acting) -> list[Todo]:
    """The newest draft of each that was shared with the reader, until they acknowledge it (three
    queries)."""
    drafts = Draft.objects.visible_to(acting).filter(announcement__state="shared")
    shared = drafts.exclude(announcement__owner=acting.organisation_id)
    rows = shared.select_related("announcement__owner").prefetch_related(
        "announcement__owner__names"
    )
    newest = {draft.announcement_id: draft for draft in rows.order_by("number")}
    given = Acknowledgement.objects.filter(
        draft__in=newest.values(), reader=acting.user.pk, organisation=acting.organisation_id
    )
    done = set(given.values_list("draft", flat=True)) if newest else set()
    return [_to_read(draft) for draft in newest.values() if draft.pk not in done]


def names_of(what: str, deadlines: Sequence[Deadline]) -> Mapping[int, str]:
    """Deadline id -> "Planned release: press release “…”", for those who hold it (one query)."""
    found = Announcement.objects.in_bulk([int(each.subject) for each in deadlines])
    return {
        deadline.pk: f"{what}: {called(announcement)}"
        for deadline in deadlines
        if (announcement := found.get(int(deadline.subject)))
    }


def _to_read(draft: Draft) -> Todo:
    announcement = draft.announcement
    return Todo(
        sentence=f"Read the draft {called(announcement)}, under embargo",
        about=f"Shared with you by {announcement.owner}",
        url=draft_url(draft),
        button="Read the draft",
        due_on=clock.london_day(announcement.planned_for),
        due_at=announcement.planned_for,
    )


def _by_moment(
    deadlines: Iterable[Deadline],
) -> dict[tuple[str, datetime | None], list[Deadline]]:
    found: dict[tuple[str, datetime | None], list[Deadline]] = {}
    for deadline in sorted(deadlines, key=lambda each: each.occurrence):
        found.setdefault((deadline.subject_key, deadline.due_at), []).append(deadline)
    return found


class _Announcements:
    """The announcements of these deadlines that the reader may see, and the parties' names."""

    def __init__(self, deadlines: Sequence[Deadline], acting: Acting) -> None:
        rows = Announcement.objects.visible_to(acting).select_related("owner")
        ids = [int(deadline.subject) for deadline in deadlines]
        found = rows.filter(pk__in=ids).prefetch_related("owner__names")
        self._found = {announcement.pk: announcement for announcement in found}
        references = {each.occurrence for each in deadlines if each.occurrence}
        agreements = list(Agreement.objects.filter(reference__in=references)) if references else []
        self._ids = {agreement.reference: agreement.pk for agreement in agreements}
        self._sides = sides_by_agreement(agreements) if agreements else {}

    def of(self, deadline: Deadline) -> Announcement | None:
        return self._found.get(int(deadline.subject))

    def others(self, announcement: Announcement, references: Iterable[str]) -> str:
        parties = [p for each in references for p in self._sides[self._ids[each]]]
        names = [o.name for o in others_of(parties, announcement.owner_id)]
        return in_short(names) if names else "the other party"
