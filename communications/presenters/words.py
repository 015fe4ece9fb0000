"""How announcements are called on pages: states, the embargo mark, lead times, notice."""

from __future__ import annotations

from datetime import datetime

from communications.models import Announcement, ConcernedAgreement
from communications.rules.lead import in_hours, notice
from house import clock
from nhsuk.components import Colour, Tag
from nhsuk.dates import moment
from nhsuk.words import in_sentence, plural

_COLOURS: dict[str, Colour] = {
    "planned": "blue",
    "shared": "purple",
    "released": "green",
    "withdrawn": "grey",
}


def state_tag(announcement: Announcement) -> Tag:
    return Tag(announcement.get_state_display(), _COLOURS[announcement.state])


def embargo_tag(announcement: Announcement) -> Tag | None:
    """The mark that what is not released yet has everywhere."""
    return Tag("Under embargo", "red") if announcement.is_open else None


def kind_of(announcement: Announcement) -> str:
    """ "press release", as in a sentence."""
    return in_sentence(announcement.get_kind_display())


def when(announcement: Announcement) -> str:
    """When it was released, else when its release is planned, and what that is."""
    if announcement.is_released:
        return f"Released {moment(announcement.release.released_at)}"
    if announcement.is_open:
        return f"Planned for {moment(announcement.planned_for)}"
    return f"Withdrawn {moment(announcement.withdrawn_at)}"


def lead_time(concerned: ConcernedAgreement) -> str:
    return plural(concerned.lead_hours, "hour")


def released_or_planned(announcement: Announcement) -> datetime:
    if announcement.is_released:
        return announcement.release.released_at
    return announcement.planned_for


def notice_in_words(concerned: ConcernedAgreement, announcement: Announcement) -> str:
    """The notice really given, or where it stands: "26 hours", "share by 9:00 am GMT on …"."""
    given = notice(concerned.reached_at, released_or_planned(announcement))
    if given is not None:
        return in_hours(given)
    if announcement.is_released:
        return "None: no draft was shared"
    if not announcement.is_open:
        return "None: withdrawn"
    past = concerned.share_by < clock.now()
    return f"{'Missed' if past else 'Share by'} {moment(concerned.share_by)}"


def notice_tag(concerned: ConcernedAgreement, announcement: Announcement) -> Tag | None:
    """Whether the lead time is met; nothing while it still can be, or once it is withdrawn."""
    if concerned.met:
        return Tag("Met", "green") if announcement.state != "withdrawn" else None
    if announcement.is_released or concerned.reached_at:
        return Tag("Short notice", "yellow")
    if announcement.is_open and concerned.share_by < clock.now():
        return Tag("Missed", "red")
    return None


def why_short(concerned: ConcernedAgreement) -> str:
    """The reason of short notice, where it was short."""
    because = concerned.short_because
    return f"Why it was short: {because}" if because and not concerned.met else ""
