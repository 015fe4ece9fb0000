"""A series for many agreements is set up in one act; others join it and leave it by date (B14)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agreements.models import Agreement
from agreements.register.services import register_signed
from deadlines.models import Deadline
from documents.storage import store
from house import clock
from house.refusals import NotYours, Refused
from meetings.models import Series, SeriesAgreement
from meetings.services.correcting import correct_record
from meetings.services.due import time_passed
from meetings.services.joining import join_series, leave_series
from meetings.services.recording import Account
from parties.models import Organisation
from tests.agreements.grouped import resilience
from tests.cast import Cast, acting, person_of
from tests.conftest import ClientOf, Mailbox
from tests.meetings.joint import group_of, lead_of, met, mous
from tests.meetings.stage import on, scheduled, words, words_in
from tests.once import made_once
from tests.typed import fields_of

TODAY = clock.today


def two(cast: Cast) -> Series:
    return group_of(cast, mous(cast, 2))


made, cast = made_once(two)


@pytest.fixture
def group(cast: Cast) -> Series:
    return Series.objects.get(name="User group")


def row_of(group: Series, agreement: Agreement) -> SeriesAgreement:
    return group.serves.select_related("series", "agreement").get(agreement=agreement)


def test_whoever_joins_reads_from_then_on(
    cast: Cast, group: Series, client_of: ClientOf, mailbox: Mailbox
) -> None:
    before = met(cast, group, notes="Before they came.")
    later = scheduled(cast.other_manager, group, TODAY() + timedelta(days=30))
    [new] = mous(cast, 1, start=3)
    mails, client = len(mailbox.all), client_of(cast.other_manager)
    path = f"/meetings/series/{group.key}/join/"
    form = fields_of(client.get(path).content.decode()) | {"agreements": [new.reference]}
    page = words_in(client.post(path, form, follow=True))
    assert "1 agreement joined from" in page
    lead = lead_of(new)
    assert [mail.to[0] for mail in mailbox.all[mails:]] == [lead.email]
    assert client_of(lead).get(f"/meetings/{before.key}/").status_code == 404
    assert "Before they came." not in words(client_of(lead), f"/meetings/series/{group.key}/")
    assert words(client_of(lead), f"/meetings/{later.key}/")
    told = Deadline.objects.get(kind="meeting", subject_key=f"meeting:{later.key}")
    assert new.reference in references(told)
    assert acting(lead).organisation_id in told.holders.values_list("organisation", flat=True)


def test_whoever_joins_owes_from_the_first_period_that_begins_then(
    cast: Cast, group: Series
) -> None:
    [new] = mous(cast, 1, start=3)
    join_series(by=acting(cast.other_manager), series=group, agreements=[new], starts_on=TODAY())
    owed = Deadline.objects.still_open().get(subject_key=f"series:{group.key}")
    assert new.reference not in references(owed)
    assert owed.due_on
    with on(owed.due_on + timedelta(days=1)):
        time_passed()
        newest = Deadline.objects.still_open().filter(subject_key=f"series:{group.key}")
        assert new.reference in references(newest.latest("due_on"))


def references(deadline: Deadline) -> set[str]:
    return set(deadline.concerned.values_list("reference", flat=True))


def test_whoever_leaves_reads_nothing_from_afterwards(
    cast: Cast, group: Series, client_of: ClientOf
) -> None:
    first = group.serves.order_by("agreement__reference").first()
    assert first
    lead, before = lead_of(first.agreement), met(cast, group, notes="Up to then.")
    client, path = client_of(lead), f"/meetings/series/{group.key}/leave/{first.pk}/"
    form = fields_of(client.get(path).content.decode())
    assert "leaves these meetings after" in words_in(client.post(path, form, follow=True))
    later = scheduled(cast.other_manager, group, TODAY() + timedelta(days=30))
    assert "Up to then." in words(client, f"/meetings/{before.key}/")
    assert client.get(f"/meetings/{later.key}/").status_code == 404


def test_whoever_leaves_owes_nothing_for_the_period(cast: Cast, group: Series) -> None:
    first, last = group.serves.select_related("series", "agreement").order_by("pk")
    leave_series(by=acting(lead_of(first.agreement)), row=first, ends_on=TODAY())
    owed = Deadline.objects.still_open().get(subject_key=f"series:{group.key}")
    assert references(owed) == {last.agreement.reference}


def test_the_last_one_does_not_leave(cast: Cast, group: Series) -> None:
    first, last = group.serves.select_related("series", "agreement").order_by("pk")
    assert leave_series(by=acting(cast.other_manager), row=first, ends_on=TODAY())
    with pytest.raises(Refused, match="End the series instead"):
        leave_series(by=acting(cast.other_manager), row=last, ends_on=TODAY())


def test_all_agreements_are_chosen_in_one_act(cast: Cast, client_of: ClientOf) -> None:
    mous(cast, 2, start=3)
    client, path = client_of(cast.other_manager), "/meetings/series/new/"
    page = client.get(path).content.decode()
    assert "All 4 agreements in force" in page
    said = {"name": "Everybody", "many": "all", "cadence": "quarterly", "convener": "any"}
    assert "Everybody is a series now." in words_in(
        client.post(path, fields_of(page) | said, follow=True)
    )
    assert Series.objects.get(name="Everybody").serves.count() == 4


def test_only_a_party_to_all_brings_in_others(cast: Cast, group: Series) -> None:
    first = group.serves.order_by("pk").first()
    assert first
    [new] = mous(cast, 1, start=3)
    with pytest.raises(NotYours):
        join_series(
            by=acting(lead_of(first.agreement)), series=group, agreements=[new], starts_on=TODAY()
        )
    with pytest.raises(NotYours):
        leave_series(by=acting(lead_of(new)), row=row_of(group, first.agreement), ends_on=TODAY())


def test_it_may_come_back(cast: Cast, group: Series) -> None:
    first = group.serves.select_related("series", "agreement").order_by("pk").first()
    assert first
    leave_series(by=acting(cast.other_manager), row=first, ends_on=TODAY())
    by, later = acting(cast.other_manager), TODAY() + timedelta(days=9)
    [row] = join_series(by=by, series=group, agreements=[first.agreement], starts_on=later)
    assert row.pk != first.pk
    assert join_series(by=by, series=group, agreements=[first.agreement], starts_on=later) == []


def test_a_record_is_not_put_on_a_day_on_which_others_met(
    cast: Cast, group: Series, client_of: ClientOf
) -> None:
    """Whoever came later would read what was said before."""
    before = met(cast, group, notes="Before they came.")
    [new] = mous(cast, 1, start=3)
    join_series(by=acting(cast.other_manager), series=group, agreements=[new], starts_on=TODAY())
    first = group.serves.order_by("agreement__reference").first()
    assert first
    with pytest.raises(Refused, match="held for other MoUs") as refusal:
        correct_record(
            by=acting(lead_of(first.agreement)), meeting=before, edit_no=before.edit_no,
            day=TODAY(), account=Account(notes="Before they came."),
        )  # fmt: skip
    assert refusal.value.field == "day"
    assert client_of(lead_of(new)).get(f"/meetings/{before.key}/").status_code == 404


def test_whoever_joined_puts_no_record_on_a_day_before(cast: Cast, group: Series) -> None:
    [new] = mous(cast, 1, start=3)
    join_series(by=acting(cast.other_manager), series=group, agreements=[new], starts_on=TODAY())
    held = met(cast, group, TODAY(), notes="With them.")
    with pytest.raises(Refused, match="Your MoU was not part of these meetings on this day"):
        correct_record(
            by=acting(lead_of(new)), meeting=held, edit_no=held.edit_no,
            day=TODAY() - timedelta(days=3), account=Account(notes="With them."),
        )  # fmt: skip


def test_nobody_confirms_a_record_that_was_corrected_after_the_page_was_opened(
    cast: Cast, group: Series, client_of: ClientOf
) -> None:
    held = met(cast, group, notes="As it was.")
    first = group.serves.order_by("agreement__reference").first()
    assert first
    client, path = client_of(lead_of(first.agreement)), f"/meetings/{held.key}/answer/"
    opened = fields_of(client.get(path).content.decode())
    said = Account(notes="Another thing.", came=[(cast.ccg, person_of(cast.other_manager))])
    correct_record(
        by=acting(cast.other_manager),
        meeting=held,
        edit_no=held.edit_no,
        day=held.day,
        account=said,
    )
    page = client.post(path, opened | {"answer": "yes"}, follow=True)
    assert "It was corrected since you opened this page." in words_in(page)
    assert not held.answers.exists()
    client.post(path, fields_of(page.content.decode()) | {"answer": "yes"})
    assert held.answers.get().agrees


def test_who_is_no_party_to_one_that_is_to_join_brings_in_nobody(cast: Cast) -> None:
    """From the day on which it joins its parties would meet strangers."""
    first, second = mous(cast, 2, start=3)
    group = group_of(cast, [first])
    tomorrow = TODAY() + timedelta(days=1)
    join_series(
        by=acting(cast.other_manager), series=group, agreements=[second], starts_on=tomorrow
    )
    lead = lead_of(first)
    other = make_with(cast, first.parties.get(slot="practice").organisation)
    with pytest.raises(NotYours, match="Only a party to each agreement"):
        join_series(by=acting(lead), series=group, agreements=[other], starts_on=tomorrow)


def make_with(cast: Cast, practice: Organisation) -> Agreement:
    """In force between the practice and another CCG."""
    file = store(b"%PDF-1.7 other", name="mou.pdf", content_type="application/pdf")
    return register_signed(
        by=acting(cast.third_manager), template_version=resilience(cast.third_ccg), title="Other",
        organisations={"ccg": cast.third_ccg, "practice": practice}, file=file,
        signed_on=TODAY(), review_on=TODAY() + timedelta(days=365),
    )  # fmt: skip
