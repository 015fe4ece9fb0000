"""Setting up a new agreement: who may, and what nobody should type."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from agreements.models import Agreement, SetUp, TemplateVersion
from parties.models import User
from tests.bad_input import BAD_TEXTS
from tests.cast import Cast
from tests.once import made_once
from tests.setting_up import begin, choose_parties, library_template

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


made, cast = made_once(library_template)


@pytest.fixture
def version(cast: Cast) -> TemplateVersion:
    return library_template(cast)


def test_a_set_up_is_its_organisations_own(
    cast: Cast, client_of: ClientOf, version: TemplateVersion
) -> None:
    client = client_of(cast.manager)
    at = begin(client, version)
    choose_parties(client, at, cast)
    assert client_of(cast.colleague).get(f"{at}check/").status_code == 200
    for user in (cast.other_manager, cast.stranger):
        for page in ("parties", "contacts", "check"):
            assert client_of(user).get(f"{at}{page}/").status_code == 404
    # Nobody's people are offered but those whom one may see.
    page = client.get(f"{at}contacts/").content.decode()
    assert cast.other_manager.person
    assert cast.other_manager.person.name not in page


def test_other_organisations_templates_are_not_offered(
    cast: Cast, client_of: ClientOf, version: TemplateVersion
) -> None:
    client = client_of(cast.other_manager)
    assert "no published template yet" in client.get("/agreements/new/").content.decode()
    answer = client.post("/agreements/new/", {"template": version.pk})
    assert "from the list" in answer.content.decode()
    assert not SetUp.objects.exists()


@pytest.mark.parametrize("text", BAD_TEXTS.values(), ids=BAD_TEXTS)
def test_no_page_breaks_on_what_is_typed(
    cast: Cast, client_of: ClientOf, version: TemplateVersion, text: str
) -> None:
    client = client_of(cast.manager)
    assert client.post("/agreements/new/", {"template": text}).status_code == 200
    at = begin(client, version)
    answers = [client.post(f"{at}parties/", {"title": text, "area_team": text, "ccg": text})]
    choose_parties(client, at, cast)
    names = [
        "area_team-mou_manager-person",
        "ccg-mou_manager-deputy",
        "blank-area",
        "new-slot",
        "new-name",
        "new-email",
        "new-job_title",
    ]
    answers.append(client.post(f"{at}contacts/", dict.fromkeys(names, text)))
    answers.append(client.post(f"{at}contacts/", {"blank-area": text}))
    said = {"add": "1", "new-slot": "ccg", "new-name": text, "new-job_title": text}
    answers.append(client.post(f"{at}contacts/", said, follow=True))
    for answer in answers:
        assert answer.status_code in (200, 302)
        assert b"<script>alert" not in answer.content
    assert client.post(f"{at}check/", follow=True).status_code == 200
    agreement = Agreement.objects.get()
    assert "\x00" not in str(agreement.versions.get().texts.values())
    assert "\n" not in agreement.title
