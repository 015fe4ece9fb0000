"""How heads-ups are called on pages: states, when, how those who are to be told stand."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from agreements.core.letters import references_in_short
from communications.heads_ups.queries.listing import Listed
from communications.heads_ups.rules import Standing, notice_in_words
from communications.models import HeadsUp, Told
from nhsuk.components import Colour, Tag
from nhsuk.dates import moment
from nhsuk.words import capital, in_sentence, in_short

_COLOURS: dict[str, Colour] = {"planned": "blue", "sent": "green", "withdrawn": "grey"}

_SENT: dict[str, str] = {"wider_impact": "Made", "feedback": "Given"}


def url_of(heads_up: HeadsUp) -> str:
    return reverse("heads_ups:heads_up", args=[heads_up.public_id])


def called(heads_up: HeadsUp) -> str:
    """ "heads-up “Winter opening”", as in a sentence."""
    what = "feedback" if heads_up.is_feedback else "heads-up"
    return f"{what} “{heads_up.title}”"


def whose(heads_up: HeadsUp) -> str:
    """ "Message to practices, from Northern Moors Area Team"."""
    return f"{heads_up.get_kind_display()}, from {heads_up.owner}"


def line_under(listed: Listed) -> str:
    """ "Message to practices, from Northern Moors Area Team (MOU-0001)"."""
    named = references_in_short(listed.references)
    return f"{whose(listed.heads_up)} ({named})" if named else whose(listed.heads_up)


def what(heads_up: HeadsUp) -> str:
    """ "message to practices", as in a sentence."""
    return in_sentence(heads_up.get_kind_display())


def happened(heads_up: HeadsUp) -> str:
    """What comes of it in the end, as in a sentence: a message goes out, a decision is made."""
    if heads_up.is_feedback:
        return "was given"
    return "was made" if heads_up.kind == HeadsUp.Kind.WIDER_IMPACT else "went out"


def state_tag(heads_up: HeadsUp) -> Tag:
    sent = _SENT.get(heads_up.kind) if heads_up.is_sent else None
    if heads_up.is_feedback and not sent:
        sent = "Taken back"
    return Tag(sent or heads_up.get_state_display(), _COLOURS[heads_up.state])


def when(heads_up: HeadsUp) -> str:
    """When it went out, else when that is planned."""
    if heads_up.is_sent:
        return f"{capital(happened(heads_up))} {moment(heads_up.sent_at)}"
    if heads_up.is_open:
        return f"Planned for {moment(heads_up.planned_for)}"
    how = "Taken back" if heads_up.is_feedback else "Withdrawn"
    return f"{how} {moment(heads_up.closed_at)}"


def told_in_words(heads_up: HeadsUp, standings: Sequence[Standing]) -> str:
    """ "All 3 told", "2 of 3 told"; once it went out the notice that they had."""
    if heads_up.is_feedback:
        return "Told" if any(each.told_at for each in standings) else "Not told yet"
    if not standings:
        return "Nobody was to be told"
    if heads_up.sent_at:
        said = capital(happened(heads_up))
        return f"{said} {notice_in_words(standings, heads_up.sent_at)}"
    told = sum(each.told_at is not None for each in standings)
    if told == len(standings):
        return "Told" if told == 1 else f"All {told} told"
    return f"{told} of {len(standings)} told"


def told_tag(heads_up: HeadsUp, standings: Sequence[Standing]) -> Tag | None:
    """Whether all were told before; nothing while it has not gone out."""
    if heads_up.sent_at is None or heads_up.is_feedback or not standings:
        return None
    in_time = all(each.in_time(heads_up.sent_at) for each in standings)
    return Tag("Told first", "green") if in_time else Tag("Told too late", "red")


def told_whom(told: Sequence[Told], nobody: Sequence[str]) -> str:
    """ "We are telling Oscar Othersby and 2 others."; who cannot be told is named."""
    sentences = []
    if told:
        names = list(dict.fromkeys(each.name for each in told))
        sentences.append(f"We are telling {in_short(names)} by e-mail.")
    if nobody:
        has = "has" if len(nobody) == 1 else "have"
        sentences.append(
            f"{in_short(nobody)} {has} nobody here who can be told. Tell them yourself, then "
            "record it."
        )
    return " ".join(sentences) or "Nobody could be told by e-mail."
