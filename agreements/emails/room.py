"""What e-mails on record answer to the rooms below and to the agreement's page."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from agreements.emails.agreement import PAGE, AgreementsEmailed
from agreements.emails.inbound.pages import asking_held_todos
from agreements.emails.inbound.passing import lock_waiting, pass_on, to_pass_on
from agreements.emails.pages import section_of
from agreements.emails.what_goes import GOES
from agreements.models import Agreement
from house.answers import PassingOn, Section, Subpage, Todo
from house.asked_together import Asking
from house.goes import Goes, GoesFile
from house.room import Room
from house.rooms import register
from parties.acting import Acting
from parties.models import Organisation, Succession

SUBPAGE = Subpage(PAGE, "E-mails", 88)
SENTENCES = {
    "email_put": "{actor} put an e-mail on record, about {what}.",
    "email_right": "{actor} confirmed an e-mail on record, about {what}.",
    "email_wrong": "{actor} said that an e-mail on record is not right, about {what}.",
    "email_moved": "{actor} said what an e-mail on record is about: {what}.",
    "email_error": "{actor} said that an e-mail on record was entered in error, about {what}.",
}


class EmailsRoom(Room):
    name, called = "agreements.emails", "E-mails on record"
    locks_at = 40

    def subpages(self, agreement: Agreement) -> list[Subpage]:
        """Before it is in force those on its decisions are at hand, on pages of their own."""
        return [SUBPAGE] if agreement.in_force_version_id else []

    def sections(self, agreement: Agreement, subpage: str, acting: Acting) -> list[Section]:
        return [section_of(agreement, acting)] if subpage == PAGE else []

    def takes_emails(self) -> list[AgreementsEmailed]:
        return [AgreementsEmailed()]

    def goes(self) -> Sequence[Goes | GoesFile]:
        return GOES

    def asking_todo(self, acting: Acting) -> Asking[list[Todo]]:
        """What came from senders whom the portal does not know."""
        return asking_held_todos(acting)

    def to_pass_on(
        self, old: Organisation, agreements: Collection[int], *, full: bool
    ) -> list[PassingOn]:
        return to_pass_on(old, agreements)

    def lock_passed(self, agreement: Agreement) -> None:
        lock_waiting(agreement)

    def succeed(self, succession: Succession, agreement: Agreement, by: Acting) -> None:
        pass_on(succession, agreement)

    def sentences(self) -> dict[str, str]:
        return SENTENCES


register(EmailsRoom())
