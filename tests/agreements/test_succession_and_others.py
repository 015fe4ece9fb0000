"""Successions beside each other, beside holds, and for those who read of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from agreements.changes.services.answering import answer_change
from agreements.changes.services.opening import propose_end
from agreements.core.parties import parties_of
from agreements.models import Agreement, Hold, SuccessionMove
from agreements.register.changing import withdraw_registration
from agreements.retention.services.keeping import lift_hold, place_hold
from agreements.succession.services.deciding import choose
from agreements.succession.services.recording import prepare, withdraw
from deadlines.models import Deadline
from house.refusals import NotYours, Refused
from house.rooms import rooms
from jobs.sweep import work_due
from parties.models import Organisation, Role, User
from tests.agreements.registered import registered
from tests.agreements.reviewed import on
from tests.agreements.succeeded import BY, board_of, recorded, succeeded
from tests.agreements.varied import out_for_signature, vary, write
from tests.cast import Cast, acting, organisation, user
from tests.conftest import ClientOf, Mailbox
from tests.once import made_once
from tests.reading import words_at
from tests.stages import ask, give, in_force

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SIGNED, FIRST = date(2013, 9, 3), date(2014, 4, 1)


def signed(cast: Cast) -> None:
    with on(SIGNED):
        in_force(cast)
        for part in ("other_manager", "other_administrator", "viewer", "other_viewer"):
            getattr(cast, part)


made, cast = made_once(signed)


def the_agreement() -> Agreement:
    return Agreement.objects.get()


def region_of(cast: Cast) -> tuple[Organisation, User, User]:
    """Who takes the place of the board in turn."""
    region = organisation("Northern Region", Organisation.Kind.ICB, ods_code="QRG")
    return region, user("Rae Region", region, Role.ADMINISTRATOR), user("Ro", region, Role.MANAGER)


def days_pass() -> None:
    for room in rooms():
        room.time_passed()
    work_due()


def test_a_hold_of_the_old_one_is_the_successors_to_read_and_take_off(
    cast: Cast, client_of: ClientOf
) -> None:
    board, chair, mo = board_of(cast)
    with on(FIRST - DAY):
        hold = place_hold(
            by=acting(cast.other_manager), agreement=the_agreement(), kind="inquiry",
            because="Inquiry 2014/7.",
        )  # fmt: skip
    with on(FIRST):
        succeeded(chair, cast.other_administrator, cast.ccg, board, FIRST)
        words = words_at(client_of(mo), "/agreements/MOU-0001/changes/")
        assert "Inquiry 2014/7." in words
        assert "2014/7" not in words_at(client_of(cast.manager), "/agreements/MOU-0001/changes/")
        assert "Take the hold off" in words_at(
            client_of(mo), f"/agreements/MOU-0001/holds/{hold.pk}/lift/"
        )
        with pytest.raises(Refused, match="hold for this already"):
            place_hold(by=acting(mo), agreement=the_agreement(), kind="inquiry", because="2")
        with pytest.raises(NotYours):
            lift_hold(by=acting(cast.manager), hold=Hold.objects.get(), because="Not ours.")
        lift_hold(by=acting(mo), hold=Hold.objects.get(), because="It reported.")
    assert not Hold.objects.standing().exists()


def test_who_was_asked_reads_why_a_succession_was_withdrawn(
    cast: Cast, client_of: ClientOf
) -> None:
    board, chair, _ = board_of(cast)
    with on(FIRST - DAY):
        found = recorded(chair, cast.ccg, board, FIRST)
        withdraw(by=acting(chair), succession=found, because="The order was quashed.")
        never = prepare(by=acting(chair), old=cast.ccg, new=board, on=FIRST, instrument=BY)
        withdraw(by=acting(chair), succession=never, because="A slip.")
        client = client_of(cast.other_administrator)
        assert "The order was quashed." in words_at(client, f"/successions/{found.key}/")
        assert client.get(f"/successions/{never.key}/").status_code == 404


def test_one_whose_place_is_taken_the_same_day_passes_on_what_it_takes_over(cast: Cast) -> None:
    board, chair, _ = board_of(cast)
    region, head, _ = region_of(cast)
    with on(FIRST - DAY):
        succeeded(chair, cast.other_administrator, cast.ccg, board, FIRST)
        with pytest.raises(Refused, match="Eastmoor CCG"):
            succeeded(head, chair, board, region, FIRST)


def test_two_that_follow_each_other_happen_in_their_order_after_days_without_work(
    cast: Cast,
) -> None:
    board, chair, _ = board_of(cast)
    region, head, _ = region_of(cast)
    with on(FIRST - DAY):
        succeeded(chair, cast.other_administrator, cast.ccg, board, FIRST)
        succeeded(head, chair, board, region, FIRST + DAY)
    with on(FIRST + 3 * DAY):
        days_pass()
        days_pass()
        assert parties_of(the_agreement())[1].organisation == region
    spells = the_agreement().parties.get(slot="ccg").spells.order_by("starts_on")
    assert [(s.organisation.pk, s.ends_on) for s in spells.order_by("pk")] == [
        (cast.ccg.pk, FIRST - DAY), (board.pk, FIRST), (region.pk, None),
    ]  # fmt: skip


def test_the_successor_of_a_successor_is_asked_once_and_speaks_for_itself(
    cast: Cast, client_of: ClientOf
) -> None:
    board, chair, _ = board_of(cast)
    region, head, ro = region_of(cast)
    with on(FIRST):
        succeeded(chair, cast.other_administrator, cast.ccg, board, FIRST)
    with on(FIRST + DAY):
        succeeded(head, chair, board, region, FIRST + DAY)
        asked = Deadline.objects.still_open().filter(kind="succession_to_decide")
        assert asked.count() == 1
        newest = SuccessionMove.objects.latest("pk")
        choose(by=acting(ro), move=newest, choice="keep")
        words = words_at(client_of(ro), "/agreements/MOU-0001/succession/")
        assert "Northern Moors Board means" not in words
        assert "Northern Moors Board has not said yet" not in words
        assert "Say what becomes of it" not in words


@pytest.mark.parametrize("stage", ["draft", "out_for_signature"])
def test_a_variation_under_way_stays_so_when_another_takes_a_place(cast: Cast, stage: str) -> None:
    board, chair, mo = board_of(cast)
    with on(FIRST - DAY):
        change = vary(cast, the_agreement())
        write(cast, the_agreement(), "We are open.")
        if stage != "draft":
            out_for_signature(cast, the_agreement())
    with on(FIRST):
        succeeded(chair, cast.other_administrator, cast.ccg, board, FIRST)
        change.refresh_from_db()
        assert change.state == "open"
        newest = the_agreement().versions.latest("seq")
        assert newest.state == stage
        assert (the_agreement().in_force_version or newest).label == "1.0"
        if stage == "draft":
            answer_change(by=acting(mo), change=change, agrees=False, because="Not now.")
            change.refresh_from_db()
            assert change.state == "refused"
            return
        signatory = user("Sue Board", board, Role.SIGNATORY)
        give(cast.signatory, newest.signature_requests.get(party__slot="area_team"))
        give(signatory, ask(mo, newest, signatory))
        change.refresh_from_db()
    assert (change.state, change.on) == ("done", FIRST)
    assert (the_agreement().in_force_version or newest).label == "2.0"


def test_who_was_asked_of_a_change_before_is_not_asked_anew(cast: Cast) -> None:
    board, chair, _ = board_of(cast)
    with on(FIRST - 20 * DAY):
        propose_end(
            by=acting(cast.other_manager), agreement=the_agreement(), on=FIRST + 300 * DAY,
            because="The last is housed.",
        )  # fmt: skip
    asked = Deadline.objects.still_open().filter(kind="change_to_answer")
    before = asked.get()
    with on(FIRST):
        succeeded(chair, cast.other_administrator, cast.ccg, board, FIRST)
        after = asked.get()
        assert (after.since, after.generation) == (before.since, before.generation)
        held = {each.organisation for each in after.holders.all()}
        assert held == {cast.area_team, board}


def test_whoever_takes_over_nothing_to_decide_is_not_asked_to(cast: Cast, mailbox: Mailbox) -> None:
    board, chair, mo = board_of(cast)
    with on(FIRST - 10 * DAY):
        end = propose_end(
            by=acting(cast.manager), agreement=the_agreement(), on=FIRST - 5 * DAY, because="Done."
        )
        answer_change(by=acting(cast.other_manager), change=end, agrees=True)
    with on(FIRST):
        days_pass()
        succeeded(chair, cast.other_administrator, cast.ccg, board, FIRST)
        [told] = mailbox.to(mo.email)
        assert told.subject == "You took the place of Eastmoor CCG on 1 April 2014"
        assert "in the place of Eastmoor CCG in 1 MoU" in told.body
        assert "Say of each MoU" not in told.body
    fourth = user("Fay West", cast.third_ccg, Role.ADMINISTRATOR)
    with on(FIRST + DAY):
        succeeded(chair, fourth, cast.third_ccg, board, FIRST + DAY)
        for reader in (mo, fourth):
            told = mailbox.to(reader.email)[-1]
            assert "0 MoUs" not in f"{told.subject} {told.body}"
            assert "your MoUs" not in told.subject


def test_the_file_of_a_withdrawn_registration_is_its_successors_and_nobody_elses(
    cast: Cast, client_of: ClientOf
) -> None:
    board, chair, mo = board_of(cast)
    with on(FIRST - DAY):
        copy = registered(cast, signed_on=SIGNED, review_on=FIRST + 300 * DAY)
        withdraw_registration(by=acting(cast.manager), copy=copy, because="The wrong CCG.")
        url = f"/agreements/{copy.agreement.reference}/registered.pdf"
    with on(FIRST):
        succeeded(chair, cast.administrator, cast.area_team, board, FIRST)
        answers = [client_of(who).get(url).status_code for who in (mo, cast.other_manager)]
    assert answers == [200, 404]
