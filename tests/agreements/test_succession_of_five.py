"""Five CCGs become one board, on one day, by a worker that is killed half-way (X07).

Among their agreements are an open draft, one with a notice that runs, one that waits for a
signature, and one of which the board comes to hold two sides.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

import pytest

from agreements.changes.services.answering import answer_change
from agreements.changes.services.notices import give_notice
from agreements.core.access import true_access
from agreements.core.parties import parties_of
from agreements.models import (
    Access,
    Agreement,
    Change,
    Happening,
    PartySpell,
    SignatureRequest,
    SuccessionMove,
    TemplateVersion,
    Version,
)
from agreements.register.services import register_signed
from agreements.stood.pages import StoodPage
from agreements.stood.print import build_stood_copy
from agreements.succession.services.recording import agree, prepare
from deadlines.models import Holder
from documents.storage import store
from house import clock
from jobs.models import Job
from jobs.sweep import LEASE, work_due
from parties.acting import acting_for
from parties.models import Organisation, Role, User
from tests.agreements.reviewed import on
from tests.agreements.succeeded import BY
from tests.cast import Cast, acting, organisation, user
from tests.killed import Steps, killed
from tests.pdf import printed
from tests.proof_plugin import Proof
from tests.stages import ask, frozen, make, template

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)
SIGNED, FIRST = date(2014, 3, 3), date(2014, 4, 1)


class Five(NamedTuple):
    ccgs: list[Organisation]
    board: Organisation
    draft: Agreement
    noticed: Agreement
    waiting: Version
    two_sides: Agreement
    many: list[Agreement]


def five(cast: Cast, each: int) -> Five:
    """So many signed agreements of each CCG with the Area Team, and the four that are under way."""
    ccgs = [organisation(f"CCG {number}") for number in range(1, 6)]
    heads = [user(f"Head {number}", ccg, Role.MANAGER) for number, ccg in enumerate(ccgs, 1)]
    with on(SIGNED):
        source = template(cast.area_team)
        places = [ccg for ccg in ccgs for _ in range(each)]
        many = [_signed(cast, source, ccg, number) for number, ccg in enumerate(places)]
        noticed = _signed(cast, source, ccgs[0], len(many))
        two = _made(heads[1], source, ccgs[1], ccgs[2])
        draft = _made(cast.manager, source, cast.area_team, ccgs[3])
        notice = give_notice(
            by=acting(heads[0]), agreement=noticed, given_on=SIGNED, on=date(2015, 3, 31),
            because="We are abolished.", shorter_because="By law.",
        )  # fmt: skip
        answer_change(by=acting(cast.manager), change=notice, agrees=True)
        waiting = frozen(cast, _made(cast.manager, source, cast.area_team, ccgs[4]))
        for who, signs in ((cast.manager, cast.signatory), (heads[4], _signatory(ccgs[4]))):
            ask(who, waiting, signs, because="Agreed.")
    board = organisation("Northern Moors Board", Organisation.Kind.ICB, ods_code="QNM")
    return Five(ccgs, board, draft, noticed, waiting, two, many)


def _signed(cast: Cast, source: TemplateVersion, ccg: Organisation, number: int) -> Agreement:
    file = store(f"%PDF-1.7 {number}".encode(), name="mou.pdf", content_type="application/pdf")
    return register_signed(
        by=acting(cast.manager), template_version=source, title=f"MoU {number}",
        organisations={"area_team": cast.area_team, "ccg": ccg}, file=file,
        signed_on=SIGNED, review_on=SIGNED + 365 * DAY,
    )  # fmt: skip


def _made(by: User, source: TemplateVersion, ours: Organisation, theirs: Organisation) -> Agreement:
    return make(acting(by), source, {"area_team": ours, "ccg": theirs}, {"area": "moors"})


def _signatory(ccg: Organisation) -> User:
    return user(f"Sig {ccg.pk}", ccg, Role.SIGNATORY)


@pytest.mark.proof("F14")
def test_five_become_one_and_a_worker_is_killed_half_way(cast: Cast, proof: Proof) -> None:
    made = five(cast, proof.size(small=1, full=12))
    with on(FIRST):
        admin = acting_for(cast.system_administrator)
        for ccg in made.ccgs:
            found = prepare(by=admin, old=ccg, new=made.board, on=FIRST, instrument=BY)
            agree(by=admin, succession=found)
        kills = _killed_again_and_again(proof.size(small=2, full=40))
        with clock.at(clock.now() + 2 * LEASE):
            while work_due():
                pass
        assert {job.state for job in Job.objects.all()} == {"done"}
        agreements = list(Agreement.objects.order_by("reference"))
        for each in agreements:
            _went_over_once(each, made)
        _what_was_under_way(made)
    wrong = list(_days_wrong(cast, made))
    proof.shows(
        f"{len(agreements)} agreements of five CCGs, {kills} kills: each went over once; the day "
        f"before, the day and the day after are right, on the page and in print",
        reached=not wrong,
    )


def _killed_again_and_again(times: int) -> int:
    """At ever later writes of its work; what the lease holds waits for its end."""
    kills = 0
    for number in range(times):

        def works_and_dies(at: int = 20 + 11 * number) -> None:
            with Steps(at=at).counted():
                work_due()

        with clock.at(clock.now() + number * LEASE):
            kills += killed(works_and_dies)
    assert kills
    return kills


def _went_over_once(agreement: Agreement, made: Five) -> None:
    sides = PartySpell.objects.filter(party__agreement=agreement)
    gone = sides.filter(organisation__in=made.ccgs)
    assert {spell.ends_on for spell in gone} == {FIRST - DAY}
    assert sides.filter(organisation=made.board, starts_on=FIRST).count() == gone.count()
    moves = SuccessionMove.objects.filter(agreement=agreement).count()
    assert Happening.objects.filter(agreement=agreement, verb="succeeded").count() == moves
    rows = Access.objects.filter(agreement=agreement)
    truth = true_access(agreement, [row.organisation_id for row in rows])
    for row in rows:
        told = truth[row.organisation_id]
        assert {name: getattr(row, name) for name in told} == told


def _what_was_under_way(made: Five) -> None:
    assert not Holder.objects.filter(organisation__in=made.ccgs, is_open=True).exists()
    notice = Change.objects.get()
    assert (notice.state, notice.opened_for) == ("running", made.ccgs[0])
    asked = SignatureRequest.objects.filter(version=made.waiting).order_by("pk")
    assert [each.state for each in asked] == ["asked", "withdrawn"]
    both = Agreement.objects.get(pk=made.two_sides.pk)
    assert {party.organisation for party in parties_of(both)} == {made.board}
    assert made.draft.versions.get().state == "draft"


def _days_wrong(cast: Cast, made: Five) -> Iterator[tuple[Agreement, date]]:
    """Each agreement on the three days, and one of them in print."""
    by = acting(cast.manager)
    old = {ccg.name for ccg in made.ccgs}
    with on(FIRST + 100 * DAY):
        for agreement in [*made.many, made.noticed, made.draft]:
            for day in (FIRST - DAY, FIRST, FIRST + DAY):
                page = StoodPage(Agreement.objects.get(pk=agreement.pk), by, day)
                names = {party.name for party in page.parties}
                is_old = bool(names & old)
                if is_old != (day < FIRST) or (made.board.name in names) == is_old:
                    yield agreement, day
        for day in (FIRST - DAY, FIRST):
            page = StoodPage(Agreement.objects.get(pk=made.noticed.pk), by, day)
            said = printed(build_stood_copy(page))
            if (made.board.name in said) != (day >= FIRST) or made.ccgs[0].name not in said:
                yield made.noticed, day
