"""A heads-up moved, withdrawn, seen by few before it has gone out, asked about afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agreements.models import Happening
from communications.heads_ups.services.answering import acknowledge
from communications.heads_ups.services.outcomes import mark_sent
from communications.heads_ups.services.telling_more import say_told, tell_the_rest
from communications.models import HeadsUp, OwedTo
from deadlines.sweep import sweep_reminders
from house import clock
from house.refusals import NotYours, Refused
from tests.bad_input import BAD_TEXTS
from tests.cast import Cast, acting
from tests.communications import desk
from tests.communications.desk import NOW
from tests.communications.doing import send
from tests.communications.telling import (
    LMC_ADDRESS,
    TEXT,
    TITLE,
    answers,
    at,
    given,
    went_out,
)
from tests.conftest import ClientOf, Mailbox
from tests.reading import words_at, words_of
from tests.typed import fields_of

pytestmark = pytest.mark.django_db
WHEN = {"day-day": "4", "day-month": "6", "day-year": "2026", "time": "9am"}


def test_moved_and_withdrawn_whoever_was_told_hears_of_it(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    with clock.at(NOW):
        heads_up, client = given(cast), client_of(cast.colleague)
        mailbox.all.clear()
        page = send(client, at(heads_up, "move/"), because="Proofs are late.", time="10am")
        assert "It is moved to 10:00 am BST on 4 June" in page
        moved = [mail.subject.partition(":")[0] for mail in mailbox.all]
        assert moved == ["Message to practices moved to 10"] * 2
        mailbox.all.clear()
        page = send(client, at(heads_up, "withdraw/"), because="Not needed.")
        assert "The heads-up is withdrawn." in page
        assert len(mailbox.all) == 2
        assert TITLE in words_at(client_of(cast.other_colleague), at(heads_up))
        with pytest.raises(Refused, match="was withdrawn"):
            went_out(cast, heads_up)


def test_before_it_has_gone_out_only_those_told_see_it(cast: Cast, client_of: ClientOf) -> None:
    with clock.at(NOW):
        heads_up = given(cast)
        pages = ["/", "/heads-ups/", at(heads_up)]
        below = f"/agreements/{heads_up.concerned.get().agreement.reference}/"
        parts = ("", "announcements/", "kept/", "history/", f"on/{NOW.date().isoformat()}/")
        pages += [f"{below}{each}" for each in parts]

        def met(user: object) -> bool:
            answers = [client_of(user).get(page) for page in pages]  # type: ignore[arg-type]
            assert all(answer.status_code in {200, 302, 403, 404} for answer in answers)
            return any("canary" in answer.content.decode() for answer in answers)

        for user in (cast.viewer, cast.other_colleague, cast.other_manager):
            assert met(user), user
        for user in (cast.other_viewer, cast.third_manager, cast.stranger, cast.nobody):
            assert not met(user), user
        went_out(cast, heads_up, because="Early.")
        assert met(cast.other_viewer)
        for user in (cast.third_manager, cast.stranger, cast.nobody):
            assert not met(user), user


def test_only_who_was_told_acknowledges_and_only_the_owner_acts(cast: Cast) -> None:
    with clock.at(NOW):
        heads_up = given(cast)
        for user in (cast.colleague, cast.other_manager, cast.stranger):
            with pytest.raises(NotYours):
                acknowledge(by=acting(user), heads_up=heads_up)
        for user in (cast.viewer, cast.other_manager):
            with pytest.raises(NotYours):
                mark_sent(by=acting(user), heads_up=heads_up, sent_at=NOW)
        with pytest.raises(NotYours):
            say_told(by=acting(cast.other_manager), owed=OwedTo.objects.first(), at=NOW, how="x")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"title": ""}, "Enter a title"),
        ({"title": "x" * 10_000}, "Title must be 200 characters or fewer"),
        ({"text": ""}, "Enter what it says"),
        ({"agreements": []}, "Choose at least one agreement"),
        ({"day-day": "1"}, "If it went out already, record that it was sent first."),
        (
            {"day-day": "29", "day-month": "3", "time": "1:30"},
            "The clocks go forward over this time. Enter an earlier or a later one",
        ),
        ({"committee_name": "LMC"}, "Enter the e-mail address of the committee"),
    ],
)
def test_what_cannot_be_given_says_why(
    cast: Cast, client_of: ClientOf, said: dict[str, str], problem: str
) -> None:
    good = {"title": TITLE, "text": TEXT, "audience": "All", "as_it_is": "on", **WHEN}
    with clock.at(NOW):
        desk.bilateral(cast)
        page = send(client_of(cast.colleague), "/heads-ups/give/", **good | said)
    assert problem in page
    assert not HeadsUp.objects.exists()


def test_pressed_twice_it_is_given_once(cast: Cast) -> None:
    with clock.at(NOW):
        first, second = given(cast), given(cast)
        assert first == second
        assert Happening.objects.filter(verb="heads_up_given").count() == 1


def test_who_came_later_is_told_too(cast: Cast, mailbox: Mailbox) -> None:
    with clock.at(NOW):
        desk.bilateral(cast)
        mailbox.all.clear()
        heads_up = given(cast, committee=None)
        assert len(mailbox.all) == 1
        with pytest.raises(Refused, match="Nobody was told again"):
            tell_the_rest(by=acting(cast.colleague), heads_up=heads_up)
        given(cast, title="Another")
        (told,) = tell_the_rest(by=acting(cast.colleague), heads_up=heads_up)
        assert told.address == LMC_ADDRESS


def test_a_decision_tells_whom_it_affects_and_no_committee(cast: Cast, mailbox: Mailbox) -> None:
    with clock.at(NOW):
        agreement, kind = desk.bilateral(cast), "wider_impact"
        mailbox.all.clear()
        given(cast, by=cast.other_manager, kind=kind, title="Closing a clinic")
        (mail,) = mailbox.all
        assert mail.subject.startswith("Heads-up on a decision that may affect you, planned for")
        assert answers(cast.other_viewer, agreement)["wider_impact"].state == "due"
        assert answers(cast.other_viewer, agreement)["heads_up"].state == "nothing_yet"


def test_nobody_says_what_came_of_it_so_the_owner_is_asked(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    with clock.at(NOW):
        heads_up = given(cast)
        assert "Read the heads-up" in words_at(client_of(cast.other_colleague), "/")
        mailbox.all.clear()
    with clock.at(NOW + timedelta(hours=49, minutes=1)):
        sweep_reminders()
        subjects = {str(each.subject) for each in mailbox.to(cast.colleague.email)}
        assert len(subjects) == 1
        assert "Say what came of your message to practices, planned for" in subjects.pop()
        home = words_of(client_of(cast.colleague).get("/"))
        assert "move it or withdraw it" in home
        went_out(cast, heads_up)
        assert "move it or withdraw it" not in words_at(client_of(cast.colleague), "/")


@pytest.mark.parametrize("bad", BAD_TEXTS.values(), ids=BAD_TEXTS)
def test_whatever_is_typed_is_answered(cast: Cast, client_of: ClientOf, bad: str) -> None:
    with clock.at(NOW):
        heads_up, client = given(cast), client_of(cast.colleague)
        row = OwedTo.objects.exclude(party=None).get()
        rest = ("sent/", "move/", "withdraw/", f"told/{row.pk}/")
        for path in (
            "/heads-ups/give/", "/heads-ups/sent-first/", "/heads-ups/committees/add/",
            *(at(heads_up, each) for each in rest),
        ):  # fmt: skip
            names = fields_of(client.get(path).content.decode())
            answer = client.post(path, dict.fromkeys(names, bad))
            assert answer.status_code in (200, 302), path
