"""A disposal that two answer at once, that meets a hold, whose worker is killed: one legal end."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest

from agreements.changes.services.answering import answer_change
from agreements.core.parties import parties_of
from agreements.disposal.services.proposing import propose_disposal
from agreements.models import Agreement, Change, ClauseText, Disposal, Happening, Hold
from agreements.retention.services.keeping import place_hold
from audit.chain import first_fault, link_new_entries
from documents.models import StoredFile
from documents.storage import place_of
from house.goes import GONE
from jobs.models import Job
from jobs.sweep import work_due
from parties.models import User
from tests import lives
from tests.agreements.changed import still_open
from tests.agreements.disposed import DAY, DECIDE, END, SIGNED, WHY, agreed, ended
from tests.agreements.full import full
from tests.agreements.reviewed import on
from tests.at_once import ROUNDS, Act, at_once, refusals
from tests.cast import Cast, acting
from tests.killed import Steps, die, killed
from tests.rounds import rounds

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]


def answers(who: User, change: Change, *, agrees: bool = True) -> Act:
    def act() -> None:
        found = Change.objects.select_related("agreement").get(pk=change.pk)
        because = "" if agrees else "We use it."
        answer_change(by=acting(who), change=found, agrees=agrees, because=because)

    return who, act


def holds(who: User, agreement: Agreement) -> Act:
    def act() -> Any:
        found = Agreement.objects.get(pk=agreement.pk)
        return place_hold(by=acting(who), agreement=found, kind="inquiry", because="Of May.")

    return who, act


def test_a_hold_against_carrying_out(cast: Cast) -> None:
    """Either it is held and all of it is there, or it is gone and nobody holds it."""
    agreement = ended(cast)
    agreed(cast, agreement)
    found = Counter[str]()
    with on(DAY):
        for number in rounds(2 * ROUNDS):
            acts = [holds(cast.manager, agreement), (cast.manager, work_due)]
            said = at_once(acts[:: 1 if number % 2 else -1])
            state = Agreement.objects.get(pk=agreement.pk).state
            gone = not ClauseText.objects.exclude(body__in=["", GONE]).exists()
            assert (state == "disposed_of", Disposal.objects.count()) in ((gone, gone),)
            assert Hold.objects.exists() != gone
            assert bool(refusals(said)) == gone
            found[state] += 1
    assert sum(found.values()) == 2 * ROUNDS


def test_two_of_three_answer_at_once(cast: Cast) -> None:
    """It is agreed once, with one day; a no with a yes leaves nothing to carry out."""
    with on(SIGNED):
        agreement = lives.drafted("area-team-and-several-ccgs", {"ccg": 2})
        lives.listed(agreement)
        lives.signed(lives.frozen(agreement))
    agreement = Agreement.objects.get(pk=agreement.pk)
    team, *others = (lives.of(party) for party in parties_of(agreement))
    _ends(agreement)
    with on(DECIDE):
        change = propose_disposal(by=acting(team), agreement=agreement, because=WHY)
        for number in rounds(2 * ROUNDS):
            agrees = bool(number % 2)
            at_once([answers(others[0], change), answers(others[1], change, agrees=agrees)])
            change.refresh_from_db()
            assert change.state == ("agreed" if agrees else "refused")
            assert Job.objects.filter(kind="agreements.disposal").count() == agrees
            assert still_open("change_to_answer") == []


def _ends(agreement: Agreement) -> None:
    """As by an event that another party confirmed."""
    agreement.refresh_from_db()
    agreement.state, agreement.noticed_end_on = "ended", END
    agreement.ended_how = "when it was over"
    agreement.save()


@pytest.mark.usefixtures("can_seal")
@pytest.mark.parametrize("step", [3, 20, 60, 0])
def test_a_killed_worker_leaves_all_or_nothing_and_the_next_ends_it(cast: Cast, step: int) -> None:
    """`step` is at which of its writes it dies; 0: when all is written, before the files go."""
    agreement = full(cast)
    agreed(cast, agreement)
    files = [place_of(file.key) for file in StoredFile.objects.all()]

    def works_and_dies() -> None:
        steps = Steps(at=step)
        files_go = "agreements.disposal.services.carrying_out.remove_bytes"
        with on(DAY), steps.counted(), patch(files_go, lambda **_: die()):
            work_due()

    assert killed(works_and_dies)
    state = Agreement.objects.get(pk=agreement.pk).state
    assert state == ("ended" if step else "disposed_of")
    assert all(place.exists() for place in files)
    with on(DAY + timedelta(days=1)):
        work_due()
    assert Agreement.objects.get(pk=agreement.pk).is_disposed
    assert not any(place.exists() for place in files)
    assert Disposal.objects.exclude(done_at=None).count() == 1
    assert Happening.objects.filter(verb="disposed_of").count() == 1
    link_new_entries()
    assert first_fault() is None
