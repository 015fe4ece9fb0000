"""Recording an action under an agreement, and who hears of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from commitments.forms import value_of
from commitments.models import Action
from house.refusals import Refused
from nhsuk.forms import date_boxes
from tests.cast import Cast, person_of
from tests.commitments.stage import WHAT, agreement_of, recorded, side
from tests.conftest import ClientOf, Mailbox
from tests.reading import all_words
from tests.typed import fields_of


def sent(client: Any, reference: str, **more: Any) -> Any:
    """The form of a new action, filled in."""
    path = f"/commitments/new/{reference}/"
    form = fields_of(client.get(path).content.decode())
    return client.post(path, form | {"what": WHAT} | more, follow=True)


def test_an_action_is_recorded_and_stands_on_the_agreements_page(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    agreement, colleague = agreement_of(cast), person_of(cast.colleague)
    ours, client = side(agreement), client_of(cast.manager)
    page = sent(
        client, agreement.reference, owner=value_of(ours, colleague),
        **date_boxes("due_on", date(2099, 3, 3)),
    ).content.decode()  # fmt: skip
    assert "Action 1 is recorded." in page
    assert "We told the MoU manager of Eastmoor CCG." in page
    for user in (cast.manager, cast.other_viewer):
        told = all_words(client_of(user), agreement)
        assert f"{WHAT} Action 1" in told
        assert "Colin Colleague, Northern Moors Area Team" in told
        assert "Maud Manager recorded action 1 for Northern Moors Area Team." in told


def test_whoever_is_named_and_the_other_party_are_told(cast: Cast, mailbox: Mailbox) -> None:
    agreement = agreement_of(cast)
    before = len(mailbox.all)
    recorded(
        cast.manager, side(agreement), person=person_of(cast.colleague), due_on=date(2099, 3, 3)
    )
    named, other = mailbox.all[before:]
    assert named.to == [cast.colleague.email]
    assert named.subject == (
        "Do action 1 by 3 March 2099: with Eastmoor CCG, Working together (MOU-0001)"
    )
    assert "Action 1 under the MoU with Eastmoor CCG is yours. It is due on 3 March 2099." in (
        named.body
    )
    assert other.to == [cast.other_manager.email]
    assert other.subject.startswith("Action 1 recorded on")
    for mail in (named, other):
        assert WHAT not in mail.body
        assert f"/commitments/{Action.objects.get().key}/" in mail.body


def test_the_same_form_sent_twice_makes_one_action(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = agreement_of(cast), client_of(cast.manager)
    path = f"/commitments/new/{agreement.reference}/"
    form = fields_of(client.get(path).content.decode()) | {"what": WHAT}
    form["owner"] = str(side(agreement).pk)
    first, second = client.post(path, form), client.post(path, form)
    assert first["Location"] == second["Location"]
    assert Action.objects.get().number == 1


def test_actions_are_numbered_in_their_agreement(cast: Cast) -> None:
    ours = side(agreement_of(cast))
    assert [recorded(cast.manager, ours).number for _ in range(3)] == [1, 2, 3]


def test_nobody_is_named_who_works_elsewhere(cast: Cast) -> None:
    ours = side(agreement_of(cast))
    with pytest.raises(Refused, match="does not work for Northern Moors Area Team"):
        recorded(cast.manager, ours, person=person_of(cast.other_manager))


def test_an_action_needs_an_agreement_in_force(cast: Cast) -> None:
    ours = side(agreement_of(cast))
    ours.agreement.state = "ended"
    ours.agreement.save()
    with pytest.raises(Refused, match="in force"):
        recorded(cast.manager, ours)


def test_the_form_says_what_is_missing(cast: Cast, client_of: ClientOf) -> None:
    agreement = agreement_of(cast)
    page = sent(client_of(cast.secretary), agreement.reference, what="").content.decode()
    assert "Enter what has to be done" in page
    assert "Choose who takes it forward" in page


def test_who_may_only_read_has_no_button(cast: Cast, client_of: ClientOf) -> None:
    agreement = agreement_of(cast)
    assert "Record an action" not in all_words(client_of(cast.viewer), agreement)
    assert "Record an action" in all_words(client_of(cast.secretary), agreement)
