"""Key contacts without an account act by a link, for their party (record 0052).

What they do is done by the same services as by account, with an `Acting` that says by which link:
on record stands who it was, and to which address the link was sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from agreements.core.parties import contacts_in, parties_of
from agreements.models import Agreement, Party
from house.actor import acting_as
from house.refusals import Refused
from mail.kinds import Message
from mail.links.opening import masked, must_work
from mail.links.purposes import Purpose, declare
from mail.links.sending import link_to, url_of
from mail.models import SentLink
from nhsuk.words import with_whom
from parties.acting import Acting
from parties.models import Person, Role, User
from parties.reader import members

LASTS: Final = timedelta(days=60)
NO_LONGER: Final = "You are no longer a key contact of this MoU. Nothing was done."


def for_contacts(key: str, label: str, what: str) -> Purpose:
    """Declares something that key contacts do by a link."""
    return declare(Purpose(key, label, what, LASTS))


# What every e-mail about an agreement in force gives a key contact without an account.
RAISES: Final = for_contacts(
    "raises_issue", "Key contact without an account", "see how an MoU stands, or raise an issue"
)
ANSWERS_REVIEW: Final = for_contacts(
    "answers_review", "Record of a review to confirm", "say whether the record of a review is right"
)
ANSWERS_COPY: Final = for_contacts(
    "answers_copy", "Registered copy to check", "say whether a registered copy is right"
)
ANSWERS_COPY_CHANGE: Final = for_contacts(
    "answers_copy_change", "Change of a registration to answer",
    "say whether a change of a registration is right",
)  # fmt: skip
BUTTON: Final = "See how it stands, or raise an issue"


@dataclass(frozen=True)
class ByLink:
    """A key contact without an account, as the link names them; `about` is a row's id, or empty."""

    link: SentLink
    about: str
    person: Person
    party: Party

    @property
    def agreement(self) -> Agreement:
        return self.party.agreement

    @property
    def title(self) -> str:
        return self.agreement.full_title

    @property
    def mou(self) -> str:
        """ "the MoU with Eastmoor CCG"."""
        others = [each.name for each in parties_of(self.agreement) if each.pk != self.party.pk]
        return f"the MoU {with_whom(others)}"

    @property
    def acting(self) -> Acting:
        """Records and answers for their party, as an editor of it does."""
        said = f"{self.person.name}, by the link sent to {masked(self.link.address)}"
        return Acting(
            User.objects.system(), self.party.organisation, frozenset({Role.EDITOR}), by_link=said
        )


def opened_by(link: SentLink) -> ByLink | None:
    """Who acts by it; None for somebody who is no contact any more, or has an account by now."""
    about, party, person = link.subject.split(":")
    found = Party.objects.select_related("agreement__in_force_version").filter(pk=party).first()
    if found is None:
        return None
    found.organisation  # noqa: B018 - as all of the agreement have it
    who = contact_without_account(found, int(person))
    return ByLink(link, about, who, found) if who and who.email.lower() == link.address else None


@contextmanager
def acts(by: ByLink) -> Iterator[Acting]:
    """For a service: the link is looked at once more. Raises Refused where it no longer holds."""
    must_work(by.link)
    if contact_without_account(by.party, by.person.pk) is None:
        raise Refused(NO_LONGER)
    acting = by.acting
    with acting_as(acting.user):
        yield acting


def contact_without_account(party: Party, person_id: int | None) -> Person | None:
    """The party's key contact, or their deputy, where they have an address and no account."""
    # E-mails have at hand who can log in: most readers can.
    of = party.organisation.pk
    if person_id is None or person_id in members([of])[of]:
        return None
    for (_, _), contact in contacts_in([party.pk]).items():
        for person in (contact.person, contact.deputy):
            if person and person.pk == person_id and person.email and not hasattr(person, "user"):
                return person
    return None


def with_link(
    message: Message, purpose: Purpose, about: object, party: Party | None, person_id: int | None,
    button: str = "",
) -> Message:  # fmt: skip
    """The e-mail with a link in its button, for a key contact without an account; others log in."""
    person = contact_without_account(party, person_id) if party and person_id else None
    if person is None or party is None:
        return message
    of = party.organisation.pk
    link = link_to(purpose, f"{about}:{party.pk}:{person.pk}", person.email, organisation_id=of)
    return replace(message, button_url=url_of(link), button_text=button or message.button_text)


def with_way_in(
    message: Message, agreement: Agreement, party: Party | None, person_id: int | None
) -> Message:
    """The e-mail with a way in that its reader has: without an account no log-in opens a page."""
    if party is None or contact_without_account(party, person_id) is None:
        return message
    if not agreement.takes_acts:
        return replace(message, button_text="", button_url="")
    return with_link(message, RAISES, "", party, person_id, BUTTON)
