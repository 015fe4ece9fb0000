"""What somebody does to the audit who can write into its tables, past every trigger.

Each is found and the first bad row is named, or the report says that it is not proved.
"""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from audit.chain import first_fault, head, link_new_entries
from audit.heads import Noted, note_restore
from audit.models import Entry, Link
from audit.report import Report, examine, late_links
from house.triggers import declared, lifted
from tests.audit.tampers import (
    ALL_LINKS,
    START,
    Chain,
    Tamper,
    a_chain,
    by_another,
    chained_anew,
    cut,
    entries_swapped,
    entry,
    forged,
    inserted_with_a_link,
    link,
    swapped,
    then,
    write,
)
from tests.cast import Cast, acting
from tests.proof_plugin import Proof


@pytest.fixture
def chain(cast: Cast) -> Chain:
    return a_chain(cast.manager)


# What somebody did, and the first bad link as it is named.
FOUND: dict[str, tuple[Tamper, int, str]] = {
    "time of an entry": (entry(3, at=START), 3, "changed"),
    "actor of an entry": (by_another, 3, "changed"),
    "organisation of an entry": (entry(3, organisation_id=8), 3, "changed"),
    "verb of an entry": (entry(3, verb="undid"), 3, "changed"),
    "object type of an entry": (entry(3, object_type="agreements.seal"), 3, "changed"),
    "object of an entry": (entry(3, object_id="1000000"), 3, "changed"),
    "payload of an entry": (entry(3, payload={"number": 99}), 3, "changed"),
    "hash of a link": (link(3, hash="0" * 64), 3, "changed"),
    "previous of a link": (link(3, previous="0" * 64), 3, "does not follow"),
    "number of a link": (link(3, seq=30), 3, "Link 3 is missing"),
    "lateness of a link": (link(3, late=True), 3, "changed"),
    "first deleted": (cut(1, 1), 1, "Link 1 is missing"),
    "one in the middle deleted": (cut(4, 4), 4, "Link 4 is missing"),
    "last deleted": (cut(6, 6), 6, "Link 6 is missing, and what followed it"),
    "only a link deleted": (cut(4, 4, entries=False), 4, "Link 4 is missing"),
    "one inserted with a link": (inserted_with_a_link, 7, "changed"),
    "two links swapped": (swapped, 2, "does not follow"),
    "two entries swapped": (entries_swapped, 2, "changed"),
    "end cut off": (cut(4, 6), 4, "The end was cut off, or an older back-up was restored."),
    "all cut off": (cut(1, 6), 1, "Link 1 is missing, and what followed it"),
    "end cut off and grown again": (
        then(cut(4, 6), chained_anew, forged(7, 60), forged(7, 61), chained_anew),
        4, "One of the links 4 to 6 was changed and chained anew: copy 6",
    ),
    "an entry changed, all links deleted and chained anew": (
        then(ALL_LINKS, entry(2, verb="undid"), chained_anew),
        1, "One of the links 1 to 3 was changed and chained anew: copy 3",
    ),
    "an entry changed, the last links deleted and chained anew": (
        then(entry(6, verb="undid"), cut(5, 6, entries=False), chained_anew),
        4, "One of the links 4 to 6 was changed and chained anew: copy 6",
    ),
    "an entry deleted, all links deleted and chained anew": (
        then(ALL_LINKS, cut(5, 5), chained_anew),
        4, "One of the links 4 to 6 was changed and chained anew",
    ),
    "a copy for another organisation among links that are made anew": (
        then(ALL_LINKS, forged(1, 1, organisation_id=8), cut(2, 2), chained_anew),
        1, "One of the links 1 to 3 was changed",
    ),
}  # fmt: skip


def report_of(tamper: Tamper, chain: Chain) -> Report:
    with lifted():
        tamper(chain)
    return examine(chain.noted)


@pytest.mark.proof("B9")
def test_each_is_found_and_the_first_bad_row_named(chain: Chain, proof: Proof) -> None:
    missed = []
    for what, (tamper, seq, words) in FOUND.items():
        with transaction.atomic():
            fault = report_of(tamper, chain).fault
            transaction.set_rollback(True)
        if not fault or fault.seq != seq or words not in fault.sentence:
            missed.append(f"{what}: {fault}")
    print(*missed, sep="\n")
    proof.shows(
        f"{len(FOUND)} kinds: {len(FOUND) - len(missed)} found, the first wrong row named",
        reached=not missed and len(FOUND) >= 20,
    )


