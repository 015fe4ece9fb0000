"""The audit's chain: what is changed afterwards is found, and the first bad row is named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from io import StringIO
from threading import Thread
from time import monotonic

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from pytest_django.fixtures import Settings

from audit.chain import GENESIS, _hash, first_fault, head, link_new_entries
from audit.models import Entry, Link
from audit.services import record, write_entry
from house.triggers import lifted
from parties.models import User
from tests.cast import Cast, acting
from tests.killed import cpu_seconds, forked, was_killed
from tests.proof_plugin import Proof


def write(actor: User, number: int = 0) -> Entry:
    with transaction.atomic():
        return write_entry(
            actor=actor,
            organisation_id=7,
            verb="did",
            about=actor,
            payload={"number": number, "words": "café"},
        )


@pytest.fixture
def chain(cast: Cast) -> list[Entry]:
    """Five linked entries."""
    entries = [write(cast.manager, number) for number in range(5)]
    assert link_new_entries() == 5
    return entries


# --- The chain ------------------------------------------------------------------------------


def test_a_chain_that_nobody_touched_holds(chain: list[Entry]) -> None:
    assert first_fault() is None
    assert list(Link.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2, 3, 4, 5]
    assert Link.objects.get(seq=1).previous == GENESIS
    assert head() == (5, Link.objects.get(seq=5).hash)


def test_linking_again_links_only_what_is_new(chain: list[Entry], cast: Cast) -> None:
    assert link_new_entries() == 0
    write(cast.manager)
    assert link_new_entries() == 1
    assert first_fault() is None


def test_an_empty_chain_holds(db: None) -> None:
    assert (first_fault(), head()) == (None, (0, GENESIS))


CHANGES: dict[str, Callable[[Entry], object]] = {
    "payload": lambda entry: Entry.objects.filter(pk=entry.pk).update(payload={"number": 99}),
    "verb": lambda entry: Entry.objects.filter(pk=entry.pk).update(verb="undid"),
    "time": lambda entry: Entry.objects.filter(pk=entry.pk).update(at="2001-01-01T00:00Z"),
    "actor": lambda entry: Entry.objects.filter(pk=entry.pk).update(actor=User.objects.system()),
    "organisation": lambda entry: Entry.objects.filter(pk=entry.pk).update(organisation_id=8),
    "object": lambda entry: Entry.objects.filter(pk=entry.pk).update(object_id="1000000"),
    "hash": lambda entry: Link.objects.filter(entry=entry).update(hash="0" * 64),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_is_found_and_its_row_named(what: str, chain: list[Entry]) -> None:
    with lifted():
        CHANGES[what](chain[2])
    fault = first_fault()
    assert fault is not None
    assert fault.seq == 3
    assert fault.sentence == f"Entry {chain[2].pk} (link 3) was changed."


def test_a_row_that_was_taken_out_is_found(chain: list[Entry]) -> None:
    with lifted():
        Link.objects.filter(entry=chain[1]).delete()
        Entry.objects.filter(pk=chain[1].pk).delete()
    assert first_fault() is not None
    assert first_fault().sentence == "Link 2 is missing."  # type: ignore[union-attr]


def test_two_rows_that_changed_places_are_found(chain: list[Entry]) -> None:
    with lifted():
        for seq, other in ((90, 2), (2, 3), (3, 90)):
            Link.objects.filter(seq=other).update(seq=seq)
    fault = first_fault()
    assert fault is not None
    assert fault.seq == 2


def test_a_chain_forged_without_the_key_is_found(chain: list[Entry], settings: Settings) -> None:
    with lifted():
        Link.objects.all().delete()
    settings.AUDIT_KEY = "guessed"
    link_new_entries()
    settings.AUDIT_KEY = "demonstration-and-test-only"
    fault = first_fault()
    assert fault is not None
    assert fault.seq == 1


def test_a_tail_that_was_cut_off_shows_in_the_head_that_was_noted(chain: list[Entry]) -> None:
    """The chain alone cannot tell: each sealed copy prints its head."""
    noted = head()
    with lifted():
        Link.objects.filter(seq=5).delete()
        Entry.objects.filter(pk=chain[4].pk).delete()
    assert first_fault() is None
    assert head() != noted


def test_the_command_says_what_holds_and_what_does_not(chain: list[Entry]) -> None:
    out = StringIO()
    call_command("verify_audit", stdout=out)
    assert out.getvalue().startswith("The audit holds: 5 links, head ")
    with lifted():
        Entry.objects.filter(pk=chain[3].pk).update(verb="undid")
    with pytest.raises(CommandError, match=f"Entry {chain[3].pk} "):
        call_command("verify_audit", stdout=out)


# --- The rows -------------------------------------------------------------------------------


@pytest.mark.sqlite
@pytest.mark.parametrize("model", [Entry, Link])
@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_refuses_to_change_them(
    model: type[Entry] | type[Link], act: str, chain: list[Entry]
) -> None:
    rows = model._default_manager.all()
    field = "verb" if model is Entry else "hash"
    acts = {
        "update": lambda: rows.update(**{field: "x"}),
        "delete": lambda: rows._raw_delete(rows.db),
    }
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        acts[act]()
    assert first_fault() is None


@pytest.mark.django_db(transaction=True)
def test_an_entry_belongs_into_the_transaction_of_its_act(cast: Cast) -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        write_entry(actor=cast.manager, organisation_id=None, verb="did", about=cast.manager)
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_entry_goes_with_the_act_that_was_undone(cast: Cast) -> None:
    def act() -> None:
        with transaction.atomic():
            write(cast.manager)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()
    assert not Entry.objects.exists()


@pytest.mark.parametrize("actor", [None, User()])
def test_an_entry_names_somebody(actor: User | None, cast: Cast) -> None:
    with pytest.raises(RuntimeError, match="actor"):
        write_entry(actor=actor, organisation_id=None, verb="did", about=cast.manager)


@pytest.mark.proof("L7", "C6")
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_sixteen_writers_and_three_chainers_make_one_chain(cast: Cast, proof: Proof) -> None:
    each, actor = proof.size(small=25, full=700), cast.manager
    before, cpu = monotonic(), cpu_seconds()
    writers = [forked(lambda: [write(actor, number) for number in range(each)]) for _ in range(16)]
    chainers = [Thread(target=chain_until, args=(16 * each,)) for _ in range(3)]
    for thread in chainers:
        thread.start()
    for writer in writers:
        assert not was_killed(writer)
    rate = 16 * each / (monotonic() - before)
    for thread in chainers:
        thread.join()
    links, previous = Link.objects.count(), Link.objects.values("previous").distinct().count()
    fault = first_fault()
    holds = fault is None and links == previous == Entry.objects.count() == 16 * each
    proof.shows(
        f"{links:,} entries of 16 writers, linked by three chainers: {links - previous} forks; "
        f"{fault.sentence if fault else 'the chain holds'}",
        reached=holds,
        of="C6",
    )
    proof.shows(
        f"16 writers and 3 chainers: {rate:,.0f} rows a second, "
        f"{(cpu_seconds() - cpu) / (16 * each) * 1000:.1f} ms of CPU each",
        reached=holds and rate >= proof.size(small=1, full=500),
        of="L7",
    )


def chain_until(all_of_them: int) -> None:
    until = monotonic() + 120
    while Link.objects.count() < all_of_them and monotonic() < until:
        link_new_entries(at_most=40)
    connection.close()


@pytest.mark.proof("L7")
@pytest.mark.postgres
def test_a_long_chain_is_verified_in_seconds(chain: list[Entry], proof: Proof) -> None:
    rows = proof.size(small=500, full=100_000)
    columns = "at, actor_id, organisation_id, verb, object_type, object_id, payload"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO audit_entry ({columns}) SELECT {columns} FROM audit_entry "  # noqa: S608
            "CROSS JOIN generate_series(1, %s) WHERE id = %s",
            [rows - len(chain), chain[-1].pk],
        )
    while link_new_entries():
        pass
    before, cpu = monotonic(), cpu_seconds()
    fault = first_fault()
    took = monotonic() - before
    proof.shows(
        f"{head()[0]:,} rows verified in {took:.1f} s, {cpu_seconds() - cpu:.1f} s of CPU",
        reached=fault is None and head()[0] == rows and took < 10,
    )


# --- What is hashed and written down --------------------------------------------------------


def test_what_is_hashed_stays_as_it_is_for_ever(cast: Cast, settings: Settings) -> None:
    """Links of years ago are checked by the code of today: a field less, or called otherwise, and
    none of them holds. `test_tampering` shows that each field counts."""
    settings.AUDIT_KEY = "the key of this test"
    entry = Entry(
        pk=17, at=datetime(2013, 9, 3, 8, 30, tzinfo=UTC), actor_id=4, organisation_id=7,
        verb="did", object_type="agreements.version", object_id="21", payload={"words": "café"},
    )  # fmt: skip
    link = Link(entry=entry, seq=5, previous=GENESIS)
    assert _hash(link) == ("ab2723de913ef1148362b1fb85e3857fe540713de2f4b50170e55b1dd062c15e")
    link.late = True
    assert _hash(link) == ("a694c6c953de3cd20377cbd3eacad1410e5b4bf9b5028302227a6147171a7432")


def test_an_entry_says_who_did_what_to_what_for_whom(cast: Cast) -> None:
    by = acting(cast.manager)
    with transaction.atomic():
        record(by, "renamed", cast.ccg, before="Eastmoor", number=3)
    entry = Entry.objects.get()
    assert (entry.actor, entry.organisation_id) == (cast.manager, cast.area_team.pk)
    assert (entry.verb, entry.payload) == ("renamed", {"before": "Eastmoor", "number": 3})
    assert (entry.object_type, entry.object_id) == ("parties.organisation", str(cast.ccg.pk))
