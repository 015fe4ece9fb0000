"""Key contacts with when each was last confirmed: for their party, and for themselves."""

from __future__ import annotations

from functools import cached_property

from agreements.contacts.asking import Asked
from agreements.contacts.matrix import lines_of
from agreements.contacts.queries import ContactStanding, read_agreements, standings_of
from agreements.contacts.turns import asked_of
from agreements.core.parties import parties_of, version_of_terms
from agreements.core.recipients import role_label
from agreements.models import Agreement, ContactConfirmation, Party
from agreements.terms import ContactRole
from house import clock
from nhsuk.components import Tag
from nhsuk.dates import day
from nhsuk.offers import Choices
from nhsuk.words import capital, in_sentence, with_whom
from parties.models import Person


class AskedPage:
    """What one contact is asked, from the link in an e-mail."""

    def __init__(self, asked: Asked) -> None:
        self.who, self.organisation = asked.holder, asked.organisation
        self.person = asked.holder if isinstance(asked.holder, Person) else None
        self.asked = asked_of(asked.holder, asked.organisation)
        read_agreements(self.asked)

    @property
    def choices(self) -> Choices:
        """What they are, one line for each role, by the id of the contact."""
        return [(str(each.contact.pk), self._line(each)) for each in self.asked]

    @property
    def job_title(self) -> str:
        return next((s.contact.job_title for s in self.asked if s.contact.job_title), "")

    @property
    def lines(self) -> list[str]:
        return [line for _, line in self.choices]

    def _line(self, standing: ContactStanding) -> str:
        party = standing.contact.party
        others = [p.name for p in parties_of(party.agreement) if p.pk != party.pk]
        label = role_label(party, standing.contact.role)
        label = capital(label)
        return f"{label} for the MoU {with_whom(others)} ({party.agreement.reference})"


class ContactsPage:
    """One party's contacts for one agreement, for its own people."""

    vacant, late = Tag("Vacant", "red"), Tag("Late", "red")

    def __init__(self, agreement: Agreement, party: Party) -> None:
        self.agreement, self.party = agreement, party
        self.party.agreement = agreement
        self.today, self.lines_of = clock.today(), lines_of

    @property
    def others(self) -> str:
        names = [p.name for p in parties_of(self.agreement) if p.pk != self.party.pk]
        return with_whom(names)

    @cached_property
    def standings(self) -> dict[str, ContactStanding]:
        return {each.contact.role: each for each in standings_of([self.party])}

    @property
    def rows(self) -> list[tuple[ContactRole, ContactStanding | None]]:
        """Each role of the terms, held or vacant."""
        roles = version_of_terms(self.agreement).typed_terms.contact_roles_of(self.party.slot)
        return [(role, self.standings.get(role.key)) for role in roles]

    @property
    def months(self) -> int:
        return version_of_terms(self.agreement).typed_terms.months_between_confirmations

    @property
    def suggestions(self) -> list[str]:
        """Whom contacts who left named as the one to ask, the newest first."""
        said = ContactConfirmation.objects.filter(contact__party=self.party).exclude(suggestion="")
        newest = said.select_related("contact__person", "contact__team").order_by("-at")[:5]
        return [
            f"{each.contact.person or each.contact.team}, who was "
            f"{role_label(self.party, each.contact.role)} until {day(each.at)}, said whom to ask "
            f"instead: {each.suggestion}"
            for each in newest
        ]

    @cached_property
    def last_words(self) -> dict[int, ContactConfirmation]:
        """Contact id -> the newest confirmation (one query)."""
        said = ContactConfirmation.objects.filter(contact__party=self.party)
        rows = said.select_related("user__person").order_by("at", "pk")
        return {each.contact_id: each for each in rows}

    def how(self, standing: ContactStanding) -> str:
        last = self.last_words.get(standing.contact.pk)
        if last is None:
            return "Named, or in the signed copy"
        by = last.user.get_full_name() if last.user else "themselves"
        return f"{in_sentence(last.get_way_display()).capitalize()}, by {by}"
