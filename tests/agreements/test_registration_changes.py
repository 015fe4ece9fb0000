"""A registration put right or withdrawn: by one side until another confirms, then by both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client

from agreements.models import Agreement, CopyChange, RegisteredCopy
from agreements.register.changing import (
    answer_change,
    correct_registration,
    withdraw_registration,
)
from agreements.register.facts import facts_of
from agreements.register.services import say_of_copy
from deadlines.models import Deadline
from house.refusals import NotYours, Refused
from meetings.models import Series
from mou_portal.home_page import HomePage
from nhsuk.forms import date_boxes
from parties.models import User
from tests.agreements.registered import REVIEW, SIGNED, again, confirm, registered
from tests.agreements.reviewed import on
from tests.cast import Cast, acting, organisation, user
from tests.conftest import Mailbox
from tests.once import made_once
from tests.reading import words, words_at
from tests.setting_up import library_template
from tests.stages import template
from tests.typed import fields_of

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
made, cast = made_once(library_template)


def _page(copy: RegisteredCopy, path: str) -> str:
    return f"/agreements/{copy.agreement.reference}/registered/{path}"


def _correct(by: User, copy: RegisteredCopy, **facts: Any) -> CopyChange:
    now = again(copy)
    right = replace(facts_of(now), **facts)
    return correct_registration(by=acting(by), copy=now, facts=right, because="A slip of the pen.")


# --- Until another party has confirmed


def test_who_registered_it_puts_it_right(cast: Cast, client_of: ClientOf, mailbox: Mailbox) -> None:
    told = cast.other_manager.email
    with on(SIGNED):
        copy = registered(cast)
        client = client_of(cast.colleague)
        assert (
            'href="/agreements/MOU-0001/registered/correct/"'
            in client.get("/agreements/MOU-0001/").content.decode()
        )
        typed = fields_of(client.get(_page(copy, "correct/")).content.decode())
        typed |= {"title": "Quality and safety", "because": "The title was cut."}
        typed |= date_boxes("signed_on", date(2026, 1, 3)) | date_boxes(
            "review_on", date(2027, 1, 3)
        )
        page = client.post(_page(copy, "correct/"), typed, follow=True).content.decode()
    assert "The registration is put right." in page
    assert "Correction by Colin Colleague for Northern Moors Area Team" in page
    agreement = Agreement.objects.get()
    assert (agreement.title, agreement.start_on) == ("Quality and safety", date(2026, 1, 3))
    assert Deadline.objects.get(kind="review").due_on == date(2027, 1, 3)
    assert {each.counts_from for each in Series.objects.all()} == {date(2026, 1, 3)}
    assert "registration put right" in mailbox.to(told)[-1].subject.lower()


def test_a_correction_asks_about_days_too_and_loses_nothing(
    cast: Cast, client_of: ClientOf
) -> None:
    copy, client = registered(cast), client_of(cast.manager)
    typed = fields_of(client.get(_page(copy, "correct/")).content.decode())
    typed |= {"because": "It was typed wrongly."} | date_boxes("review_on", date(2025, 1, 1))
    page = client.post(_page(copy, "correct/"), typed).content.decode()
    assert "is before the date of sign-off" in page
    assert "It was typed wrongly." in page
    typed = fields_of(page) | date_boxes("signed_on", date(2062, 1, 1))
    page = client.post(_page(copy, "correct/"), typed).content.decode()
    assert "The date of sign-off cannot be in the future." in page
    assert not CopyChange.objects.exists()
    typed = fields_of(page) | date_boxes("signed_on", SIGNED) | date_boxes("review_on", REVIEW)
    page = client.post(_page(copy, "correct/"), typed).content.decode()
    assert "Nothing differs from what is registered." in page


def test_the_other_party_says_what_is_not_right_instead(cast: Cast, client_of: ClientOf) -> None:
    copy = registered(cast)
    for path in ("correct/", "withdraw/"):
        assert client_of(cast.other_manager).get(_page(copy, path)).status_code == 403
        assert client_of(cast.viewer).get(_page(copy, path)).status_code == 403
        assert client_of(cast.stranger).get(_page(copy, path)).status_code == 404
    with pytest.raises(NotYours, match="Say what is not right instead"):
        _correct(cast.other_manager, copy, title="Ours")
    say_of_copy(by=acting(cast.other_manager), copy=copy, agrees=False, because="The year.")
    _correct(cast.manager, copy, signed_on=date(2025, 2, 3))
    check = Deadline.objects.get(kind="copy_to_check")
    assert check.is_open


def test_who_registered_it_withdraws_it(cast: Cast, client_of: ClientOf, mailbox: Mailbox) -> None:
    told = cast.other_manager.email
    with on(SIGNED):
        copy, client = registered(cast), client_of(cast.manager)
        page = client.post(
            _page(copy, "withdraw/"), {"because": "The wrong CCG."}, follow=True
        ).content.decode()
    assert "The registration is withdrawn." in page
    assert "It was registered in error, and the registration was withdrawn." in page
    assert "The reason: The wrong CCG." in page
    assert Agreement.objects.get().state == "ended"
    assert not Deadline.objects.still_open().exists()
    assert not HomePage(acting(cast.other_manager)).mine
    assert "withdrew the registration" in mailbox.to(told)[-1].body
    own = client_of(cast.viewer)
    assert own.get("/agreements/MOU-0001/registered.pdf").status_code == 200
    other = client_of(cast.other_manager)
    assert other.get("/agreements/MOU-0001/registered.pdf").status_code == 404
    assert other.get("/agreements/MOU-0001/registered/").status_code == 302
    for path in ("", "versions/", "people/", "history/"):
        assert other.get(f"/agreements/MOU-0001/{path}").status_code == 200


def test_a_withdrawn_file_may_be_registered_again(cast: Cast) -> None:
    copy = registered(cast)
    with pytest.raises(Refused, match="registered already as MOU-0001"):
        registered(cast, source=copy.agreement.template_version)
    withdraw_registration(by=acting(cast.manager), copy=copy, because="The wrong CCG.")
    with pytest.raises(Refused, match="This registration was withdrawn"):
        _correct(cast.manager, copy, title="Again")
    second = registered(cast, source=copy.agreement.template_version)
    assert second.agreement.state == "in_force"


def test_nobody_says_anything_of_what_was_withdrawn_a_moment_ago(cast: Cast) -> None:
    copy = registered(cast)
    withdraw_registration(by=acting(cast.manager), copy=copy, because="The wrong CCG.")
    with pytest.raises(Refused, match="There is nothing to check"):
        say_of_copy(by=acting(cast.other_manager), copy=copy, agrees=True)
    assert not copy.confirmations.exists()


# --- After that, by both


def test_once_confirmed_a_correction_is_made_when_the_other_says_so(
    cast: Cast, client_of: ClientOf
) -> None:
    copy = confirm(cast.other_manager, registered(cast))
    change = _correct(cast.manager, copy, end_on=date(2028, 3, 31))
    assert (change.state, again(copy).agreement.end_on) == ("asked", None)
    [line] = [t.sentence for t in HomePage(acting(cast.other_colleague)).mine if "orrection" in (
        t.sentence)]  # fmt: skip
    assert line.startswith("Answer the correction of the registration of the MoU with")
    assert "waits for another party" in words(client_of(cast.viewer), copy.agreement)
    other, url = client_of(cast.other_colleague), _page(copy, f"changes/{change.pk}/")
    page = other.get(url).content.decode()
    assert "31 March 2028" in page
    assert "A slip of the pen." in page
    assert client_of(cast.manager).post(url, {"answer": "yes"}).status_code == 403
    done = other.post(url, {"answer": "yes"}, follow=True).content.decode()
    assert "You confirmed the correction." in done
    assert "confirmed it for Eastmoor CCG" in done
    assert again(copy).agreement.end_on == date(2028, 3, 31)
    assert not Deadline.objects.still_open().filter(kind="copy_change").exists()
    assert other.get(url).status_code == 302


def test_the_other_party_may_ask_for_one_too_and_be_refused(
    cast: Cast, client_of: ClientOf
) -> None:
    copy = confirm(cast.other_manager, registered(cast))
    change = _correct(cast.other_manager, copy, title="Ours alone")
    with pytest.raises(Refused, match="asked for a correction already"):
        _correct(cast.manager, copy, title="No, ours")
    url = _page(copy, f"changes/{change.pk}/")
    page = client_of(cast.manager).post(url, {"answer": "no"}).content.decode()
    assert "Say what is not right" in page
    client_of(cast.manager).post(url, {"answer": "no", "because": "The file says otherwise."})
    assert again(copy).agreement.title == "Quality"
    page = words(client_of(cast.other_viewer), copy.agreement)
    assert "said it is not right for Northern Moors Area Team: The file says otherwise." in page
    assert _correct(cast.manager, copy, title="Quality of care").state == "asked"


def test_once_confirmed_a_withdrawal_needs_the_other(cast: Cast) -> None:
    copy = confirm(cast.other_manager, registered(cast))
    change = withdraw_registration(by=acting(cast.manager), copy=copy, because="An old draft.")
    assert again(copy).agreement.state == "in_force"
    answer_change(by=acting(cast.other_manager), change=change, agrees=True)
    assert again(copy).agreement.state == "ended"
    with pytest.raises(Refused, match="answered already"):
        answer_change(by=acting(cast.other_manager), change=change, agrees=False, because="No.")


def test_what_another_party_says_is_not_right_is_put_right_by_who_registered_it(
    cast: Cast, client_of: ClientOf
) -> None:
    copy = registered(cast)
    theirs = acting(cast.other_manager)
    say_of_copy(by=theirs, copy=copy, agrees=False, because="Page 3 is missing.")
    ours, path = client_of(cast.colleague), f"/agreements/{copy.agreement.reference}/"
    page = words_at(ours, path)
    asked = "Put the registration right Waiting for you. Not right: “Page 3 is missing.”"
    assert page.index(asked) < page.index("Check the registered copy")
    assert "Put the registration right Waiting for Maud" in words_at(
        client_of(cast.other_manager), path
    )
    _correct(cast.manager, copy, title="Whole")
    assert "Put the registration right" not in words_at(ours, path)


def test_of_ten_parties_one_other_word_is_enough(cast: Cast, client_of: ClientOf) -> None:
    sides = {"area_team": cast.area_team}
    sides |= {f"side{n}": organisation(f"Moor {n} CCG", ods_code=f"M{n:02}") for n in range(1, 10)}
    managers = {slot: user(f"Manager {slot.title()}", of, "manager") for slot, of in sides.items()}
    copy = registered(cast, source=template(cast.area_team, tuple(sides)), sides=sides)
    _correct(cast.manager, copy, title="Ten together")
    confirm(managers["side4"], copy)
    change = _correct(managers["side9"], copy, title="Ten of us")
    assert change.state == "asked"
    answer_change(by=acting(managers["side2"]), change=change, agrees=True)
    assert again(copy).agreement.title == "Ten of us"
    page = client_of(managers["side1"]).get(_page(copy, "")).content.decode()
    assert "Northern Moors Area Team registered this signed MoU." in page


def test_two_who_correct_at_once(cast: Cast, client_of: ClientOf) -> None:
    copy, client = registered(cast), client_of(cast.manager)
    typed = fields_of(client.get(_page(copy, "correct/")).content.decode())
    _correct(cast.colleague, copy, title="Faster")
    typed |= {"title": "Slower", "because": "As it is on the cover."}
    page = client.post(_page(copy, "correct/"), typed).content.decode()
    assert "Somebody changed this registration since you opened this page." in page
    assert 'value="Slower"' in page
    client.post(_page(copy, "correct/"), fields_of(page))
    assert again(copy).agreement.title == "Slower"


def test_a_review_that_was_held_keeps_its_date(cast: Cast) -> None:
    from agreements.reviews.services import Outcome, record_review

    with on(SIGNED):
        copy = registered(cast)
        held = Outcome(SIGNED, "continue", date(2028, 1, 1))
        record_review(by=acting(cast.manager), agreement=copy.agreement, number=1, said=held)
        _correct(cast.manager, copy, end_on=date(2030, 1, 1))
    assert again(copy).agreement.review_on == date(2028, 1, 1)
