"""Days of a registered MoU: what is asked, what is found, and what nobody is late with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from agreements.models import Access, Agreement
from agreements.register.facts import Facts, doubts
from agreements.reviews.services import Outcome, record_review
from agreements.terms import Terms, as_stored
from deadlines.models import Deadline, Holder
from house import clock
from house.refusals import Refused
from meetings.models import Series
from mou_portal.home_page import HomePage
from nhsuk.forms import date_boxes
from parties.models import User
from tests.agreements.registered import REVIEW, SIGNED, again, confirm, registered
from tests.agreements.reviewed import on, swept_on
from tests.agreements.test_register import URL, a_file, register
from tests.cast import Cast, acting, organisation, user
from tests.conftest import Mailbox
from tests.once import made_once
from tests.pdf import a_pdf_that_says
from tests.reading import words, words_at
from tests.setting_up import library_template
from tests.stages import template

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
DAY = timedelta(days=1)
made, cast = made_once(library_template)


def _said(cast: Cast, **days: date) -> dict[str, Any]:
    said: dict[str, Any] = {"title": "Quality", "area_team": cast.area_team.pk, "ccg": cast.ccg.pk}
    said |= date_boxes("signed_on", days.pop("signed_on", SIGNED))
    for name, day in days.items():
        said |= date_boxes(name, day)
    return said


# --- Findings that ask


@pytest.mark.parametrize(
    ("days", "asked"),
    [
        ({"review_on": date(2026, 1, 3)}, "The date of review, 3 January 2026, is before the date"),
        ({"review_on": date(2062, 2, 3)}, "is over ten years after the date of sign-off"),
        ({"end_on": date(2025, 2, 3)}, "It ends on 3 February 2025, before the date of sign-off"),
        ({"end_on": date(2026, 3, 1), "effective_on": date(2026, 4, 1)},
         "It ends on 1 March 2026, before it takes effect on 1 April 2026."),
        ({"effective_on": date(2028, 4, 1)}, "It takes effect on 1 April 2028, over a year after"),
    ],
)  # fmt: skip
def test_a_day_that_can_hardly_be_meant_is_asked_about(
    cast: Cast, client_of: ClientOf, days: dict[str, date], asked: str
) -> None:
    said, client = _said(cast, **days), client_of(cast.manager)
    page = register(client, said)
    assert asked in page
    assert "The dates are right as they are" in page
    assert 'value="Quality"' in page
    assert not Agreement.objects.exists()
    page = register(client, said | {"dates_are_right": "on"})
    assert "MOU-0001 is registered" in page
    assert asked in " ".join(Agreement.objects.get().registered_copy.findings)


def test_a_sign_off_to_come_is_taken_on_no_try(cast: Cast, client_of: ClientOf) -> None:
    said, client = _said(cast, signed_on=clock.today() + DAY), client_of(cast.manager)
    for more in ({}, {"dates_are_right": "on"}, {"dates_are_right": "on"}):
        page = register(client, said | more)
        assert "The date of sign-off cannot be in the future." in page
        assert not Agreement.objects.exists()
    with pytest.raises(Refused, match="cannot be in the future"):
        registered(cast, signed_on=clock.today() + DAY, dates_are_right=True)


@given(st.dates(date(2010, 1, 1), date(2030, 1, 1)), st.integers(0, 3600))
def test_a_review_after_the_sign_off_is_never_asked_about(signed: date, days: int) -> None:
    assert doubts(Facts("Quality", signed, signed + timedelta(days=days))) == {}


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ({"end_on": date(2023, 3, 31)},
         "Its end, 31 March 2023, has passed: is it extended, ended or still working to it?"),
        ({"review_on": date(2021, 4, 1)},
         "The date of review, 1 April 2021, has passed. Nobody here is late"),
        ({"effective_on": date(2020, 1, 1)},
         "It took effect on 1 January 2020, before it was signed on 1 April 2020. Make sure"),
    ],
)  # fmt: skip
def test_what_has_passed_is_a_finding(cast: Cast, days: dict[str, date], found: str) -> None:
    said: dict[str, Any] = {"signed_on": date(2020, 4, 1), "review_on": REVIEW} | days
    assert any(found in each for each in registered(cast, **said).findings)


def test_an_mou_past_its_end_says_so_first(cast: Cast, client_of: ClientOf) -> None:
    copy = registered(cast, signed_on=date(2020, 4, 1), end_on=date(2023, 3, 31))
    page = words(client_of(cast.viewer), copy.agreement)
    assert "Past its end of 31 March 2023, in force since 1 April 2020." in page
    assert "is it extended, ended or still working to it?" in page
    listed = words_at(client_of(cast.viewer), "/agreements/")
    assert "Past its end Its last day was 31 March 2023" in listed
    assert "Its last day was 31 March 2023. " in words_at(client_of(cast.viewer), "/")


def test_the_day_from_which_it_has_effect_is_kept_and_shown(
    cast: Cast, client_of: ClientOf
) -> None:
    register(client_of(cast.manager), _said(cast, effective_on=date(2026, 4, 1)))
    agreement = Agreement.objects.get()
    assert agreement.registered_copy.effective_on == date(2026, 4, 1)
    assert "With effect from 1 April 2026." in words(client_of(cast.viewer), agreement)
    at = f"/agreements/{agreement.reference}/registered/"
    page = client_of(cast.other_manager).get(at).content.decode()
    assert "With effect from" in page
    assert "Northern Moors Area Team registered this signed MoU." in page


# --- Nobody is late with what nobody could know


def test_a_review_that_had_passed_is_not_late(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    with on(date(2026, 3, 2)):
        copy = registered(cast, signed_on=date(2023, 9, 3), review_on=date(2024, 9, 3))
        review = Deadline.objects.get(kind="review")
        assert (review.due_on, review.state) == (None, "open")
        todo = next(t for t in HomePage(acting(cast.manager)).mine if "Review" in t.sentence)
        assert not todo.is_late
        page = words(client_of(cast.viewer), copy.agreement)
        assert "The date of review, 3 September 2024, had passed when it was registered." in page
        kept = words(client_of(cast.viewer), copy.agreement, "kept/")
        assert "The date of review Due 3 September 2024 had passed" in kept
    for number in range(1, 16):
        swept_on(date(2026, 3, 2) + number * DAY)
    [mail] = [m for m in mailbox.to(cast.manager.email) if "its date was" in m.subject]
    assert "had passed when it was registered here" in mail.body
    assert "late since" not in mail.subject


def test_once_it_is_held_the_next_one_has_its_date(cast: Cast) -> None:
    with on(date(2026, 3, 2)):
        copy = registered(cast, signed_on=date(2023, 9, 3), review_on=date(2024, 9, 3))
        held = Outcome(date(2026, 3, 1), "continue", date(2027, 3, 1))
        record_review(by=acting(cast.manager), agreement=copy.agreement, number=1, said=held)
    opened = Deadline.objects.still_open().get(kind="review")
    assert opened.due_on == date(2027, 3, 1)


def test_a_review_that_passes_later_is_late_as_ever(cast: Cast) -> None:
    with on(date(2027, 1, 2)):
        copy = registered(cast)
    assert not copy.agreement.review_was_past
    assert Deadline.objects.get(kind="review").due_on == REVIEW


# --- Whom its reminders wait for


def _held(who: User) -> set[str]:
    """What waits for the organisation of this person."""
    rows = Holder.objects.filter(organisation=acting(who).organisation_id, is_open=True)
    return set(rows.values_list("deadline__kind", flat=True))


def test_what_follows_from_the_text_waits_for_the_other_once_it_confirmed(cast: Cast) -> None:
    with on(SIGNED):
        copy = registered(cast)
        assert {"review", "role_vacant", "meetings_owed"} <= _held(cast.manager)
        assert _held(cast.other_manager) == {"copy_to_check"}
        other = Access.objects.get(organisation=cast.ccg)
        assert other.next_due_on is None
        confirm(cast.other_manager, copy)
        assert {"review", "role_vacant", "meetings_owed"} <= _held(cast.other_manager)
        other.refresh_from_db()
        assert other.next_due_on is not None


@pytest.mark.usefixtures("nothing_but_agreements")
def test_its_reminders_reach_the_other_once_it_confirmed(cast: Cast, mailbox: Mailbox) -> None:
    def told(who: User) -> list[str]:
        return [str(m.subject) for m in mailbox.to(who.email) if "eview" in m.subject]

    with on(SIGNED):
        copy = registered(cast)
    for day in (REVIEW - 90 * DAY, REVIEW - 60 * DAY):
        swept_on(day)
    assert told(cast.manager)
    assert told(cast.other_manager) == []
    with on(REVIEW - 50 * DAY):
        confirm(cast.other_manager, copy)
    for number in range(45, -8, -1):
        swept_on(REVIEW - number * DAY)
    assert told(cast.other_manager)


def test_of_ten_parties_each_is_reminded_once_it_confirmed(cast: Cast) -> None:
    sides = {"area_team": cast.area_team}
    sides |= {f"side{n}": organisation(f"Moor {n} CCG", ods_code=f"M{n:02}") for n in range(1, 10)}
    source = template(cast.area_team, tuple(sides))
    managers = {slot: user(f"Manager {slot.title()}", of, "manager") for slot, of in sides.items()}
    with on(SIGNED):
        copy = registered(cast, source=source, sides=sides)
        for slot in ("side2", "side7"):
            confirm(managers[slot], copy)
    hearing = {slot for slot in sides if "review" in _held(managers[slot])}
    assert hearing == {"area_team", "side2", "side7"}


# --- The same file again


def test_the_same_file_again_says_as_what_it_is_registered(cast: Cast, client_of: ClientOf) -> None:
    said, client = _said(cast), client_of(cast.manager)
    register(client, said)
    page = register(client, said | {"title": "Another title"} | date_boxes("end_on", REVIEW))
    assert "This very file is registered already as MOU-0001, “Quality”, by Northern Moors" in page
    assert "Nothing of what you typed here was registered." in page
    assert 'href="/agreements/MOU-0001/"' in page
    assert 'value="Another title"' in page
    assert f'value="{REVIEW.year}"' in page
    assert "is registered and in force" not in page
    assert Agreement.objects.count() == 1


def test_a_colleague_who_registers_it_too_is_led_to_it(cast: Cast, client_of: ClientOf) -> None:
    register(client_of(cast.manager), _said(cast))
    colleague = client_of(cast.colleague)
    page = register(colleague, _said(cast))
    assert "registered already as MOU-0001" in page
    assert Agreement.objects.count() == 1


def test_who_may_not_see_it_is_told_no_more_than_that(cast: Cast, client_of: ClientOf) -> None:
    sides = {"area_team": cast.area_team, "ccg": cast.third_ccg}
    file = a_pdf_that_says("The same words.")
    registered(cast, words="The same words.", sides=sides, title="canary-plover")
    stranger = user("Fay Farfield", cast.far_ccg, "manager")
    client, version = client_of(stranger), _template_of(stranger)
    said = {"title": "Ours", "area_team": cast.area_team.pk, "ccg": cast.far_ccg.pk}
    said |= date_boxes("signed_on", SIGNED) | {"parties_are_right": "on"}
    answer = client.post(f"{URL}?template={version}", said | {"file": a_file(file)})
    page = answer.content.decode()
    assert "by parties of which your organisation is none" in page
    assert "canary-plover" not in page
    assert "MOU-0001" not in page
    assert 'value="Ours"' in page


def _template_of(who: User) -> int:
    """A published template that this person may use."""
    return template(acting(who).on_behalf_of).pk


@pytest.mark.usefixtures("nothing_but_agreements")
def test_after_an_upgrade_it_waits_no_longer_for_who_has_not_confirmed(cast: Cast) -> None:
    registered(cast)
    # As a former release kept it: it waited for all at once.
    Holder.objects.update(is_open=True)
    for _ in "12":
        call_command("set_deadlines")
        assert _held(cast.other_manager) == {"copy_to_check"}
        assert "review" in _held(cast.manager)


def test_after_an_upgrade_its_years_run_from_the_day_of_effect(cast: Cast) -> None:
    copy = registered(cast, effective_on=date(2026, 4, 1))
    agreement = copy.agreement
    # As a former release kept it: beside the copy alone.
    agreement.effective_on = None
    agreement.save()
    call_command("set_deadlines")
    assert again(copy).agreement.runs_from == date(2026, 4, 1)
    assert {each.counts_from for each in Series.objects.all()} == {date(2026, 4, 1)}


def test_where_the_text_asks_for_no_review_none_is_put(cast: Cast) -> None:
    source = template(cast.area_team)
    source.terms = as_stored(Terms())
    source.save()
    copy = registered(cast, source=source, review_on=None)
    assert copy.agreement.review_on is None
    assert not Deadline.objects.filter(kind="review").exists()
