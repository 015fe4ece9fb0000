"""The last signature against a succession on the same day: one legal end (X07)."""

from __future__ import annotations

from collections import Counter

import pytest

from agreements.core.parties import parties_of
from agreements.models import Agreement, Signature, SignatureRequest, Version
from agreements.succession.services.recording import agree
from deadlines.models import Holder
from house import clock
from house.refusals import NotYours, Refused
from jobs.sweep import work_due
from parties.models import Succession
from tests.agreements.signers import after, signs
from tests.agreements.succeeded import board_of, recorded
from tests.at_once import ROUNDS, Act, at_once
from tests.cast import Cast, acting
from tests.proof_plugin import Proof
from tests.rounds import rounds
from tests.stages import asked, give

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.proof("C10")
@pytest.mark.parametrize("full", [True, False])
def test_the_last_signature_against_a_succession(cast: Cast, proof: Proof, full: bool) -> None:
    """Either it came first, and the successor took over what was signed; or nobody signs for the
    old organisation any more, and the successor is asked."""
    ours, theirs = asked(cast)
    give(cast.signatory, ours)
    board, chair, _ = board_of(cast)
    found = recorded(chair, cast.ccg, board, clock.today(), full=full)
    signing, taking = signs(cast.other_signatory, theirs, ours.version.sha256), _takes(cast, found)
    number, ends = proof.size(small=2 * ROUNDS, full=100), Counter[str]()
    for each in rounds(number):
        late = (each % 5) * 0.02
        first, then = (0.0, late) if each % 2 else (late, 0.0)
        answers = at_once([after(first, signing), after(then, taking)])
        assert not isinstance(answers[1], Exception)
        ends[_end_of(answers[0], theirs)] += 1
        assert parties_of(Agreement.objects.get())[1].organisation == board
        assert not Holder.objects.filter(organisation=cast.ccg, is_open=True).exists()
    assert ends.total() == number
    said = "in full" if full else "in part"
    proof.shows(f"{said}, {number} races: {dict(sorted(ends.items()))}", reached=True)


def _takes(cast: Cast, found: Succession) -> Act:
    who = cast.other_administrator

    def act() -> object:
        chosen = None if found.full else [Agreement.objects.get().pk]
        agree(by=acting(who, cast.ccg), succession=found, agreements=chosen)
        work_due()
        return None

    return who, act


def _end_of(answer: object, theirs: SignatureRequest) -> str:
    """What became of the text, the same by every row that tells of it."""
    version = Version.objects.select_related("agreement").get(pk=theirs.version_id)
    state = SignatureRequest.objects.get(pk=theirs.pk).state
    given = Signature.objects.filter(request=theirs).count()
    if state == "signed":
        assert (version.state, version.agreement.state, given) == ("signed", "in_force", 1)
        return "signed first"
    assert isinstance(answer, Refused | NotYours)
    assert (state, given) == ("withdrawn", 0)
    assert (version.state, version.agreement.state) == ("out_for_signature", "being_prepared")
    return "went over first"
