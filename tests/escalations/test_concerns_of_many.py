"""Under an MoU of ten parties: those are chosen that are told, and no page asks more for them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from escalations.concerns.services.actions import add_action
from escalations.concerns.services.noting import note_more
from escalations.concerns.services.opening import open_concern
from escalations.models import PracticeConcern
from parties.models import User
from tests.cast import Cast, acting
from tests.concerns import KNOWN, ConcernDesk, at, let_read, newest
from tests.costs import BUDGET, queries_at
from tests.once import made_once
from tests.reading import words_of
from tests.two_of_ten import of_ten, somebody

pytestmark = pytest.mark.django_db
made, cast = made_once(of_ten)
FACTS = {"practice_name": "Beckside Surgery", "source": "complaint", "severity": "moderate"}


def recorded(cast: Cast) -> PracticeConcern:
    return open_concern(
        by=acting(cast.other_manager), agreement=of_ten(cast), known=KNOWN,
        **FACTS,  # type: ignore[arg-type]
    )  # fmt: skip


def test_whose_services_are_at_risk_is_chosen(cast: Cast) -> None:
    desk = ConcernDesk(cast.other_manager)
    url = reverse("concerns:open", args=[of_ten(cast).reference])
    said = {"known": KNOWN, "gap": "no", "at_risk": ["federation-1", "federation-3"]}
    words_of(desk.client.post(url, FACTS | said, follow=True))
    concern = newest()
    assert concern.at_risk == ["federation-1", "federation-3"]
    assert concern.actions.filter(kind="informed").count() == 2


def test_it_is_shared_with_those_that_are_chosen_and_later_with_more(cast: Cast) -> None:
    concern, desk = recorded(cast), ConcernDesk(cast.other_manager)
    said = {"decision": "share", "because": "They send patients there."}
    assert "Choose with whom it is shared" in desk.sends(concern, "decide/", **said)
    desk.sends(concern, "decide/", **said, parties=["federation-1"])
    ash = ConcernDesk(somebody("Mo Ash"))
    assert KNOWN in ash.reads(concern)
    others = [user for user in _managers() if user not in {cast.other_manager, somebody("Mo Ash")}]
    assert {ConcernDesk(user).code(concern) for user in others} == {404}
    desk.sends(concern, "decide/", because="All of them do.", parties=["all"])
    assert {ConcernDesk(user).code(concern) for user in others} == {200}
    # Taken back from one, it stays shared with the others.
    desk.sends(concern, "take-back/", because="It closed.", parties=["federation-1"])
    assert ash.code(concern) == 404
    concern.refresh_from_db()
    assert concern.state == PracticeConcern.State.SHARED


def test_more_of_everything_asks_no_more_of_the_database(cast: Cast) -> None:
    concern, client = recorded(cast), ConcernDesk(cast.other_manager).client
    desk = ConcernDesk(cast.other_manager)
    desk.sends(concern, "decide/", decision="share", because="One.", parties=["federation-1"])
    by = acting(cast.other_manager)
    add_action(by=by, concern=concern, what="First", sees_to_it=by.who)
    paths = [at(concern), at(concern, "decide/"), "/concerns/?state=all", "/",
             f"/agreements/{concern.agreement.reference}/kept/"]  # fmt: skip
    before = [queries_at(client, path) for path in paths]
    desk.sends(concern, "decide/", because="All.", parties=["all"])
    let_read(cast, concern, cast.other_colleague, by=cast.other_manager)
    for number in range(4):
        add_action(by=by, concern=concern, what=f"More {number}", sees_to_it=by.who)
        note_more(by=by, concern=concern, text=f"Note {number}")
        recorded(cast)
    paths[1] = at(newest(), "decide/")
    after = [queries_at(client, path) for path in paths]
    assert after <= before
    assert max(each for path, each in zip(paths, after, strict=True) if path != "/") <= BUDGET


def _managers() -> list[User]:
    held = User.objects.filter(memberships__role="manager", person__name__startswith="Mo ")
    return list(held.distinct())
