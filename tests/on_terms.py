"""The short agreement on other terms, at its stages."""

from __future__ import annotations

from typing import Any

from agreements.drafting.services.editing import edit_clause, edit_terms
from agreements.models import Agreement
from tests.cast import Cast, acting
from tests.stages import ask, clause, draft_of, drafted, frozen, give


def drafted_on(cast: Cast, **terms: Any) -> Agreement:
    agreement = drafted(cast)
    draft = draft_of(agreement)
    said = draft.typed_terms.model_copy(update=terms)
    edit_terms(by=acting(cast.manager), version=draft, terms=said)
    for key in ("meet", "review"):
        text = clause(agreement, key)
        body = "The parties do so as the terms say."
        edit_clause(by=acting(cast.manager), clause=text, edit_no=text.edit_no, body=body)
    return agreement


def in_force_on(cast: Cast, **terms: Any) -> Agreement:
    """Signed by both, before anybody approved it."""
    version = frozen(cast, drafted_on(cast, **terms))
    for by, who in ((cast.manager, cast.signatory), (cast.other_manager, cast.other_signatory)):
        give(who, ask(by, version, who, because="Agreed."))
    return Agreement.objects.get(pk=version.agreement_id)
