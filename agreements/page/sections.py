"""What the pages of an agreement hold that no other room has: its text, how it is kept, people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from agreements.contacts.lacking import lacking
from agreements.contacts.matrix import vacancies_of
from agreements.core.parties import (
    parties_of,
    sides_of,
    vacant_in_words,
    version_of_terms,
)
from agreements.core.reached import page_of
from agreements.core.seats import against_levels
from agreements.core.states import ApprovalStanding
from agreements.core.texts import blank_labels, clauses_of
from agreements.drafting.blanks import show_missing
from agreements.drafting.wording import worded_heading, words_of
from agreements.models import Agreement, ClauseKind, Version
from agreements.page.attention import contacts_without_role
from agreements.page.life import Life
from agreements.page.not_watched import NotWatched
from agreements.page.standing import AgreementStanding
from agreements.register.pages import OnPaper, links_of
from agreements.terms import Terms, end_in_words, review_in_words
from agreements.versions.rows import SignatureRow, colour
from deadlines.rules.working_days import Holidays, distance
from house.answers import Section, Subpage
from house.clock import months_after
from nhsuk.components import MOST_SIDES, Button, Link, Tag, counted
from nhsuk.dates import day
from nhsuk.words import capital
from parties.acting import Acting

TEXT = Subpage("versions", "Text", 10, ("versions", "documents"))
KEPT = Subpage("kept", "How it is kept", 20, ("kept", "review"))
PEOPLE = Subpage("people", "People", 30, ("contacts", "standing"))
HISTORY = Subpage("history", "History", 90, ("happened",))


def sections_of(agreement: Agreement, subpage: str, acting: Acting) -> Iterator[Section]:
    """What stands on this page of the agreement, beside what other rooms have for it."""
    if subpage == TEXT.key:
        yield from _text(AgreementStanding(agreement), acting)
    elif subpage == KEPT.key:
        kept = Life(agreement, acting).kept
        beside = NotWatched(kept, agreement, acting)
        yield _section("kept", "What the portal watches", 1, kept=kept, beside=beside)
    elif subpage == PEOPLE.key:
        yield from _people(AgreementStanding(agreement), acting)


def _text(now: AgreementStanding, acting: Acting) -> Iterator[Section]:
    under_way = now.draft or now.situation.version
    version = now.in_force or under_way or now.newest
    button = Button(f"Read {_called(version)}", page_of(version))
    new = under_way if now.in_force else None
    yield _section(
        "text", f"What {_called(version)} says", 1, button, clauses=clause_links(version),
        new=new, way=new and Link(f"Read {_called(new)}", page_of(new)),
    )  # fmt: skip
    if now.files or now.former_copies:
        copy = now.situation.copy
        links = list(links_of(copy, acting)) if copy else []
        yield _section("documents", "Documents", 3, now=now, links=links)


def _called(version: Version) -> str:
    return "the draft" if version.is_draft else f"version {version.label}"


def clause_links(version: Version) -> list[tuple[Link, bool]]:
    """The headings of the text, each with the way to its clause and whether it is a section's."""
    named = clauses_of(version)
    labels: dict[str, str] = {}
    words: dict[str, str] = {}
    if any("{{" in clause.heading for clause in named):
        labels = blank_labels(version.agreement, parties_of(version.agreement))
        words = words_of(version)
    return [
        (
            Link(show_missing(worded_heading(each.name, words), labels), each.url),
            each.kind == ClauseKind.SECTION,
        )
        for each in named
    ]


def _people(now: AgreementStanding, acting: Acting) -> Iterator[Section]:
    own = [] if now.agreement.is_over else sides_of(now.agreement, acting)
    notes = [*vacant_in_words(vacancies_of(now.agreement)), *contacts_without_role(own)]
    notes += lacking(now.agreement)
    notes += against_levels(now.agreement, version_of_terms(now.agreement).typed_terms)
    if notes:
        yield _section("vacant", "What to put right", 1, notes=notes)
    if rows := now.approvals_and_signatures:
        yield _section(
            "standing", "Approvals and signatures", 5,
            version=now.shown, rows=rows, approval_tag=approval_tag, in_short=_in_short(rows),
        )  # fmt: skip
    if copy := now.situation.copy:
        yield _section("on_paper", "Approvals and signatures", 5, paper=OnPaper(copy))


def _in_short(rows: Sequence[tuple[ApprovalStanding, SignatureRow]]) -> str:
    """Of many parties how many have approved and signed; empty where all are shown."""
    if len(rows) <= MOST_SIDES:
        return ""
    approvals = counted(approval_tag(row) for row, _ in rows if row.route.route != "none")
    return (
        f"Approvals: {approvals or 'none needed'}. Signatures: {counted(r.tag for _, r in rows)}."
    )


def _section(
    anchor: str, heading: str, position: int, action: Button | None = None, **context: Any
) -> Section:
    template = f"agreements/{anchor}_section.jinja"
    return Section(anchor, heading, position, template, context, action)


def approval_tag(row: ApprovalStanding) -> Tag:
    if row.latest is None:
        return Tag("Not decided", "yellow")
    return Tag(row.latest.get_decision_display(), colour(row))


def date_rows(
    agreement: Agreement, terms: Terms, today: date, holidays: Holidays
) -> Iterator[tuple[str, str]]:
    """Date of sign-off, date of review, and what else is fixed; before signature, how they come."""
    signed_on, runs_from, review_on = agreement.start_on, agreement.runs_from, agreement.review_on
    yield "Date of sign-off", day(signed_on) or "The day of the last signature"
    if effect := agreement.effective_on or (terms.period.starts_on if not signed_on else None):
        yield "With effect from", day(effect)
    if review := _review(review_on, terms, today, holidays):
        yield "Date of review", review
    if terms.minimum_months and runs_from:
        yield "In force at least until", day(months_after(runs_from, terms.minimum_months))
    if end := end_in_words(terms.period).removeprefix("on "):
        yield "End", capital(end)


def _review(review_on: date | None, terms: Terms, today: date, holidays: Holidays) -> str:
    if review_on is None:
        term = terms.review
        return capital(review_in_words(term, terms.period)) if term else ""
    return f"{day(review_on)}, {distance(review_on, today, holidays)}"
