"""What is worth knowing about an agreement besides its next steps, as sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from agreements.core.situations import Situation
from agreements.core.states import is_passed
from agreements.core.vacancies import Vacancy
from agreements.models import Party
from nhsuk.dates import day
from nhsuk.words import in_sentence, plural


def of_draft(number: int, blanks_open: int) -> Iterator[str]:
    """What the draft leads to, and what is still open in it."""
    yield f"When the draft is ready, an MoU manager freezes it as version 0.{number}."
    if blanks_open:
        verb = "is" if blanks_open == 1 else "are"
        yield f"{plural(blanks_open, 'blank')} in the draft {verb} not filled in."


def warnings(
    situation: Situation, vacancies: Iterable[Vacancy], own: Iterable[Party], today: date
) -> Iterator[str]:
    """What somebody should put right."""
    agreement = situation.agreement
    if agreement.has_duties and is_passed(agreement.review_on, today):
        yield (
            f"The date of review, {day(agreement.review_on)}, has passed. "
            "The MoU stays in force: a missed review ends nothing."
        )
    yield from _vacant(vacancies)
    for party in own:
        yield from _contact_without_role(situation, party)


def _vacant(vacancies: Iterable[Vacancy]) -> Iterator[str]:
    """A sentence for each party that has roles to fill, and for each that will be vacant soon."""
    found = list(vacancies)
    yield from (vacancy.sentence for vacancy in found if vacancy.leaving)
    now = [vacancy for vacancy in found if not vacancy.leaving]
    for name, of_party in groupby(now, key=lambda vacancy: vacancy.party.name):
        *most, last = [in_sentence(vacancy.role.label) for vacancy in of_party]
        roles = f"{', '.join(most)} or {last}" if most else last
        yield f"{name} has no {roles}."


def _contact_without_role(situation: Situation, party: Party) -> Iterator[str]:
    """Rights follow the role, mail goes to the contact: say so when they are not one person."""
    contact = situation.contacts.get(party.pk)
    holders = situation.holders.get(party.organisation.pk, [])
    if contact is None or contact.person is None:
        return
    if contact.person_id not in {user.person_id for user in holders}:
        yield (
            f"{contact.person} is your MoU manager for this agreement, but does not hold that role "
            "in the portal. Mail goes to them; those who hold the role can act."
        )
