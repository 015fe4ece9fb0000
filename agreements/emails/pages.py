"""The e-mails on a thing, on its page and on pages of their own, for one reader."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Model
from django.urls import reverse

from agreements.core.emailing import Things, things_of
from agreements.emails import words
from agreements.emails.inbound.addresses import address_for
from agreements.emails.queries import counted_on, emails_of, emails_on
from agreements.models import Agreement, EmailWord, SavedEmail
from house.answers import Section
from nhsuk.components import Button, Link, Tag
from nhsuk.dates import day
from nhsuk.words import in_sentence, plural
from parties.acting import Acting

ERROR, DISPUTED = Tag("Entered in error", "grey"), Tag("Said to be not right", "yellow")
CONFIRMED = Tag("Confirmed", "green")
PUT = "Put an e-mail here"


def url_of(email: SavedEmail) -> str:
    return reverse("emails:email", args=[email.public_id])


def list_url(key: str, pk: int) -> str:
    """Where all e-mails on a thing are listed."""
    return reverse("emails:on", args=[key, pk])


def put_url(key: str, pk: int) -> str:
    return reverse("emails:put", args=[key, pk])


@dataclass(frozen=True)
class EmailLine:
    """One of the e-mails on a thing: who sent it, when, what about."""

    email: SavedEmail
    # Among those on other things it says on what it is.
    says_on_what: bool = False

    @property
    def link(self) -> Link:
        """Of one entered in error nothing that it says."""
        title = "An e-mail" if self.email.is_error else words.title_of(self.email)
        return Link(title, url_of(self.email))

    @property
    def facts(self) -> list[str]:
        email = self.email
        put = f"Put here by {email.put_for} on {day(email.put_at)}."
        if self.says_on_what:
            put = f"About {things_of(email.kind).label}. {put}"
        if email.is_error:
            return [put]
        return [f"From {words.sender_of(email)}.", f"Sent {words.sent_words(email)}.", put]

    @property
    def tag(self) -> Tag | None:
        return tag_of(self.email, list(self.email.words.all()))


def tag_of(email: SavedEmail, said: Collection[EmailWord]) -> Tag | None:
    """How it stands; silence lets it stand. Of each organisation the newest word counts."""
    if email.is_error:
        return ERROR
    newest = {word.organisation_id: word.agrees for word in said}
    if not newest:
        return None
    return CONFIRMED if all(newest.values()) else DISPUTED


class EmailsOn:
    """The part of a thing's page that has its e-mails (two queries; one where there are none)."""

    def __init__(self, key: str, thing: Model, acting: Acting) -> None:
        self.things: Things[Any] = things_of(key)
        self.thing, self.acting = thing, acting

    @cached_property
    def lines(self) -> list[EmailLine]:
        return [EmailLine(each) for each in emails_on(self.things, self.thing.pk, self.acting)]

    @cached_property
    def put(self) -> Link | None:
        """Where the reader puts one, if they may."""
        if not self.things.may_put(self.thing, self.acting):
            return None
        return Link(PUT, put_url(self.things.key, self.thing.pk))

    @property
    def is_shown(self) -> bool:
        return bool(self.put or self.lines)


class EmailsOf(EmailsOn):
    """All e-mails on things of an agreement that the reader may read, and those on it as such."""

    @cached_property
    def lines(self) -> list[EmailLine]:
        assert isinstance(self.thing, Agreement)  # noqa: S101 - that is what it is made with
        found = emails_of(self.thing, self.acting)
        return [EmailLine(each, says_on_what=True) for each in found]

    @cached_property
    def address(self) -> str:
        """Where the reader's organisation forwards e-mails for this agreement, if anywhere."""
        assert isinstance(self.thing, Agreement)  # noqa: S101 - that is what it is made with
        return address_for(self.thing, self.acting.organisation_id) if self.put else ""


def section_of(agreement: Agreement, acting: Acting) -> Section:
    part = EmailsOf("agreement", agreement, acting)
    action = Button(part.put.text, part.put.href, kind="secondary") if part.put else None
    return Section("emails", "E-mails", 1, "emails/section.jinja", {"emails": part}, action)


def links_to(key: str, things: Collection[Model], acting: Acting) -> dict[int, Link]:
    """By id, for things that are lines on a page: to the list of e-mails on each (one query)."""
    kind = things_of(key)
    counts = counted_on(kind, [each.pk for each in things], acting) if things else {}
    found = {}
    for each in things:
        number = counts.get(each.pk, 0)
        if number or kind.may_put(each, acting):
            text = f"{plural(number, 'e-mail')} about it" if number else PUT
            hidden = in_sentence(kind.said(each).name)
            found[each.pk] = Link(text, list_url(key, each.pk), hidden)
    return found
