"""What needs somebody in an agreement: its steps, and what is worth knowing, as sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.urls import reverse

from agreements.changes.queries import changes_of, said_again
from agreements.core.asked_again import end_as_it_stands
from agreements.core.parties import contacts_in, vacancies, vacant_in_words
from agreements.core.situations import Situation
from agreements.core.state_in_words import SAY_WHICH
from agreements.core.states import is_passed
from agreements.core.steps import NextStep, own_first
from agreements.core.texts import next_label
from agreements.models import Agreement, Party, Version
from agreements.register.room import steps_of_copy
from agreements.signing.pages.documents import FileOnPage
from agreements.terms import MANAGER_ROLE
from agreements.versions.waiting import steps_of_version
from deadlines.kinds import of_person
from nhsuk.components import Button
from nhsuk.dates import day
from nhsuk.words import plural
from parties.acting import Acting
from parties.models import Role
from parties.reader import holders


def steps_of(situation: Situation, acting: Acting) -> list[NextStep]:
    """The steps that are open, those of the reader first."""
    return own_first([*steps_of_version(situation, acting), *steps_of_copy(situation, acting)])


def action_on(draft: Version, *, may_edit: bool) -> Button:
    agreement = draft.agreement
    edits = may_edit and not agreement.is_over and not agreement.has_fixed_text
    text = "Edit the draft" if edits else "Read the draft"
    return Button(text, reverse("agreements:text", args=[agreement.reference]))


def to_read(
    agreement: Agreement, under_way: Version | None, files: Iterable[FileOnPage]
) -> Button | None:
    """The text under way, else the signed copy."""
    if under_way:
        url = reverse("agreements:version", args=[agreement.reference, under_way.seq])
        return Button(f"Read version {under_way.label}", url)
    ready = next((file for file in files if file.href), None)
    return Button(f"Download the {ready.title.lower()}", ready.href) if ready else None


def of_draft(draft: Version, versions: Iterable[Version], blanks_open: int) -> Iterator[str]:
    """What the draft leads to, and what is still open in it."""
    label = next_label(draft, versions)
    yield f"When the draft is ready, an MoU manager makes it version {label}."
    if blanks_open:
        verb = "is" if blanks_open == 1 else "are"
        yield f"{plural(blanks_open, 'blank')} in the draft {verb} not filled in."


def warnings(agreement: Agreement, today: date) -> Iterator[str]:
    """What somebody should put right."""
    if agreement.has_duties and is_passed(agreement.last_day, today):
        said, asks = end_as_it_stands(agreement, said_again(changes_of(agreement)))
        yield f"{said} {SAY_WHICH}" if asks else said
    if agreement.has_duties and agreement.review_was_past:
        yield "Hold the review now, or record its outcome if it was held."
    elif agreement.has_duties and is_passed(agreement.review_on, today):
        yield (
            f"The date of review, {day(agreement.review_on)}, has passed. "
            "The MoU stays in force: a missed review ends nothing."
        )
    if not agreement.is_over:
        yield from vacant_in_words(vacancies(agreement))


def contacts_without_role(own: Iterable[Party]) -> Iterator[str]:
    """Rights follow the role, mail goes to the contact: say so when they are not one person."""
    sides = list(own)
    named = {p.organisation.pk: contacts_in([p.pk]).get((p.pk, MANAGER_ROLE)) for p in sides}
    organisations = {p.organisation.pk: p.organisation for p in sides}
    held = holders((pk, Role.MANAGER) for pk in named)
    for pk, contact in named.items():
        people = {user.person_id for user in held[pk, Role.MANAGER]}
        if contact and contact.person and contact.person_id not in people:
            # Who came with a succession and has no account here gets none (X07).
            reached = of_person(contact.person, organisations[pk], "")
            mail = "to them; those who hold the role can act" if reached else "to who holds it"
            yield (
                f"{contact.person} is your MoU manager for this agreement, but does not hold that "
                f"role in the portal. Mail goes {mail}."
            )
