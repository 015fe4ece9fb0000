"""One e-mail on record, for one reader."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.db.models import Model
from django.urls import reverse

from agreements.core.emailing import Things
from agreements.emails import words
from agreements.emails.pages import tag_of
from agreements.emails.services import AS_SUCH, is_own
from agreements.models import SavedEmail
from nhsuk.components import Link, Tag
from nhsuk.dates import day, moment
from parties.acting import Acting


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
