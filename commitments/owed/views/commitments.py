"""The page of a commitment, and how one is recorded, changed, confirmed and taken back."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from agreements.core.choices import people_for_each
from agreements.core.confirming import ConfirmationForm
from agreements.core.parties import there_today, version_of_terms
from agreements.core.reached import agreement_of
from agreements.core.telling import told_others
from agreements.core.texts import clauses_of
from commitments.models import Commitment
from commitments.owed import words
from commitments.owed.forms.owing import ChangeCommitmentForm, NewCommitmentForm
from commitments.owed.pages.commitment import CommitmentPage
from commitments.owed.rights import require_owing, require_take_back
from commitments.owed.said import Lead
from commitments.owed.services.recording import (
    answer_commitment,
    change_commitment,
    commitment_in_error,
    end_commitment,
    record_commitment,
    says_when,
)
from commitments.owed.views.reached import about, commitment_of, way_to_list
from commitments.owed.words import list_of, page_of
from commitments.rules import require_recorder
from nhsuk.offers import Choices
from parties.acting import Acting, acting_of
from web.carrying_out import ReasonForm, posted, save_form


def commitment_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """What is owed, by whom, when, and what was done."""
    commitment = commitment_of(request, key)
    page = CommitmentPage(commitment, acting_of(request))
    way = way_to_list(commitment.agreement)
    return render(request, "commitments/owed.jinja", {"page": page, "words": words, "way": way})


def new_commitment(request: HttpRequest, reference: str) -> HttpResponse:
    """Records something that is owed and that the text does not list."""
    agreement, acting = agreement_of(request, reference), acting_of(request)
    require_recorder(acting, agreement)
    clauses = [(c.key, c.name) for c in clauses_of(version_of_terms(agreement)) if c.is_duty]
    form = posted(request, NewCommitmentForm, parties=there_today(agreement), clauses=clauses)

    def record(**_: object) -> Commitment:
        return record_commitment(by=acting, agreement=agreement, **form.said())

    return save_form(
        request,
        form,
        record,
        done=lambda made: (
            f"Commitment {made.number} is recorded.\n{told_others(agreement, acting)}"
        ),
        to=list_of(agreement),
        leads_to=page_of,
        title="Record a commitment",
        caption=agreement.full_title,
        button="Record the commitment",
        way=way_to_list(agreement),
    )


def change(request: HttpRequest, key: UUID) -> HttpResponse:
    """Who takes it forward, and where no text says it, what and when."""
    commitment, acting = commitment_of(request, key), acting_of(request)
    require_recorder(acting, commitment.agreement)
    form = ChangeCommitmentForm(
        request.POST or None, commitment=commitment, leads=_leads(commitment, acting),
        says_when=says_when(commitment),
    )  # fmt: skip

    def act(edit_no: int, details: str, what: str = "", lead: str = "", **_: object) -> str:
        changed = change_commitment(
            by=acting, commitment=commitment, edit_no=edit_no, details=details, what=what,
            lead=_lead_from(lead, commitment), when=form.when() if form.says_when else None,
        )  # fmt: skip
        if not changed:
            return "Nothing was changed."
        return f"Commitment {commitment.number} is changed.\n{_told(commitment, acting)}"

    title = f"Change commitment {commitment.number}"
    shared = about(commitment) | {"caption": commitment.what}
    return save_form(request, form, act, done=str, title=title, **shared)


def answer(request: HttpRequest, key: UUID) -> HttpResponse:
    """Who owes it confirms what another party recorded, or says what is not right."""
    commitment, acting = commitment_of(request, key), acting_of(request)
    require_owing(acting, commitment)
    form = posted(request, ConfirmationForm, what="this commitment")

    def say(because: str, **_: object) -> None:
        answer_commitment(by=acting, commitment=commitment, agrees=form.agrees, because=because)

    return save_form(
        request,
        form,
        say,
        done=lambda _: f"{form.done}\n{_told(commitment, acting)}",
        title="Say whether this commitment is right",
        button="Send your answer",
        **about(commitment),
    )


def end(request: HttpRequest, key: UUID) -> HttpResponse:
    """Nothing of it is owed any more."""
    commitment, acting = commitment_of(request, key), acting_of(request)
    require_take_back(acting, commitment)
    return save_form(
        request,
        posted(request, ReasonForm, label="Why it ends"),
        partial(end_commitment, by=acting, commitment=commitment),
        done=lambda _: f"Commitment {commitment.number} has ended.\n{_told(commitment, acting)}",
        title="End this commitment",
        lead="From tomorrow on nothing of it is owed. What was recorded stays readable.",
        button="End the commitment",
        warning=True,
        **about(commitment),
    )


def error(request: HttpRequest, key: UUID) -> HttpResponse:
    """It never should have been there."""
    commitment, acting = commitment_of(request, key), acting_of(request)
    require_take_back(acting, commitment)
    done = f"Commitment {commitment.number} is marked as entered in error."
    return save_form(
        request,
        posted(request, ReasonForm, label="What was wrong"),
        partial(commitment_in_error, by=acting, commitment=commitment),
        done=lambda _: f"{done}\n{_told(commitment, acting)}",
        title="Entered in error",
        lead="It leaves every count, and nobody is reminded of it. It stays readable with your "
        "reason, and the other parties are told. This cannot be undone.",
        button="Mark as entered in error",
        warning=True,
        **about(commitment),
    )


def _leads(commitment: Commitment, acting: Acting) -> Choices:
    """The people and teams of the party that owes it, as far as the reader may see them."""
    if commitment.owed_by is None:
        return []
    organisation = commitment.owed_by.organisation
    people = people_for_each([organisation], acting)[organisation.pk]
    found = [(f"person-{pk}", name) for pk, name in people]
    return found + [(f"team-{team.pk}", team.name) for team in organisation.teams.all()]


def _lead_from(value: str, commitment: Commitment) -> Lead:
    """The lead that a value of the list stands for; the service says whether it may be."""
    kind, _, pk = value.partition("-")
    if not pk or commitment.owed_by is None:
        return Lead(commitment.person, commitment.team) if not commitment.owed_by else Lead()
    return Lead.called(kind, int(pk))


def _told(commitment: Commitment, acting: Acting) -> Any:
    return told_others(commitment.agreement, acting)
