"""The e-mails of heads-ups. None holds a title or a word of what is told: each leads to a page.

Each is composed when it is sent, from what holds then; if its reason is gone, it is not sent.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from agreements.core.letters import Letter, asker_of
from agreements.models import Agreement
from communications.heads_ups.presenters.words import happened, url_of
from communications.heads_ups.services.answering import link_for, needs_link
from communications.models import HeadsUp, Told
from mail.kinds import Message, NotNeeded, kind
from mail.links.sending import url_of as url_of_link
from nhsuk.dates import moment
from nhsuk.words import capital

WHAT = {
    HeadsUp.Kind.PRACTICES: "message to practices",
    HeadsUp.Kind.WIDER_IMPACT: "decision that may affect you",
    HeadsUp.Kind.FEEDBACK: "feedback",
}


class HeadsUpLetter(Letter):
    """A letter to one address that a heads-up goes to. It names the agreements of that address."""

    def __init__(self, context: dict[str, Any]) -> None:
        rows = Told.objects.select_related(
            "heads_up__owner", "heads_up__given_by__person", "organisation"
        )
        self.told = rows.get(pk=context["told"])
        self.address = context["reader"][0].lower()
        self.heads_up = heads_up = self.told.heads_up
        self.what = WHAT[HeadsUp.Kind(heads_up.kind)]
        self.when = moment(heads_up.planned_for)
        agreements = Agreement.objects.filter(heads_ups__owed__told=self.told).distinct()
        if heads_up.is_feedback:
            agreements = Agreement.objects.filter(heads_ups__heads_up=heads_up)
        super().__init__(
            [heads_up.owner.name],
            list(agreements.order_by("reference")),
            page=url_of(heads_up),
            why=self.told.why,
        )
        self.asker = asker_of(heads_up.given_by, heads_up.owner)

    @property
    def is_outside(self) -> bool:
        """Whether it goes to a committee, which has no MoU with anybody here."""
        return self.told.organisation_id is None

    @property
    def about(self) -> tuple[str, ...]:
        """To a committee whom it comes from, and the agreements that promise it the heads-up."""
        return (f"From {self.others} ({self.named})",) if self.is_outside else super().about

    def subject(self, what: str) -> str:
        if self.is_outside:
            return f"{capital(what)}: from {self.others} ({self.named})"
        return super().subject(what)

    def say(self, what: str, *paragraphs: str, button: str) -> Message:
        """With a link in the button for who has no account, at their own address alone."""
        made = super().message(what, *paragraphs, button=button)
        if needs_link(self.told) and self.address == self.told.address:
            made = replace(made, button_url=url_of_link(link_for(self.told)))
        return made


@kind("heads_up_given", "Heads-up")
def given(context: dict[str, Any]) -> Message:
    told = HeadsUpLetter(context)
    if told.heads_up.state == HeadsUp.State.WITHDRAWN:
        raise NotNeeded
    owner, what = told.heads_up.owner, told.what
    if told.heads_up.is_feedback:
        return told.say(
            "feedback to your practice to read",
            f"{owner} gives your practice feedback.",
            "Read it, then say that you have read it. Besides you only people of "
            f"{owner} read it here.",
            button="Read the feedback",
        )
    if told.heads_up.is_sent:
        at, done = moment(told.heads_up.sent_at), happened(told.heads_up)
        return told.say(
            f"a {what} {done} at {at}",
            f"{owner} tells you of a {what}: it {done} at {at}, before this e-mail.",
            "Read what it says and why it went first. Then say that you have read it.",
            button="Read it",
        )
    return told.say(
        f"heads-up on a {what}, planned for {told.when}",
        f"{owner} gives you a heads-up: a {what} is planned for {told.when}.",
        "Read what it says, so that you are ready when others ask. Then say that you have read it. "
        "Until it has gone out, keep it among those who need to know.",
        button="Read the heads-up",
    )


@kind("heads_up_moved", "A planned sending was moved")
def moved(context: dict[str, Any]) -> Message:
    told = HeadsUpLetter(context)
    if not told.heads_up.is_open:
        raise NotNeeded
    return told.say(
        f"{told.what} moved to {told.when}",
        f"{told.heads_up.owner} now plans the {told.what} for {told.when}. You had a heads-up of "
        "it. The reason for the move is on its page.",
        button="Open the heads-up",
    )


@kind("heads_up_withdrawn", "A heads-up was withdrawn")
def withdrawn(context: dict[str, Any]) -> Message:
    told = HeadsUpLetter(context)
    return told.say(
        f"{told.what} withdrawn, planned for {told.when}",
        f"{told.heads_up.owner} withdrew the {told.what} that was planned for {told.when}. You had "
        "a heads-up of it. It will not go out. The reason is on its page.",
        button="Open the heads-up",
    )
