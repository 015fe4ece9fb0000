"""What the parties do with an action: progress, done, dropped, open again, entered in error."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.html import strip_tags

from commitments.models import Action
from commitments.services.changing import close_action, note_progress
from house.refusals import NotYours
from tests.cast import Cast, acting, person_of
from tests.commitments.stage import agreement_of, recorded, side
from tests.conftest import ClientOf, Mailbox


def step(client: Client, action: Action, page: str, **said: Any) -> str:
    """Sends one of the action's forms, and gives what the next page says."""
    answer = client.post(f"/commitments/{action.key}/{page}/", said, follow=True)
    assert answer.status_code == 200
    main = answer.content.decode().split("<main")[1].split("</main>")[0]
    return re.sub(r"\s+", " ", strip_tags(main))


def test_progress_is_noted_and_both_parties_read_it(cast: Cast, client_of: ClientOf) -> None:
    action = recorded(cast.manager, side(agreement_of(cast)))
    step(client_of(cast.colleague), action, "progress", text="Half of it is sent.", state="open")
    page = client_of(cast.other_viewer).get(f"/commitments/{action.key}/").content.decode()
    assert "Half of it is sent." in page
    assert "Colin Colleague, Northern Moors Area Team" in page


@pytest.mark.sqlite
def test_a_note_pressed_twice_stands_once_and_never_changes(cast: Cast) -> None:
    action, by = recorded(cast.manager, side(agreement_of(cast))), acting(cast.manager)
    first = note_progress(by=by, action=action, text="Half.")
    assert note_progress(by=by, action=action, text="Half.") == first
    with pytest.raises(IntegrityError), transaction.atomic():
        action.notes.update(text="All of it.")


def test_the_person_it_names_may_close_it_in_any_role(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    ours = side(agreement_of(cast))
    action = recorded(cast.manager, ours, person=person_of(cast.viewer))
    page = step(client_of(cast.viewer), action, "progress", text="", state="done")
    assert "Action 1 is done." in page
    assert "We told the MoU manager of Eastmoor CCG." in page
    assert "Marked done by Vera Viewer" in page
    assert mailbox.all[-1].to == [cast.other_manager.email]
    assert "was marked done" in mailbox.all[-1].body


def test_another_viewer_may_not(cast: Cast, client_of: ClientOf) -> None:
    action = recorded(cast.manager, side(agreement_of(cast)), person=person_of(cast.viewer))
    answer = client_of(cast.other_viewer).get(f"/commitments/{action.key}/progress/")
    assert answer.status_code == 403
    with pytest.raises(NotYours):
        close_action(by=acting(cast.signatory), action=action, as_what="done")


def test_dropping_needs_a_reason(cast: Cast, client_of: ClientOf) -> None:
    action = recorded(cast.manager, side(agreement_of(cast)))
    client = client_of(cast.other_manager)
    assert "Say why it is no longer needed" in step(
        client, action, "progress", text="", state="dropped"
    )
    page = step(client, action, "progress", text="The CCG did it.", state="dropped")
    assert "Action 1 is dropped." in page
    assert "The CCG did it." in page


def test_a_closed_action_is_opened_again_with_a_reason(cast: Cast, client_of: ClientOf) -> None:
    action = recorded(cast.manager, side(agreement_of(cast)))
    close_action(by=acting(cast.manager), action=action, as_what="done")
    page = step(client_of(cast.other_manager), action, "reopen", because="The file was empty.")
    assert "Action 1 is open again." in page
    action.refresh_from_db()
    assert (action.state, action.closed_at, action.closed_by) == ("open", None, None)
    history = f"/agreements/{action.agreement.reference}/history/"
    assert "The file was empty." in client_of(cast.viewer).get(history).content.decode()


def test_entered_in_error_leaves_the_counts_and_keeps_its_reason(
    cast: Cast, client_of: ClientOf
) -> None:
    action = recorded(cast.manager, side(agreement_of(cast)))
    client = client_of(cast.colleague)
    page = step(client, action, "error", because="It was meant for another agreement.")
    assert "It was meant for another agreement." in page
    assert "0 open actions" in client.get("/commitments/").content.decode()
    answer = client.post(f"/commitments/{action.key}/progress/", {"text": "", "state": "done"})
    assert "This action is entered in error now" in answer.content.decode()


def test_only_the_party_that_entered_it_may_call_it_an_error(
    cast: Cast, client_of: ClientOf
) -> None:
    action = recorded(cast.manager, side(agreement_of(cast)))
    answer = client_of(cast.other_manager).post(
        f"/commitments/{action.key}/error/", {"because": "We do not like it."}
    )
    assert answer.status_code == 403


def test_a_stranger_gets_the_404_of_what_does_not_exist(cast: Cast, client_of: ClientOf) -> None:
    action = recorded(cast.manager, side(agreement_of(cast)))
    stranger = client_of(cast.stranger)
    for page in ("", "progress/", "change/", "answer/", "reopen/", "error/"):
        assert stranger.get(f"/commitments/{action.key}/{page}").status_code == 404