# What somebody did to entries that have no link yet, and what the report then says.
LATE = "was linked as late (link 8), though newer ones were linked ten minutes before."
NOT_PROVED: dict[str, tuple[Tamper, str]] = {
    "forged with a time long past": (
        then(forged(1, -600), chained_anew), LATE,
    ),
    "an old one copied to another organisation": (
        then(forged(1, -11, organisation_id=8), chained_anew), LATE,
    ),
    "forged with a time long past, not linked yet": (
        forged(1, -600), "has no link, though newer ones were linked ten minutes before.",
    ),
    "forged with a time of now": (forged(1, 7), "(links: 0; entries that have no link yet: 2)"),
    "forged with a time of now, and linked": (
        then(forged(1, 7), chained_anew), "(links: 2; entries that have no link yet: 0)",
    ),
    "changed before it was linked": (
        entry(7, verb="undid"), "(links: 0; entries that have no link yet: 1)",
    ),
    "deleted before it was linked": (
        lambda chain: Entry.objects.filter(pk=chain.entry(7)).delete(),
        "(links: 0; entries that have no link yet: 0)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", NOT_PROVED)
def test_what_was_done_before_a_link_is_reported_or_said_to_be_not_proved(
    what: str, chain: Chain
) -> None:
    tamper, words = NOT_PROVED[what]
    report = report_of(tamper, chain)
    assert report.fault is None
    said = "\n".join(report.sentences())
    assert words in said
    assert "Proved up to link 6, by copy 6." in said


# --- Heads ----------------------------------------------------------------------------------


def test_without_heads_nothing_is_proved_against_who_can_have_it_chained_anew(
    chain: Chain,
) -> None:
    with lifted():
        then(ALL_LINKS, entry(2, verb="undid"), chained_anew)(chain)
    report = examine()
    assert report.fault is None
    assert "(links: 7; entries that have no link yet: 0)" in "\n".join(report.sentences())


def test_heads_from_before_a_restored_back_up_are_said_to_be_so(chain: Chain, cast: Cast) -> None:
    with lifted():
        cut(4, 6)(chain)
    assert note_restore(by=acting(cast.manager)) == 3
    for number in range(8, 12):
        write(cast.manager, number)
    link_new_entries()
    report = examine([*chain.noted, Noted(*head(), where="copy 9")])
    assert report.fault is None
    said = "\n".join(report.sentences())
    assert "says that a back-up with 3 links was restored." in said
    assert "Later than the back-up that was restored: link 6, noted in copy 6." in said
    assert "by copy 9." in said


def test_of_thousands_that_a_restore_lost_some_are_named_and_the_others_counted(
    chain: Chain, cast: Cast
) -> None:
    note_restore(by=acting(cast.manager))
    lost = [Noted(number, "0" * 64, where=f"copy {number}") for number in range(8, 3008)]
    said = [each for each in examine([*chain.noted, *lost]).sentences() if "Later than" in each]
    assert len(said) == 21
    assert said[-1].endswith("2,980 more that were noted.")


def test_a_restore_that_was_said_hides_nothing_from_before_it(chain: Chain, cast: Cast) -> None:
    with lifted():
        cut(4, 6)(chain)
    note_restore(by=acting(cast.manager))
    with lifted():
        Link.objects.all().delete()
        Entry.objects.filter(pk=chain.entry(2)).update(verb="undid")
    link_new_entries()
    fault = examine(chain.noted).fault
    assert fault
    assert "copy 3" in fault.sentence


def test_to_look_changes_nothing(chain: Chain) -> None:
    before = list(Link.objects.order_by("pk").values_list()), Entry.objects.count()
    examine(chain.noted)
    assert (list(Link.objects.order_by("pk").values_list()), Entry.objects.count()) == before


# --- Late -----------------------------------------------------------------------------------


def test_ten_minutes_are_in_time_and_a_chainer_that_stood_still_makes_nothing_late(
    chain: Chain, cast: Cast
) -> None:
    write(cast.manager, 6 - 10)
    for number in (8, 900, 1_800):
        write(cast.manager, number)
    link_new_entries()
    assert not Link.objects.filter(late=True).exists()
    write(cast.manager, 1_789)
    link_new_entries()
    assert Link.objects.get(late=True).entry == Entry.objects.latest("pk")
    assert first_fault() is None


# --- The tables -----------------------------------------------------------------------------


@pytest.mark.postgres
@pytest.mark.parametrize("table", ["audit_link", "audit_entry, audit_link"])
def test_the_tables_cannot_be_emptied(table: str, chain: Chain) -> None:
    connection.check_constraints()  # what waits to be checked would refuse it first
    with (
        pytest.raises(IntegrityError, match="append-only"), transaction.atomic(),
        connection.cursor() as cursor,
    ):  # fmt: skip
        cursor.execute(f"TRUNCATE {table} CASCADE")


@pytest.mark.sqlite
@pytest.mark.django_db
def test_every_trigger_is_there_after_the_migrations() -> None:
    """SQLite makes a table anew for many a migration, and loses its triggers."""
    names = {
        f"{each.name}_{event.lower()}"
        for each in declared()
        for event in each.events
        if event != "TRUNCATE" or connection.vendor == "postgresql"
    }
    table, column = (
        ("pg_trigger", "tgname") if connection.vendor == "postgresql" else ("sqlite_master", "name")
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table}")  # noqa: S608
        assert names <= {name for (name,) in cursor.fetchall()}


def test_a_restore_is_said_of_the_newest_link_or_of_none(cast: Cast) -> None:
    by = acting(cast.manager)
    assert note_restore(by=by) == 0
    link_new_entries()
    write(cast.manager, 1)
    link_new_entries()
    assert note_restore(by=by) == 2
    newest, said = Link.objects.get(seq=2), Entry.objects.order_by("-pk").first()
    assert said
    assert (said.object_id, said.payload) == (str(newest.pk), {"links": 2})


def test_the_report_prints_the_head_and_counts_what_is_late(chain: Chain) -> None:
    report, (links, digest) = examine(), head()
    assert (
        report.sentences().__next__() == f"The audit holds: {links} links, head {links}:{digest}."
    )
    assert late_links() == 0
    with lifted():
        Link.objects.filter(seq=3).update(late=True)
    assert late_links() == 1
