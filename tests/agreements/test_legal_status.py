from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from agreements.signing.services.sealing import seal_due
from parties.models import User
from tests.cast import Cast
from tests.pdf import printed
from tests.stages import asked, frozen, give

STATUS = "Status: Not legally binding. It makes no partnership in law."

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("can_seal")]


@pytest.mark.duty("E17")
def test_page_and_signed_copy_say_that_it_binds_nobody_and_makes_no_partnership(
    cast: Cast, client_of: Callable[[User], Client]
) -> None:
    ours, theirs = asked(cast)
    signatory = client_of(cast.signatory)
    assert STATUS in signatory.get(f"/agreements/MOU-0001/sign/{ours.pk}/").content.decode()
    give(cast.signatory, ours)
    give(cast.other_signatory, theirs)
    seal_due()
    for reader in (cast.viewer, cast.other_viewer):
        client = client_of(reader)
        assert STATUS in client.get("/agreements/MOU-0001/versions/1/").content.decode()
        copy = printed(client.get("/agreements/MOU-0001/signed.pdf").getvalue())
        assert STATUS.replace(":", "") in copy
        assert "not legally binding, and it makes no partnership between them" in copy


def test_the_print_of_a_numbered_version_tells_its_check_code(
    cast: Cast, client_of: Callable[[User], Client]
) -> None:
    version = frozen(cast)
    client = client_of(cast.other_viewer)
    copy = printed(client.get("/agreements/MOU-0001/versions/1/print.pdf").content)
    assert f"Check code {version.short_hash}" in copy
