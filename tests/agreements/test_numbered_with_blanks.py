"""A text that was numbered with an open blank, when the portal let it be, goes nowhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from agreements.core.texts import hash_of
from agreements.models import SignatureRequest, Version
from agreements.signing.services.asking import ask_instead
from agreements.signing.services.paper import record_paper
from agreements.versions.services.versions import recall, send_for_approval
from house import clock
from house.refusals import Refused
from parties.models import User
from tests.cast import Cast, acting, person_of, user
from tests.pdf import a_pdf
from tests.stages import approve, ask, draft_of, drafted, give

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
SAID = (
    "Clause 1.1 has a blank that is not filled in: Area covered. Nobody approves or signs a text "
    "like that. Recall version 0.1"
)


def _numbered(cast: Cast, state: str = "frozen") -> Version:
    """As a former release numbered it: its blank stayed open."""
    draft = draft_of(drafted(cast, {"area": ""}))
    draft.label = draft.label_before_signature = "0.1"
    draft.party_names = [
        {"slot": party.slot, "label": party.label, "name": party.name}
        for party in draft.agreement.sides
    ]
    draft.state, draft.frozen_at, draft.sha256 = state, clock.now(), hash_of(draft)
    draft.save()
    return draft


def _asked(cast: Cast) -> SignatureRequest:
    version = _numbered(cast, "out_for_signature")
    made: SignatureRequest = SignatureRequest.objects.create(
        version=version, party=version.agreement.parties.get(slot="area_team"),
        slot="area_team_signs", title="Director", person=person_of(cast.signatory),
        before_approval_because="", asked_by=cast.manager, asked_at=clock.now(),
    )  # fmt: skip
    return made


def test_it_is_not_sent_for_approval(cast: Cast, client_of: ClientOf) -> None:
    version, client = _numbered(cast), client_of(cast.manager)
    with pytest.raises(Refused) as refusal:
        send_for_approval(by=acting(cast.manager), version=version)
    assert SAID in refusal.value.sentence
    url = f"/agreements/{version.agreement.reference}/versions/{version.seq}/"
    assert "This version has blanks that are not filled in" in client.get(url).content.decode()
    assert "Clause 1.1 has a blank" in client.post(f"{url}send/").content.decode()


def test_nobody_is_asked_to_sign_it(cast: Cast) -> None:
    version = _numbered(cast, "out_for_approval")
    approve(cast.manager, version)
    with pytest.raises(Refused, match="Nobody approves or signs a text like that"):
        ask(cast.manager, version, cast.signatory)


def test_who_was_asked_does_not_sign_it(cast: Cast) -> None:
    request, deputy = _asked(cast), user("Dora Deputy", cast.area_team, "signatory")
    by, today = acting(cast.manager), clock.today()
    with pytest.raises(Refused, match="has a blank that is not filled in"):
        give(cast.signatory, request)
    with pytest.raises(Refused, match="has a blank that is not filled in"):
        ask_instead(by=by, request=request, person=person_of(deputy))
    with pytest.raises(Refused, match="has a blank that is not filled in"):
        record_paper(by=by, request=request, scan=a_pdf(), signed_by="Sid", signed_on=today)


def test_it_can_be_recalled(cast: Cast) -> None:
    version = _numbered(cast)
    draft = recall(by=acting(cast.manager), version=version, because="A blank was open.")
    assert draft.is_draft
    assert Version.objects.get(pk=version.pk).state == "withdrawn"
