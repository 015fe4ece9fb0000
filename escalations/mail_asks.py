"""What an e-mail asks of its reader: act, record for somebody, name somebody, or nothing."""

from __future__ import annotations

from agreements.core.telling import managers_of
from agreements.models import Party
from escalations.mail_context import DisagreementLetter
from escalations.rules.levels import is_top
from nhsuk.words import and_list
from parties.models import Person


def what_to_do(about: DisagreementLetter) -> str:
    """A sentence or two for the reader."""
    if about.on.is_vacant:
        return _nobody_acts(about)
    absent = any(about.people.must_be_recorded_for(p, about.own) for p in about.on.people)
    if about.acts:
        return _ask_the_manager(about) if absent and not about.on.team else _act(about)
    acts = f"At this level {about.on.names} acts for {about.own.name}"
    if not absent or about.on.team:
        return f"{acts}."
    return f"{acts}, and cannot answer here. The MoU manager records what they decide."


def _act(about: DisagreementLetter) -> str:
    first = "accept it, or propose something else" if about.has_to_answer else "make a proposal"
    last = (
        ""
        if is_top(about.disagreement.terms, about.disagreement.level)
        else (" If it cannot be settled at this level, take it to the next.")
    )
    who = "Your team acts" if about.on.team else "You act"
    return f"{who} for your side: {first}.{last}"


def _ask_the_manager(about: DisagreementLetter) -> str:
    managers = and_list(_managers_of(about.own)) or "your MoU manager"
    return (
        "You act for your side, and you have no account here or are away. "
        f"Ask {managers} to show you what was said and to record what you decide."
    )


def _nobody_acts(about: DisagreementLetter) -> str:
    post = f" By the terms that is: {about.on.post}." if about.on.post else ""
    asked = "Say who it is." if about.must_name else "Your MoU manager says who it is."
    return f"Nobody acts for {about.own.name} at this level yet.{post} {asked}"


def _managers_of(party: Party) -> list[str]:
    people = [recipient.person_id for recipient in managers_of(party) if recipient.person_id]
    found = Person.objects.filter(pk__in=people).order_by("name")
    return list(found.values_list("name", flat=True))
