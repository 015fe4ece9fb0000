"""The text of an agreement in force is varied or corrected, up to where a test wants it."""

from __future__ import annotations

from typing import Any

from agreements.drafting.services.editing import edit_clause, edit_terms
from agreements.models import Agreement, Change, Version
from agreements.variations.services import begin_correction, begin_variation
from tests.cast import Cast, acting
from tests.stages import approve, ask, clause, draft_of, give, sent


def vary(cast: Cast, agreement: Agreement, because: str = "We meet more often.") -> Change:
    return begin_variation(by=acting(cast.manager), agreement=agreement, because=because)


def correct(cast: Cast, agreement: Agreement) -> Change:
    return begin_correction(by=acting(cast.manager), agreement=agreement, because="A slip.")


def write(cast: Cast, agreement: Agreement, body: str, key: str = "openness") -> None:
    """Edits a clause of the draft as anybody does."""
    text = clause(agreement, key)
    edit_clause(by=acting(cast.manager), clause=text, edit_no=text.edit_no, body=body)


def on_terms(cast: Cast, agreement: Agreement, **terms: Any) -> None:
    draft = draft_of(agreement)
    wanted = draft.typed_terms.model_copy(update=terms)
    edit_terms(by=acting(cast.manager), version=draft, terms=wanted)


def out_for_signature(cast: Cast, agreement: Agreement) -> Version:
    """The draft numbered, approved by both, and both signatories asked."""
    version = sent(cast, Agreement.objects.get(pk=agreement.pk))
    approve(cast.manager, version)
    approve(cast.other_manager, version)
    ask(cast.manager, version, cast.signatory)
    ask(cast.other_manager, version, cast.other_signatory)
    return version


def sign_by_all(cast: Cast, version: Version) -> Version:
    for who, slot in ((cast.signatory, "area_team"), (cast.other_signatory, "ccg")):
        give(who, version.signature_requests.get(party__slot=slot))
    return Version.objects.get(pk=version.pk)


def varied(
    cast: Cast,
    agreement: Agreement,
    body: str = "We are open.",
    key: str = "openness",
    **terms: Any,
) -> Version:
    """Varied and signed by all."""
    vary(cast, agreement)
    write(cast, agreement, body, key)
    if terms:
        on_terms(cast, agreement, **terms)
    return sign_by_all(cast, out_for_signature(cast, agreement))
