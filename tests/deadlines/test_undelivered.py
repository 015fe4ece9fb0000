"""E-mails that did not arrive: who sees them, what they are told, what they can do."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from mail.models import Delivery
from mail.services import queue_mail
from parties.models import Organisation, Person, Post, Team
from parties.services.inviting import invite
from tests.cast import Cast, acting, person
from tests.conftest import ClientOf, Mailbox
from tests.deadlines.ringing import DUE, bell, on, swept
from tests.reading import words_at
from tests.stages import asked

pytestmark = pytest.mark.django_db
AT = "/undelivered/"
ADDRESS = "ada.clerk@moors.example"


def failed(
    of: Organisation, address: str = ADDRESS, error: str = "550 No such user here", **more: object
) -> Delivery:
    """An e-mail of the organisation that the other server did not take."""
    key = f"{address}:{Delivery.objects.count()}"
    queue_mail(kind="invitation", address=address, context={}, dedupe=key, organisation_id=of.pk)
    changes = {"state": "failed", "next_try": None, "last_error": error} | more
    Delivery.objects.filter(dedupe=key).update(**changes)
    return Delivery.objects.get(dedupe=key)


def clerk(of: Organisation) -> Person:
    """Somebody of the organisation who does not log in."""
    made = person("Ada Clerk", ADDRESS)
    Post.objects.create(person=made, organisation=of, title="Clerk")
    return made


def press(client: Client, what: str, delivery: Delivery) -> str:
    answer = client.post(f"{AT}{delivery.pk}/{what}/", follow=True)
    return str(answer.content.decode())


def test_a_manager_reads_on_the_home_page_that_something_did_not_arrive(
    cast: Cast, client_of: ClientOf
) -> None:
    assert "did not arrive" not in words_at(client_of(cast.manager), "/")
    failed(cast.area_team)
    said = "1 e-mail of your organisation did not arrive."
    for user in (cast.manager, cast.administrator):
        assert said in words_at(client_of(user), "/")
    for user in (cast.viewer, cast.other_manager):
        assert "did not arrive" not in words_at(client_of(user), "/")


def test_each_stands_there_with_what_the_server_said_and_what_to_do(
    cast: Cast, client_of: ClientOf
) -> None:
    clerk(cast.area_team)
    failed(cast.area_team)
    page = words_at(client_of(cast.administrator), AT)
    assert f"Invitation to make an account To {ADDRESS} (Ada Clerk), " in page
    assert "The other server said: 550 No such user here" in page
    assert "no e-mail for this address. If it is wrong, correct it. Then send it again." in page
    markup = client_of(cast.administrator).get(AT).content.decode()
    assert "Correct the address" in markup
    page = words_at(client_of(cast.manager), AT)
    assert "If it is wrong, ask your administrator to correct it. Then send it again." in page
    assert "Correct the address" not in page


@pytest.mark.parametrize(
    ("error", "state", "said"),
    [
        ("421 Too busy", "failed", "It was tried for a day. Send it again."),
        ("Timed out", "maybe_sent", "It may have arrived. Ask, and send it again if it has not."),
        ("Could not be composed: KeyError('x')", "failed", "Tell whoever runs the portal"),
    ],
)
def test_what_to_do_follows_from_what_went_wrong(
    cast: Cast, client_of: ClientOf, error: str, state: str, said: str
) -> None:
    failed(cast.area_team, error=error, state=state)
    page = words_at(client_of(cast.manager), AT)
    assert said in page
    assert "KeyError" not in page


def test_whoever_logs_in_with_the_address_needs_a_system_administrator(
    cast: Cast, client_of: ClientOf
) -> None:
    failed(cast.area_team, cast.viewer.email)
    page = words_at(client_of(cast.administrator), AT)
    assert "If it is wrong, a system administrator corrects it: they log in with it." in page


def test_another_organisation_sees_none_of_it(cast: Cast, client_of: ClientOf) -> None:
    delivery = failed(cast.area_team)
    for user in (cast.other_manager, cast.stranger):
        assert "is known to have failed" in words_at(client_of(user), AT)
        assert client_of(user).post(f"{AT}{delivery.pk}/again/").status_code == 404
    assert client_of(cast.viewer).get(AT).status_code == 403
    delivery.refresh_from_db()
    assert delivery.state == "failed"


def test_it_is_sent_again_to_the_corrected_address(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    somebody, delivery = clerk(cast.area_team), failed(cast.area_team)
    Delivery.objects.update(kind="password_reset")
    somebody.email = "ada@moors.example"
    somebody.save()
    client = client_of(cast.manager)
    assert "was corrected since then. Send it again, to ada@moors.example." in words_at(client, AT)
    said = "The e-mail is on its way again, to ada@moors.example."
    assert said in press(client, "again", delivery)
    before = delivery.message_id
    delivery.refresh_from_db()
    assert (delivery.state, delivery.address) == ("waiting", "ada@moors.example")
    assert (delivery.attempts, delivery.message_id) == (0, before)
    entry = Entry.objects.get(verb="sent an e-mail again")
    assert (entry.actor, entry.organisation_id) == (cast.manager, cast.area_team.pk)


def test_a_second_press_sends_it_once(cast: Cast, client_of: ClientOf) -> None:
    delivery, client = failed(cast.area_team), client_of(cast.manager)
    press(client, "again", delivery)
    assert client.post(f"{AT}{delivery.pk}/again/").status_code == 404
    assert Entry.objects.filter(verb="sent an e-mail again").count() == 1


def test_a_reminder_is_called_by_what_is_due_and_arrives_the_second_time(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    with on(date(2027, 1, 1)):
        bell(cast)
    swept(DUE)
    Delivery.objects.update(state="failed", next_try=None, last_error="550 Full")
    with on(DUE):
        assert "Reminder: Bells" in words_at(client_of(cast.manager), AT)
        press(client_of(cast.manager), "again", Delivery.objects.get())
        assert [mail.to for mail in mailbox.all] == [[cast.manager.email]]


def test_what_is_not_needed_leaves_the_list(cast: Cast, client_of: ClientOf) -> None:
    delivery, client = failed(cast.area_team), client_of(cast.manager)
    assert "will not be sent" in press(client, "leave", delivery)
    assert "did not arrive" not in words_at(client, "/")
    assert Entry.objects.filter(verb="gave up an e-mail").exists()


def test_a_team_is_corrected_too(cast: Cast, client_of: ClientOf) -> None:
    team = Team.objects.create(
        organisation=cast.area_team,
        purpose="press",
        name="Press office",
        address="pr@moors.example",
    )
    failed(cast.area_team, "pr@moors.example")
    client = client_of(cast.administrator)
    assert "To pr@moors.example (Press office)" in words_at(client, AT)
    team.address = "press@moors.example"
    team.save()
    assert "Send it again, to press@moors.example." in words_at(client, AT)


def test_system_administrators_send_again_too(cast: Cast, client_of: ClientOf) -> None:
    trouble, gone = failed(cast.area_team), failed(cast.ccg, state="sent")
    answer = client_of(cast.system_administrator).post(
        "/admin/mail/delivery/",
        {"action": "send_again", "_selected_action": [trouble.pk, gone.pk]},
        follow=True,
    )
    assert "1 of 2 marked are on their way again." in answer.content.decode()
    assert Entry.objects.get(verb="sent an e-mail again").actor == cast.system_administrator


def test_more_of_them_ask_no_more_queries(cast: Cast, client_of: ClientOf) -> None:
    client, counts = client_of(cast.administrator), []
    for more in (2, 20):
        for number in range(more):
            somebody = person(f"P {more} {number}")
            Post.objects.create(person=somebody, organisation=cast.area_team, title="Clerk")
            failed(cast.area_team, somebody.email)
        words_at(client, AT)
        with CaptureQueriesContext(connection) as queries:
            page = words_at(client, AT)
        assert {f"P {more} {number}" in page for number in range(more)} == {True}
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_every_e_mail_to_somebody_says_whose_business_it_is(cast: Cast) -> None:
    """Those asked to sign, and who is invited: their own organisation sees what did not arrive."""
    asked(cast)
    invite(
        by=acting(cast.administrator), organisation=cast.area_team, name="Nina New",
        email="nina@moors.example", roles=["viewer"],
    )  # fmt: skip
    of = dict(Delivery.objects.values_list("address", "organisation_id"))
    assert of[cast.signatory.email] == of["nina@moors.example"] == cast.area_team.pk
    assert of[cast.other_signatory.email] == cast.ccg.pk
    assert None not in of.values()
