from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from agreements.models import SignatureRequest, Version
from parties.models import Role, User
from tests.cast import Cast, user
from tests.cast import give as give_role
from tests.conftest import Mailbox
from tests.stages import asked, sent
from tests.typed import fields_of

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def _url(request: SignatureRequest, path: str = "") -> str:
    return f"/agreements/{request.version.agreement.reference}/sign/{request.pk}/{path}"


def _ask_url(version: Version) -> str:
    return f"/agreements/{version.agreement.reference}/versions/{version.seq}/signature/"


def test_a_manager_asks_a_signatory_of_their_own(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    version, client = sent(cast), client_of(cast.manager)
    person = cast.signatory.person
    assert person
    page = client.get(_ask_url(version)).content.decode()
    assert "Your party has not approved this version yet" in page
    assert "approval to be ratified" in page
    typed = fields_of(page) | {"person": str(person.pk)}
    answer = client.post(_ask_url(version), typed).content.decode()
    assert "Record the approval first, or say why it is signed before" in answer
    typed["because"] = "The Director is on leave."
    done = client.post(_ask_url(version), typed, follow=True).content.decode()
    assert "Sid Signatory is asked to sign version 0.1." in done
    assert "asked for its signature before its approval: The Director is on leave." in done
    assert "Sign version 0.1, asked on" in mailbox.to("sid.signatory@moors.example")[-1].subject


def test_who_asks_themselves_reads_what_is_next(cast: Cast, client_of: ClientOf) -> None:
    give_role(cast.manager, cast.area_team, Role.SIGNATORY)
    version, client = sent(cast), client_of(cast.manager)
    typed = fields_of(client.get(_ask_url(version)).content.decode()) | {
        "person": str(cast.manager.person_id), "because": "The Director is on leave.",
    }  # fmt: skip
    done = client.post(_ask_url(version), typed, follow=True).content.decode()
    assert "You are asked to sign version 0.1." in done
    assert "Next: read it here and sign it." in done
    assert "We sent them" not in done


def test_only_ones_own_signatories_are_offered(cast: Cast, client_of: ClientOf) -> None:
    version = sent(cast)
    assert cast.other_signatory.person
    theirs = str(cast.other_signatory.person.pk)
    page = client_of(cast.manager).get(_ask_url(version)).content.decode()
    assert "Nobody in your organisation has the role of signatory." in page
    cast.signatory  # noqa: B018 - now there is one
    client = client_of(cast.manager)
    assert "Orla Officer" not in client.get(_ask_url(version)).content.decode()
    answer = client.post(_ask_url(version), {"slot": "area_team_signs", "person": theirs})
    assert "There is a problem" in answer.content.decode()
    assert not SignatureRequest.objects.exists()


def test_another_signatory_can_be_asked_instead(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    ours, _ = asked(cast)
    deputy = user("Dora Deputy", cast.area_team, "signatory")
    assert deputy.person
    client = client_of(cast.manager)
    page = client.get(_ask_url(ours.version)).content.decode()
    typed = fields_of(page) | {"person": str(deputy.person.pk)}
    done = client.post(_ask_url(ours.version), typed, follow=True).content.decode()
    assert "Dora Deputy is asked to sign version 0.1." in done
    assert mailbox.to("dora.deputy@moors.example")
    assert client_of(cast.signatory).get(_url(ours)).status_code == 403
    assert client_of(deputy).get(_url(ours)).status_code == 200
