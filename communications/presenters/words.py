"""How announcements are called on pages: states, the embargo mark, notice, who was told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.urls import reverse

from communications.models import Announcement, ConcernedAgreement, Draft, Share
from communications.queries.listing import ListedAnnouncement
from communications.queries.readers import shares_of
from communications.rules import in_hours, notice
from communications.services.telling import address_of
from house import clock
from nhsuk.components import Colour, Tag
from nhsuk.dates import moment
from nhsuk.words import and_list, in_sentence, in_short, plural

_COLOURS: dict[str, Colour] = {
    "planned": "blue",
    "shared": "purple",
    "released": "green",
    "withdrawn": "grey",
}


def url_of(announcement: Announcement) -> str:
    return reverse("announcements:announcement", args=[announcement.public_id])


def draft_url(draft: Draft) -> str:
    return reverse("announcements:draft", args=[draft.announcement.public_id, draft.number])


def called(announcement: Announcement) -> str:
    """ "press release “Winter plan”", as in a sentence."""
    return f"{kind_of(announcement)} “{announcement.title}”"


def whose(announcement: Announcement) -> str:
    return f"{announcement.get_kind_display()} of {announcement.owner}"


def line_under(announcement: Announcement, about: Sequence[str]) -> str:
    """ "Press release of Eastmoor CCG, about Curlew Federation and 2 others"."""
    return whose(announcement) + (f", about {in_short(about)}" if about else "")


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
    hours = concerned.lead_hours
    return "None agreed" if hours is None else plural(hours, "hour")


def least_lead_time(listed: ListedAnnouncement) -> str:
    """The lead time of the agreement that gets the least notice, of several."""
    if listed.least is None:
        return ""
    if listed.least.lead_hours is None:
        return "No lead time agreed"
    several = len(listed.concerned) > 1
    more = f", least of {plural(len(listed.concerned), 'agreement')}" if several else ""
    return f"Lead time {lead_time(listed.least)}{more}"


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
    if concerned.share_by is None:
        return "No draft shared yet"
    past = concerned.is_overdue(clock.now())
    return f"{'Missed' if past else 'Share by'} {moment(concerned.share_by)}"


def notice_tag(concerned: ConcernedAgreement, announcement: Announcement) -> Tag | None:
    """Whether the lead time is met; nothing while it still can be, or once it is withdrawn."""
    if concerned.share_by is None:
        return None
    if concerned.met:
        return Tag("Met", "green") if announcement.state != "withdrawn" else None
    if announcement.is_released and not concerned.reached_at:
        return Tag("Missed", "red")
    if concerned.reached_at:
        return Tag("Short notice", "yellow")
    if announcement.is_open and concerned.is_overdue(clock.now()):
        return Tag("Missed", "red")
    return None


def why_short(concerned: ConcernedAgreement) -> str:
    """The reason of short notice, where it was short."""
    because = concerned.short_because
    return f"Why it was short: {because}" if because and not concerned.met else ""


def told_named(announcement: Announcement) -> str:
    """ "We told Olga Other and Press office."; nobody is told before a draft was shared."""
    return told(shares_of(announcement)) or "Nobody else has a draft, so nobody had to be told."


def told(shares: Iterable[Share]) -> str:
    """Whom an e-mail went to, and who could not be told."""
    rows = list(shares)
    reached = dict.fromkeys(share.reader for share in rows if address_of(share))
    missed = dict.fromkeys(share.reader for share in rows if not address_of(share))
    sentences = [f"We told {and_list(reached)}."] if reached else []
    if missed:
        sentences.append(f"We could not tell {and_list(missed)}, who may have left.")
    return " ".join(sentences)
