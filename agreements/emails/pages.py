"""The e-mails on a thing, on its page and on pages of their own, for one reader."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Model
from django.urls import reverse

from agreements.core.emailing import Things, things_of
from agreements.emails import words
from agreements.emails.inbound.addresses import address_for
from agreements.emails.queries import counted_on, emails_of, emails_on
from agreements.emails.services import AS_SUCH, is_own
from agreements.models import Agreement, EmailWord, SavedEmail
from house.room import Section
from nhsuk.components import Button, Link, Tag
from nhsuk.dates import day, moment
from nhsuk.words import plural
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
            hidden = kind.said(each).name
            found[each.pk] = Link(text, list_url(key, each.pk), hidden)
    return found


class EmailPage:
    """One e-mail for one reader (six queries besides the thing's)."""

    def __init__(self, email: SavedEmail, things: Things[Any], thing: Model, by: Acting) -> None:
        self.email, self.things, self.row, self.acting = email, things, thing, by
        self.thing = things.said(thing)
        rows = email.words.select_related("organisation", "user__person")
        self.said = list(rows.prefetch_related("organisation__names").order_by("at", "pk"))

    @cached_property
    def is_own(self) -> bool:
        return is_own(self.acting, self.email)

    @property
    def is_open(self) -> bool:
        """What was entered in error is read by its own organisation alone."""
        return self.is_own or not self.email.is_error

    @property
    def title(self) -> str:
        return words.title_of(self.email) if self.is_open else "An e-mail entered in error"

    @property
    def tag(self) -> Tag | None:
        return tag_of(self.email, self.said)

    @property
    def facts(self) -> Iterator[tuple[str, list[str]]]:
        email = self.email
        yield "From", [words.sender_of(email)]
        yield "To", email.recipients or ["Nobody is named"]
        yield "Sent", [words.sent_words(email)]

    @property
    def put(self) -> str:
        """Who put it here, for whom, when."""
        email = self.email
        if email.by_mail:
            return (
                f"It came from {email.by_mail} to the address of {email.put_for} for this "
                f"agreement, at {moment(email.put_at)}."
            )
        return f"{email.put_by} put it here for {email.put_for}, at {moment(email.put_at)}."

    @property
    def remarks(self) -> list[str]:
        return list(words.remarks_on(self.email, self.thing))

    @property
    def attachments(self) -> Iterator[tuple[str, str, str]]:
        """Name, what it is, and where it is opened, if the portal opens it."""
        for number, each in enumerate(self.email.attachments):
            args = [self.email.public_id, number]
            url = reverse("emails:attachment", args=args) if words.opens(each) else ""
            yield each["name"], words.attachment_words(each), url

    @property
    def not_listed(self) -> int:
        return self.email.attachment_count - len(self.email.attachments)

    @property
    def answers(self) -> Iterator[str]:
        """What the others say of it."""
        for word in self.said:
            did = "confirmed it" if word.agrees else "said that it is not right"
            reason = f": {word.reason}" if word.reason else "."
            yield f"{word.said_by}, {word.organisation}, {did} on {day(word.at)}{reason}"

    @property
    def error(self) -> str:
        email = self.email
        if not email.is_error:
            return ""
        return f"By {email.error_by} on {day(email.error_at)}: {email.error_because}"

    @cached_property
    def may_act(self) -> bool:
        return not self.email.is_error and self.things.has_part(self.row, self.acting)

    @property
    def may_move(self) -> bool:
        """From the agreement as such to one of its things."""
        return self.may_act and self.is_own and self.email.kind == AS_SUCH

    @property
    def ways(self) -> Iterator[Link]:
        """What the reader can do about it."""
        at = [self.email.public_id]
        if self.may_act and not self.is_own:
            yield Link("Say whether it is right", reverse("emails:answer", args=at))
        if self.may_move:
            yield Link("Say what it is about", reverse("emails:move", args=at))
        if self.may_act and self.is_own:
            yield Link("It was entered in error", reverse("emails:error", args=at))
