"""The e-mails about a succession: one party's place is to be taken, or was taken."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from agreements.core.by_link import with_link
from agreements.core.letters import AgreementLetter, HappeningLetter, asker_of
from agreements.core.parties import parties_of
from agreements.models import SuccessionMove
from agreements.succession.due import ANSWERS_SUCCESSION
from agreements.succession.services.telling import parties_told, to_decide
from mail.kinds import Message, NotNeeded, kind
from nhsuk.dates import day
from nhsuk.words import plural
from parties.models import Organisation, Succession

STAYS = "What was signed stays as it was signed. "
NAME_YOURS = "People do not come over by themselves: name your contacts and signatories."
OF_NEW = (
    "Say of each MoU in force whether you keep it, vary it or end it; until then it goes on as it "
    f"is. {NAME_YOURS}"
)
OF_OTHERS = (
    "What was signed stays as it was signed, and what was asked of you stays asked. If this is not "
    "right for an MoU, say so on its page."
)


@kind("succession_asked", "Whether another organisation takes your place")
def succession_asked(context: dict[str, Any]) -> Message:
    found = _succession(context)
    if not found.is_asked:
        raise NotNeeded
    return _message(
        found,
        f"say whether {found.new} takes your place on {day(found.on)}",
        f"{found.new} recorded that it takes the place of {found.old} from {day(found.on)}, "
        f"{_how(found)}, by {found.instrument}.",
        "Nothing changes before you say that it is so. If it is not, say why.",
        why=f"you are an administrator of {found.old}.",
        button="Look and answer",
    )


@kind("succession_told", "Another organisation took a party's place")
def succession_told(context: dict[str, Any]) -> Message:
    found, reader = _succession(context), Organisation.objects.get(pk=context["organisation"])
    went = parties_told(reader, found)
    mous = f" in {plural(went, 'MoU')}" if went else ""
    what, then = _told(found, reader, went)
    return _message(
        found,
        what,
        f"Since {day(found.on)} {found.new} is in the place of {found.old}{mous}, by "
        f"{found.instrument}.",
        *then,
        why=f"you look after MoUs of {reader}.",
        button="See what went over",
    )


def _told(found: Succession, reader: Organisation, went: int) -> tuple[str, list[str]]:
    """What it means to the reader, in whose MoUs so many went over, and what to do."""
    if reader.pk == found.new_id:
        if decide := to_decide(found):
            took = f"decide on {plural(decide, 'MoU')}, you took over on {day(found.on)}"
            return took, [STAYS + OF_NEW]
        return f"you took the place of {found.old} on {day(found.on)}", [STAYS + NAME_YOURS]
    if reader.pk == found.old_id and went:
        whose = "your MoUs" if found.full else f"{plural(went, 'MoU')} of yours"
        return f"{whose} went to {found.new} on {day(found.on)}", ["You can still read them."]
    then = [OF_OTHERS] if reader.pk != found.old_id else []
    return f"{found.new} is in the place of {found.old} since {day(found.on)}", then


@kind("succession_to_answer", "Another organisation took a party's place: is it right?")
def succession_to_answer(context: dict[str, Any]) -> Message:
    """To a key contact without an account, of one MoU, with a link."""
    rows = SuccessionMove.objects.select_related("agreement", "succession__old", "succession__new")
    move = rows.get(pk=context["move"])
    found, parties = move.succession, parties_of(move.agreement)
    party = next(each for each in parties if each.pk == context["party"])
    about = AgreementLetter(move.agreement, party, why=f"you look after this MoU for {party.name}.")
    message = about.message(
        f"{found.new} is in the place of {found.old} since {day(found.on)}",
        f"Since {day(found.on)} {found.new} is in the place of {found.old} in {about.mou}, by "
        f"{found.instrument}.",
        OF_OTHERS,
        button="Say whether it is right",
        path="succession/",
    )
    return with_link(message, ANSWERS_SUCCESSION, move.pk, party, context["person"])


_SAID = {
    "succession_kept": ("keeps it as it is", "It goes on as it is."),
    "succession_vary": ("means to vary it", "It goes on as it is until all have agreed."),
    "succession_end": ("means to end it", "It goes on as it is until all have agreed."),
    "succession_right": ("said that the succession is right", ""),
    "succession_not_right": (
        "said that the succession is not right", "The reason is on its page.",
    ),
}  # fmt: skip


@kind("succession_said", "What was said of a succession")
def succession_said(context: dict[str, Any]) -> Message:
    about = HappeningLetter(context)
    what, then = _SAID[about.happening.verb]
    who = about.happening.organisation
    return about.message(
        f"{who} {what}, {about.on}",
        f"On {about.on} {who} {what}: {about.mou}. {about.data['now']} took the place of "
        f"{about.data['was']}.",
        *([then] if then else []),
        button="See who took whose place",
        path="succession/",
    )


def _message(found: Succession, what: str, *paragraphs: str, why: str, button: str) -> Message:
    return Message(
        subject=f"{what[:1].upper()}{what[1:]}",
        heading=f"{what[:1].upper()}{what[1:]}",
        about=(f"{found.new}, in the place of {found.old}",),
        paragraphs=paragraphs,
        why=why,
        button_text=button,
        button_url=f"{settings.SITE_URL}{reverse('successions:one', args=[found.key])}",
        asker=asker_of(found.recorded_by, found.new),
    )


def _how(found: Succession) -> str:
    return "in full" if found.full else "for some of its MoUs"


def _succession(context: dict[str, Any]) -> Succession:
    rows = Succession.objects.select_related("old", "new", "recorded_by__person")
    return rows.get(pk=context["succession"])
