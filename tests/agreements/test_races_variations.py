"""Two who change one text at once: each has one legal end (proof C3)."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.models import Model

from agreements.changes.services.answering import answer_change, withdraw_change
from agreements.changes.services.notices import give_notice
from agreements.models import Agreement, Change, SignatureRequest, Version
from agreements.terms import Period
from agreements.variations.services import begin_correction, begin_variation
from house import clock
from house.clock import months_after
from parties.models import User
from tests.agreements.varied import out_for_signature, vary, write
from tests.at_once import ROUNDS, Act, at_once, refusals
from tests.cast import Cast, acting
from tests.on_terms import in_force_on
from tests.rounds import rounds
from tests.stages import give, in_force

pytestmark = [
    pytest.mark.sqlite,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("nothing_but_agreements"),
]


def act(who: User, do: object, **said: object) -> Act:
    """Each reads what it acts on anew, as a page does."""

    def acts() -> object:
        fresh = {
            name: type(row)._base_manager.get(pk=row.pk) if isinstance(row, Model) else row
            for name, row in said.items()
        }
        return do(by=acting(who), **fresh)  # type: ignore[operator]

    return who, acts


def last_signature(cast: Cast, version: Version) -> Act:
    request = version.signature_requests.get(party__slot="ccg")

    def signs() -> None:
        give(cast.other_signatory, SignatureRequest.objects.get(pk=request.pk))

    return cast.other_signatory, signs


def in_agreement(cast: Cast) -> tuple[Agreement, Change, Version]:
    """A variation that one signature is missing of."""
    agreement = in_force(cast).agreement
    change = vary(cast, agreement)
    write(cast, agreement, "We are open.")
    version = out_for_signature(cast, agreement)
    give(cast.signatory, version.signature_requests.get(party__slot="area_team"))
    return agreement, change, version


def test_two_open_a_text_at_once(cast: Cast) -> None:
    agreement = in_force(cast).agreement
    for _ in rounds(ROUNDS):
        answers = at_once(
            [
                act(cast.manager, begin_variation, agreement=agreement, because="More."),
                act(cast.other_manager, begin_correction, agreement=agreement, because="A slip."),
            ]
        )
        [refusal] = refusals(answers)
        assert "already: its text is being agreed" in refusal
        assert (Change.objects.count(), agreement.versions.filter(state="draft").count()) == (1, 1)


@pytest.mark.parametrize("refused", [True, False])
def test_the_last_signature_meets_its_end(cast: Cast, refused: bool) -> None:
    agreement, change, version = in_agreement(cast)
    says = {"change": change, "because": "Not now."}
    ends = act(cast.other_manager, answer_change, agrees=False, **says) if refused else act(
        cast.manager, withdraw_change, **says
    )  # fmt: skip
    for _ in rounds(ROUNDS):
        answers = at_once([last_signature(cast, version), ends])
        assert len(refusals(answers)) == 1
        change.refresh_from_db()
        version.refresh_from_db()
        label = Agreement.objects.get(pk=agreement.pk).in_force_version.label  # type: ignore[union-attr]
        assert (change.state, version.state, label) in (
            ("done", "signed", "2.0"),
            ("refused" if refused else "withdrawn", "withdrawn", "1.0"),
        )


def test_notice_meets_the_last_signature_of_a_variation(cast: Cast) -> None:
    period = Period(ends_on=date(2040, 12, 31), notice_months=6)
    agreement = in_force_on(cast, period=period, minimum_months=0)
    vary(cast, agreement)
    version = out_for_signature(cast, agreement)
    give(cast.signatory, version.signature_requests.get(party__slot="area_team"))
    given, ends = clock.today(), months_after(clock.today(), 6)
    notice = act(
        cast.other_manager, give_notice, agreement=agreement, given_on=given, on=ends,
        because="We merge.",
    )  # fmt: skip
    for _ in rounds(ROUNDS):
        assert refusals(at_once([last_signature(cast, version), notice])) == []
        now = Agreement.objects.get(pk=agreement.pk)
        assert (now.state, now.last_day) == ("notice_given", ends)
        assert now.in_force_version_id == version.pk
