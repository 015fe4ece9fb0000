"""The e-mails on what was put on record. None holds a word of it, or of what it is about."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.urls import reverse

from agreements.core.by_link import with_way_in
from agreements.core.emailing import things_of
from agreements.core.letters import AgreementLetter, Letter
from agreements.emails.queries import thing_of
from agreements.models import InboundEmail, SavedEmail
from house.clock import london_day
from mail.kinds import Message, NotNeeded, kind
from nhsuk.dates import day
from parties.reader import names

_BUTTON: Final = "Read the e-mail"


class _EmailLetter:
    """One of them, to somebody whose matter the thing is."""

    def __init__(self, context: dict[str, Any]) -> None:
        self.email = SavedEmail.objects.get(pk=context["email"])
        things = things_of(self.email.kind)
        thing = thing_of(things, self.email.thing)
        self.letter: Letter = things.letter(thing, context["organisation"], context["why"])
        self.person_id: int | None = context["person"]
        self.called = things.said(thing).called
        self.who = names([context["by"]])[context["by"]]
        self.on = day(london_day(datetime.fromisoformat(context["on"])))

    def message(self, what: str, *paragraphs: str) -> Message:
        to = reverse("emails:email", args=[self.email.public_id])
        made = self.letter.message(what, *paragraphs, button=_BUTTON, to=to)
        if not isinstance(self.letter, AgreementLetter):
            return made
        return with_way_in(made, self.letter.agreement, self.letter.party, self.person_id)


@kind("email_put", "An e-mail was put on record")
def email_put(context: dict[str, Any]) -> Message:
    about = _EmailLetter(context)
    if about.email.is_error:
        raise NotNeeded
    return about.message(
        f"e-mail put on record on {about.on}",
        f"On {about.on} {about.who} put an e-mail on record. It is about {about.called}.",
        "Read it. If something about it is not right, say so on its page.",
    )


@kind("email_right", "An e-mail on record was confirmed")
def email_right(context: dict[str, Any]) -> Message:
    about = _EmailLetter(context)
    return about.message(
        f"e-mail on record confirmed on {about.on}",
        f"On {about.on} {about.who} confirmed an e-mail on record. It is about {about.called}.",
    )


@kind("email_wrong", "An e-mail on record is said to be not right")
def email_wrong(context: dict[str, Any]) -> Message:
    about = _EmailLetter(context)
    return about.message(
        f"e-mail on record said to be not right on {about.on}",
        f"On {about.on} {about.who} said that an e-mail on record is not right. It is about "
        f"{about.called}.",
        "The reason is on its page.",
    )


@kind("email_error", "An e-mail on record was entered in error")
def email_error(context: dict[str, Any]) -> Message:
    about = _EmailLetter(context)
    return about.message(
        f"e-mail on record entered in error, said on {about.on}",
        f"On {about.on} {about.who} said that an e-mail on record was entered in error. It is "
        f"about {about.called}.",
        "What it said is not open to you any more. The reason is on its page.",
    )


@kind("email_held", "An e-mail from an unknown sender waits")
def email_held(context: dict[str, Any]) -> Message:
    rows = InboundEmail.objects.select_related("agreement")
    inbound = rows.get(pk=context["inbound"])
    if inbound.state != InboundEmail.State.HELD:
        raise NotNeeded
    agreement, own = inbound.agreement, inbound.organisation_id
    party = next((each for each in agreement.sides if each.organisation.pk == own), None)
    about = AgreementLetter(agreement, party, why=context["why"])
    on = day(london_day(inbound.came_at))
    return about.message(
        f"e-mail held on {on}",
        f"On {on} an e-mail came to your address for {about.mou}. {inbound.because}",
        "Look at it. Then put it on record, or do not take it.",
        button="Look at the e-mail",
        to=reverse("emails:held_one", args=[inbound.public_id]),
    )
