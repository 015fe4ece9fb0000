"""One organisation takes the place of another: what goes over, what stays, who says so (X07)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from agreements.changes.services.answering import answer_change
from agreements.changes.services.notices import give_notice, take_back
from agreements.changes.services.opening import propose_end
from agreements.contacts.services.naming import name_contact
from agreements.core.parties import contacts_in, parties_of
from agreements.core.recipients import managers_of
from agreements.models import Access, Agreement, PartySpell, SuccessionMove
from agreements.reviews.services import say_of_review
from agreements.succession.services.deciding import choose, say_of_succession
from agreements.succession.services.recording import agree, confirm, prepare, withdraw
from agreements.terms import MANAGER_ROLE
from commitments.services.recording import record_action
from deadlines.models import Deadline, Holder
from house.refusals import NotYours, Refused
from house.rooms import rooms
from jobs.sweep import work_due
from parties.acting import acting_for
from parties.models import Membership, Organisation, Role
from tests.agreements.reviewed import on, reviewed
from tests.agreements.succeeded import BY, board_of, recorded, succeeded
from tests.cast import Cast, acting, give, organisation, person, person_of
from tests.conftest import ClientOf, Mailbox
from tests.costs import BUDGET, queries_at
from tests.once import made_once
from tests.reading import all_words, words_at
from tests.stages import in_force, template

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


def page(client_of: ClientOf, who: object, key: str = "succession/") -> str:
    return words_at(client_of(who), f"/agreements/{the_agreement().reference}/{key}")  # type: ignore[arg-type]


@pytest.mark.duty("X07")
def test_the_successor_holds_the_sides_from_its_day_with_contacts_actions_and_dates(
    cast: Cast, client_of: ClientOf
) -> None:
    board, chair, mo = board_of(cast)
    with on(FIRST - DAY):
        theirs = parties_of(the_agreement())[1]
        name_contact(
            by=acting(cast.other_manager), party=theirs, role="lead_clinician",
            person=person("Lena Lead", "lena@moors.example"),
        )  # fmt: skip
        action = record_action(
            by=acting(cast.other_manager), agreement=the_agreement(), what="Send the list",
            owner=theirs, due_on=FIRST + 30 * DAY,
        )  # fmt: skip
    held = Holder.objects.filter(organisation=cast.ccg, is_open=True).count()
    assert held
    with on(FIRST):
        found = succeeded(chair, cast.other_administrator, cast.ccg, board, FIRST)
        party = parties_of(the_agreement())[1]
        assert (found.state, party.organisation) == ("done", board)
        assert str(contacts_in([party.pk])[party.pk, "lead_clinician"].person) == "Lena Lead"
        action.refresh_from_db()
        assert (action.owner.organisation, action.recorded_for) == (board, cast.ccg)
        assert "Send the list" in words_at(client_of(mo), "/")
        history = page(client_of, mo, "history/")
        assert (
            "Northern Moors Board took the place of Eastmoor CCG as the ccg from 1 April" in history
        )
    before, after = PartySpell.objects.filter(party=party).order_by("pk")
    assert (before.organisation, before.ends_on) == (cast.ccg, FIRST - DAY)
    assert (after.organisation, after.starts_on, after.succession) == (board, FIRST, found)
    assert not Holder.objects.filter(organisation=cast.ccg, is_open=True).exists()
    assert Holder.objects.filter(organisation=board, is_open=True).count() == held + 1
    rows = {row.organisation_id: bool(row.next_due_on) for row in Access.objects.all()}
    assert rows == {cast.area_team.pk: True, cast.ccg.pk: False, board.pk: True}


def test_nothing_goes_over_before_the_old_one_says_that_it_is_so(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    board, chair, _ = board_of(cast)
    with on(FIRST):
        with pytest.raises(NotYours):
            prepare(by=acting(cast.manager), old=cast.ccg, new=board, on=FIRST, instrument=BY)
        found = recorded(chair, cast.ccg, board, FIRST)
        work_due()
        assert found.state == "asked"
        assert not Access.objects.filter(organisation=board).exists()
        [asked] = mailbox.to(cast.other_administrator.email)
        assert asked.subject == "Say whether Northern Moors Board takes your place on 1 April 2014"
        words = words_at(client_of(cast.other_administrator), f"/successions/{found.key}/")
        assert "1 MoU in force" in words
        assert "1 signature: what was signed stays" in words
        with pytest.raises(NotYours):
            agree(by=acting(chair), succession=found)
        withdraw(by=acting(cast.other_administrator), succession=found, because="Not us.")
        found.refresh_from_db()
    assert (found.state, found.withdrawn_because) == ("withdrawn", "Not us.")


def test_one_planned_ahead_begins_by_itself_on_its_day(cast: Cast, mailbox: Mailbox) -> None:
    board, chair, mo = board_of(cast)
    with on(FIRST - 30 * DAY):
        found = succeeded(chair, cast.other_administrator, cast.ccg, board, FIRST)
        assert found.state == "planned"
        assert parties_of(the_agreement())[1].organisation == cast.ccg
        assert acting(cast.other_manager).has(Role.MANAGER)
    for day, state in ((FIRST - DAY, "planned"), (FIRST, "done"), (FIRST + DAY, "done")):
        with on(day):
            for room in rooms():
                room.time_passed()
            work_due()
            found.refresh_from_db()
            assert found.state == state
            assert acting(cast.other_manager).has(Role.MANAGER) == (state == "planned")
    told = mailbox.to(cast.manager.email)[-1]
    assert told.subject == "Northern Moors Board is in the place of Eastmoor CCG since 1 April 2014"
    [asked] = mailbox.to(mo.email)
    assert asked.subject == "Decide on 1 MoU, you took over on 1 April 2014"


def test_who_belongs_to_a_closed_organisation_reads_and_starts_nothing(cast: Cast) -> None:
    board, chair, _ = board_of(cast)
    with on(FIRST):
        succeeded(chair, cast.other_administrator, cast.ccg, board, FIRST)
        assert acting(cast.other_manager).roles == {Role.VIEWER}
        assert acting(cast.other_administrator).roles == {Role.VIEWER, Role.ADMINISTRATOR}
        assert Agreement.objects.visible_to(acting(cast.other_manager)).exists()
        assert Membership.objects.filter(organisation=cast.ccg, ends_on=None).exists()
        with pytest.raises(NotYours):
            propose_end(
                by=acting(cast.other_manager), agreement=the_agreement(), on=date(2015, 1, 1),
                because="We close.",
            )  # fmt: skip


def test_a_notice_of_the_old_one_runs_on_and_is_the_successors_to_take_back(cast: Cast) -> None:
    board, chair, mo = board_of(cast)
    last = date(2015, 3, 31)
    with on(FIRST - 5 * DAY):
        notice = give_notice(
            by=acting(cast.other_manager), agreement=the_agreement(), given_on=FIRST - 5 * DAY,
            on=last, because="We are abolished.", shorter_because="By law.",
        )  # fmt: skip
        if notice.state == "open":
            answer_change(by=acting(cast.manager), change=notice, agrees=True)
    with on(FIRST):
        succeeded(chair, cast.other_administrator, cast.ccg, board, FIRST)
        assert the_agreement().last_day == last
        notice.refresh_from_db()
        assert (notice.state, notice.opened_for) == ("running", cast.ccg)
        with pytest.raises(Refused):
            take_back(by=acting(cast.manager), notice=notice, because="No.")
        back = take_back(by=acting(mo), notice=notice, because="We stay.")
        answer_change(by=acting(cast.manager), change=back, agrees=True)
        assert (the_agreement().state, the_agreement().last_day) == ("in_force", None)


def test_one_that_comes_to_hold_both_sides_is_asked_nothing_by_itself(cast: Cast) -> None:
    board, chair, mo = board_of(cast)
    with on(FIRST):
        end = propose_end(
            by=acting(cast.manager), agreement=the_agreement(), on=date(2015, 1, 1), because="Done."
        )
        succeeded(chair, cast.other_administrator, cast.ccg, board, FIRST)
        [asked] = Deadline.objects.still_open().filter(kind="change_to_answer")
        assert {h.organisation for h in asked.holders.all()} == {board, cast.area_team}
        succeeded(chair, cast.administrator, cast.area_team, board, FIRST)
        parties = parties_of(the_agreement())
        assert {party.organisation for party in parties} == {board}
        end.refresh_from_db()
        assert end.state == "agreed"
        assert not Deadline.objects.still_open().filter(kind="change_to_answer").exists()
        assert acting(mo).organisation == board


def test_the_successor_says_what_becomes_of_it_and_others_what_is_not_right(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    board, chair, mo = board_of(cast)
    with on(FIRST):
        succeeded(chair, cast.other_administrator, cast.ccg, board, FIRST)
        move = SuccessionMove.objects.get()
        with pytest.raises(NotYours):
            choose(by=acting(cast.manager), move=move, choice="end")
        assert "Say whether you keep, vary or end" in words_at(client_of(mo), "/")
        choose(by=acting(mo), move=move, choice="keep")
        assert "Say whether you keep, vary or end" not in words_at(client_of(mo), "/")
        with pytest.raises(NotYours):
            say_of_succession(by=acting(mo), move=move, agrees=False, because="No.")
        say_of_succession(
            by=acting(cast.manager), move=move, agrees=False, because="The order names another."
        )
        words = page(client_of, cast.viewer)
        path = f"/agreements/{the_agreement().reference}/succession/"
        assert queries_at(client_of(mo), path) <= BUDGET
    assert "Before Eastmoor CCG, until 31 March 2014" in words
    assert "Now Northern Moors Board, from 1 April 2014" in words
    assert "Northern Moors Board means to keep it as it is." in words
    assert "said that this is not right for Northern Moors Area Team" in words
    assert "The order names another." in words
    assert "not right" in mailbox.to(mo.email)[-1].subject


def test_a_place_that_keeps_a_code_a_closed_body_and_itself_take_nobodys_place(cast: Cast) -> None:
    board, chair, _ = board_of(cast)
    place = organisation("Eastmoor Place", Organisation.Kind.OTHER)
    place.is_legal_body = False
    place.save()
    admin = cast.system_administrator
    with on(FIRST):
        for new, old, words in (
            (place, cast.ccg, "a place that keeps an old code"),
            (board, board, "none takes its own place"),
        ):
            with pytest.raises(Refused, match=words):
                prepare(by=acting_for(admin), old=old, new=new, on=FIRST, instrument=BY)
        board.closed_on = FIRST - DAY
        board.save()
        with pytest.raises(Refused, match="closed on 31 March 2014"):
            prepare(by=acting(chair), old=cast.ccg, new=board, on=FIRST, instrument=BY)


def test_in_part_the_chosen_agreements_go_over_and_the_old_one_goes_on(cast: Cast) -> None:
    board, chair, _ = board_of(cast)
    with on(FIRST):
        found = recorded(chair, cast.ccg, board, FIRST, full=False)
        with pytest.raises(Refused, match="Choose the agreements"):
            agree(by=acting(cast.other_administrator), succession=found, agreements=[])
        agree(
            by=acting(cast.other_administrator), succession=found,
            agreements=[the_agreement().pk],
        )  # fmt: skip
        work_due()
        assert parties_of(the_agreement())[1].organisation == board
        assert acting(cast.other_manager).has(Role.MANAGER)
        cast.ccg.refresh_from_db()
        assert cast.ccg.closed_on is None


def test_once_begun_it_is_undone_by_another_succession_alone(cast: Cast) -> None:
    board, chair, _ = board_of(cast)
    with on(FIRST):
        found = succeeded(chair, cast.other_administrator, cast.ccg, board, FIRST)
        with pytest.raises(Refused, match="undone by another"):
            withdraw(by=acting(chair), succession=found, because="A slip.")
    with on(FIRST + 30 * DAY):
        cast.ccg.refresh_from_db()
        cast.ccg.closed_on = None
        cast.ccg.save()
        admin = acting_for(cast.system_administrator)
        back = prepare(
            by=admin, old=board, new=cast.ccg, on=FIRST + 30 * DAY, instrument="Undone by order"
        )
        confirm(by=admin, succession=back)
        work_due()
        assert parties_of(the_agreement())[1].organisation == cast.ccg
    assert PartySpell.objects.filter(party__slot="ccg").count() == 3


def test_mail_goes_to_who_can_act_and_people_are_asked_one_by_one(
    cast: Cast, client_of: ClientOf
) -> None:
    board, chair, mo = board_of(cast)
    party = the_agreement().parties.get(slot="ccg")
    with on(FIRST):
        name_contact(
            by=acting(cast.other_manager), party=party, role=MANAGER_ROLE,
            person=person_of(cast.other_manager),
        )  # fmt: skip
        found = succeeded(chair, cast.other_administrator, cast.ccg, board, FIRST)
        reached = managers_of(parties_of(the_agreement())[1])
        assert [each.address for each in reached] == [mo.email]
        assert "Olga Other is your MoU manager" in page(client_of, mo, "people/")
        assert "Mail goes to who holds it." in page(client_of, mo, "people/")
        words = words_at(client_of(chair), f"/successions/{found.key}/")
        assert "People of Eastmoor CCG" in words
        assert str(cast.other_manager) in words
        give(cast.other_manager, board, Role.EDITOR)
        reached = managers_of(parties_of(the_agreement())[1])
        assert [each.address for each in reached] == [cast.other_manager.email]
        page_now = words_at(client_of(chair), f"/successions/{found.key}/")
        assert str(cast.other_manager) not in page_now.split("People of")[-1]


def test_what_the_old_one_recorded_and_others_confirmed_stays_so(
    cast: Cast, client_of: ClientOf
) -> None:
    board, chair, mo = board_of(cast)
    agreement = the_agreement()
    with on(FIRST - DAY):
        ours = reviewed(cast.manager, agreement, FIRST - DAY, FIRST + 300 * DAY)
        say_of_review(by=acting(cast.other_manager), review=ours, agrees=True)
    with on(FIRST):
        theirs = reviewed(cast.other_manager, the_agreement(), FIRST, FIRST + 400 * DAY)
        succeeded(chair, cast.other_administrator, cast.ccg, board, FIRST)
        with pytest.raises(NotYours):
            say_of_review(by=acting(mo), review=theirs, agrees=True)
        awaited = {
            d.occurrence for d in Deadline.objects.still_open().filter(kind="review_to_confirm")
        }
        assert awaited == {"area_team"}
        words = all_words(client_of(cast.viewer), the_agreement())
    assert "confirmed it for Eastmoor CCG" in words
    assert "for Eastmoor CCG on 1 April 2014" in words


def test_what_it_held_beside_its_agreements_goes_over_in_full_alone(cast: Cast) -> None:
    board, chair, _ = board_of(cast)
    with on(FIRST):
        source = template(cast.ccg)
        succeeded(chair, cast.other_administrator, cast.ccg, board, FIRST)
        source.template.refresh_from_db()
        assert source.template.organisation == board
        kept = template(cast.far_ccg).template
        admin = acting_for(cast.system_administrator)
        part = prepare(by=admin, old=cast.far_ccg, new=board, on=FIRST, instrument=BY, full=False)
        with pytest.raises(Refused, match="Choose the agreements"):
            agree(by=admin, succession=part)
        kept.refresh_from_db()
        assert kept.organisation == cast.far_ccg
