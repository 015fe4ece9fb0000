"""What the sections of an agreement's page say: its steps, what needs attention, its dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from django.urls import reverse

from agreements.core.parties import Vacancy, or_list
from agreements.core.situations import NextStep, Situation, own_first
from agreements.core.states import ApprovalStanding, approvals_of, is_passed, standings
from agreements.models import Agreement, Party, Version
from agreements.register.room import steps_of_copy
from agreements.signing.pages.documents import FileOnPage
from agreements.terms import Terms
from agreements.versions.rows import SignatureRow, signature_rows
from agreements.versions.waiting import steps_of_version
from deadlines.rules.working_days import Holidays, distance
from house.clock import months_after
from nhsuk.components import Button, Tag
from nhsuk.dates import day
from nhsuk.words import plural
from parties.acting import Acting


def steps_of(situation: Situation, acting: Acting) -> list[NextStep]:
    """The steps that are open, those of the reader first."""
    return own_first([*steps_of_version(situation, acting), *steps_of_copy(situation, acting)])


def action_on(draft: Version, *, may_edit: bool) -> Button:
    edits = may_edit and not draft.agreement.is_over
    text = "Edit the draft" if edits else "Read the draft"
    return Button(text, reverse("agreements:text", args=[draft.agreement.reference]))


def to_read(
    agreement: Agreement, under_way: Version | None, files: Iterable[FileOnPage]
) -> Button | None:
    """The text under way, else the signed copy."""
    if under_way:
        url = reverse("agreements:version", args=[agreement.reference, under_way.seq])
        return Button(f"Read version {under_way.label}", url)
    ready = next((file for file in files if file.href), None)
    return Button(f"Download the {ready.title.lower()}", ready.href) if ready else None


def of_draft(number: int, blanks_open: int) -> Iterator[str]:
    """What the draft leads to, and what is still open in it."""
    yield f"When the draft is ready, an MoU manager makes it version 0.{number}."
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
        yield f"{name} has no {or_list(of_party)}."


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


def date_rows(
    agreement: Agreement, terms: Terms, today: date, holidays: Holidays
) -> Iterator[tuple[str, str]]:
    """Date of sign-off, date of review, and what else is fixed; before signature, how they come."""
    start_on, review_on = agreement.start_on, agreement.review_on
    yield "Date of sign-off", day(start_on) or "The day of the last signature"
    yield "Date of review", _review(review_on, terms, today, holidays)
    if terms.minimum_months and start_on:
        yield "In force at least until", day(months_after(start_on, terms.minimum_months))
    if end_on := agreement.end_on:
        yield "End", f"{day(end_on)}, {distance(end_on, today, holidays)}"


def _review(review_on: date | None, terms: Terms, today: date, holidays: Holidays) -> str:
    if review_on is None:
        months = plural(terms.review.after_months, "month")
        return f"{months} after the date of sign-off"
    return f"{day(review_on)}, {distance(review_on, today, holidays)}"


def approval_tag(row: ApprovalStanding) -> Tag:
    if row.latest is None:
        return Tag("Not decided", "yellow")
    return Tag(row.latest.get_decision_display(), "green" if row.is_given else "yellow")


def rows_of(version: Version, situation: Situation) -> list[tuple[ApprovalStanding, SignatureRow]]:
    """One row for each signature that the terms ask for; a party with one has one row."""
    if version == situation.version:
        rows, requests = situation.standings, situation.requests
    else:
        rows = standings(version, situation.parties, approvals_of(version))
        requests = list(version.signature_requests.select_related("person", "signature"))
    names = {party.slot: party.name for party in situation.parties}
    return signature_rows(version, rows, requests, names)
