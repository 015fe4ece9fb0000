"""What is owed under an agreement whose clauses and terms ask for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from agreements.models import Agreement, Party, Template, TemplateClause, TemplateVersion
from agreements.terms import CommitmentTerm, as_stored
from commitments.models import Commitment
from commitments.owed.reading import owed_under
from commitments.owed.services.occurrences import SaidOf, record_occurrence, record_standing
from commitments.owed.status import keepings_of
from house import clock
from house.answers import Keeping
from house.tracked import save_all
from parties.acting import Acting
from parties.models import User
from tests.cast import Cast, acting
from tests.once import once
from tests.stages import ask, drafted, frozen, give, template

LEARNING, SCHEDULES = "purpose", "meet"
MONTHLY = CommitmentTerm(
    key="schedules", label="Payment schedules", clause=SCHEDULES, slots=("area_team",),
    cadence="monthly", by_financial_year=True, standard="",
)  # fmt: skip


def owing_template(cast: Cast, terms: Iterable[CommitmentTerm] = (MONTHLY,)) -> TemplateVersion:
    """The short template; “Purpose” is owed by the Area Team as it comes up, and “Meetings” as the
    terms say."""
    made = template(cast.area_team)
    made.terms = as_stored(made.typed_terms.model_copy(update={"commitments": tuple(terms)}))
    made.save()
    made.template.key = f"owing-{Template.objects.count()}"
    made.template.save()
    clauses = list(TemplateClause.objects.filter(version=made))
    for clause in clauses:
        if clause.key in {LEARNING, SCHEDULES}:
            clause.bindings = [*clause.bindings, "commitment"]
            clause.kind, clause.owed_by = "duty", ["area_team"]
    save_all(clauses, ["bindings", "kind", "owed_by"])
    return made


@once
def owing(cast: Cast, terms: Iterable[CommitmentTerm] = (MONTHLY,)) -> Agreement:
    """In force on this text."""
    version = frozen(cast, drafted(cast, source=owing_template(cast, terms)))
    for by, who in ((cast.manager, cast.signatory), (cast.other_manager, cast.other_signatory)):
        give(who, ask(by, version, who, because="Agreed."))
    return Agreement.objects.get(pk=version.agreement_id)


@once
def standing_only(cast: Cast) -> Agreement:
    """The same on terms that list nothing: both clauses are owed as they come up."""
    return owing(cast, ())


def commitment(agreement: Agreement, clause: str = LEARNING) -> Commitment:
    return Commitment.objects.select_related("agreement").get(
        agreement=agreement, clause_key=clause, state="running"
    )


def kept(agreement: Agreement, clause: str = LEARNING) -> Keeping:
    """What the page says of the clause now."""
    again, of = Agreement.objects.get(pk=agreement.pk), party(agreement).organisation
    who = Acting(User.objects.system(), of)
    return keepings_of(owed_under([again], who)[again.pk])[f"commitment:{clause}"]


def done(by: User, of: Commitment, first: date | None = None, **said: Any) -> Any:
    """Recorded as done today, with words that show it."""
    facts: dict[str, Any] = {
        "outcome": "done",
        "done_on": clock.today(),
        "shown_by": "In the minutes.",
    } | said
    if first is None:
        return record_standing(by=acting(by), commitment=of, said=SaidOf(**facts))
    return record_occurrence(
        by=acting(by), commitment=of, first=first, number=1, said=SaidOf(**facts)
    )


def party(agreement: Agreement, slot: str = "area_team") -> Party:
    return agreement.parties.get(slot=slot)
