"""The text of a signed MoU is changed: one correction that all signed, one variation on its way."""

from __future__ import annotations

from agreements.drafting.services.editing import edit_clause
from agreements.models import Agreement, Change, Version
from agreements.variations.services import begin_correction, begin_variation
from agreements.versions.services.versions import freeze, send_for_approval
from mou_portal.demonstration.acts import (
    AMARA,
    BRYN,
    approve,
    ask_and_sign,
    by,
    days_ago,
    drafted,
    frozen,
)

TITLE, MANAGER, SIGNATORY = "Quality in community clinics", "Quentin Moss", "Rosa Ibarra"
LEARNING = " Each says what it learned once a year, at one of the meetings."


def load() -> None:
    """Unless the text of one is changed already."""
    if Change.objects.filter(kind__in=Change.OF_TEXT).exists():
        return
    agreement = _signed()
    _corrected(agreement)
    _being_varied(agreement)


def _signed() -> Agreement:
    """With Denewick CCG, with a slip in it that nobody saw."""
    with days_ago(250):
        agreement = drafted("Denewick CCG", manager=MANAGER, title=TITLE)
        with by(AMARA) as amara:
            text = agreement.versions.get().texts.exclude(body="").first()
            assert text  # noqa: S101 - the template has clauses
            body = text.body.replace("the ", "teh ", 1)
            edit_clause(by=amara, clause=text, edit_no=text.edit_no, body=body)
        version = frozen(agreement, "First version, from the template.")
    _agreed(version, 230)
    return agreement


def _corrected(agreement: Agreement) -> None:
    agreement.refresh_from_db()
    with days_ago(150), by(MANAGER) as quentin:
        begin_correction(by=quentin, agreement=agreement, because="“teh” should read “the”.")
        text = agreement.versions.get(state="draft").texts.get(body__contains="teh ")
        body = text.body.replace("teh ", "the ")
        edit_clause(by=quentin, clause=text, edit_no=text.edit_no, body=body)
    with days_ago(148):
        version = frozen(agreement, "One slip is put right.")
    _agreed(version, 140)


def _being_varied(agreement: Agreement) -> None:
    agreement = Agreement.objects.get(pk=agreement.pk)
    with days_ago(20), by(AMARA) as amara:
        begin_variation(
            by=amara, agreement=agreement,
            because="At the last meeting we agreed to say once a year what we learned.",
        )  # fmt: skip
        draft = agreement.versions.get(state="draft")
        text = draft.texts.filter(bindings__icontains="meetings").exclude(body="").first()
        assert text  # noqa: S101 - the template has such a clause
        edit_clause(by=amara, clause=text, edit_no=text.edit_no, body=text.body + LEARNING)
    with days_ago(6), by(MANAGER) as quentin:
        summary = "What was learned is said once a year."
        version = freeze(by=quentin, version=draft, summary=summary)
        send_for_approval(by=quentin, version=version)
    approve(AMARA, version, 4, "ATD/58")


def _agreed(version: Version, ago: int) -> None:
    """Approved by both and signed by both, within three days."""
    with days_ago(ago + 3), by(AMARA) as amara:
        send_for_approval(by=amara, version=version)
    approve(AMARA, version, ago + 2, "ATD/40")
    approve(MANAGER, version, ago + 1, "GB 5.1")
    with days_ago(ago):
        ask_and_sign(version, AMARA, BRYN)
        ask_and_sign(version, MANAGER, SIGNATORY)
