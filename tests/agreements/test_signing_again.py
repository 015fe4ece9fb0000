from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from agreements.models import Signature, SignatureRequest
from parties.models import User
from tests.cast import PASSWORD, Cast
from tests.stages import asked
from tests.typed import fields_of

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def _url(request: SignatureRequest, path: str = "") -> str:
    return f"/agreements/{request.version.agreement.reference}/sign/{request.pk}/{path}"


def _typed(client: Client, request: SignatureRequest, **more: str) -> dict[str, Any]:
    """What the browser sends once the page was read: name, statement, password."""
    sent_by_page = fields_of(client.get(_url(request)).content.decode())
    return sent_by_page | {"typed_name": "Orla Officer", "agree": "on", "password": PASSWORD} | more


def test_guessing_the_password_is_slowed_down(cast: Cast, client_of: ClientOf) -> None:
    _, theirs = asked(cast)
    client = client_of(cast.other_signatory)
    typed = _typed(client, theirs, password="wrong")
    for _ in range(5):
        client.post(_url(theirs), typed)
    answer = client.post(_url(theirs), typed | {"password": PASSWORD}).content.decode()
    assert "Too many wrong passwords. Wait 5 minutes" in answer
    assert not Signature.objects.exists()


def _passkey_log_in(client: Client, who: User, *, shown_again_at: float | None = None) -> None:
    """The session as a log-in by passkey leaves it, and as showing it again leaves it."""
    Authenticator.objects.get_or_create(
        user=who, type=Authenticator.Type.WEBAUTHN, defaults={"data": {"name": "Passkey"}}
    )
    session = client.session
    record = {"method": "mfa", "type": "webauthn", "at": time.time(), "passwordless": True}
    records: list[dict[str, Any]] = [record]
    if shown_again_at:
        records.append(record | {"at": shown_again_at, "reauthenticated": True})
    session["account_authentication_methods"] = records
    session["account_authentication_methods_user"] = str(who.pk)
    session.save()


def _sign_by_passkey(client: Client, request: SignatureRequest) -> Any:
    typed = {"sha256": request.version.sha256, "typed_name": "Orla Officer", "agree": "on"}
    return client.post(_url(request), typed)


def test_who_logged_in_by_passkey_shows_it_again(cast: Cast, client_of: ClientOf) -> None:
    _, theirs = asked(cast)
    client = client_of(cast.other_signatory)
    _passkey_log_in(client, cast.other_signatory)
    page = client.get(_url(theirs)).content.decode()
    assert "First show again that it is you." in page
    assert "Your password" not in page
    answer = _sign_by_passkey(client, theirs).content.decode()
    assert "Show again that it is you: it was too long ago." in answer
    assert "name%3DOrla%2BOfficer" in answer
    assert not Signature.objects.exists()
    _passkey_log_in(client, cast.other_signatory, shown_again_at=time.time())
    assert (
        'value="Orla Officer"' in client.get(f"{_url(theirs)}?name=Orla+Officer").content.decode()
    )
    assert _sign_by_passkey(client, theirs).status_code == 302
    assert Signature.objects.count() == 1


def test_a_passkey_shown_long_ago_does_not_sign(cast: Cast, client_of: ClientOf) -> None:
    _, theirs = asked(cast)
    client = client_of(cast.other_signatory)
    _passkey_log_in(client, cast.other_signatory, shown_again_at=time.time() - 301)
    assert "it was too long ago" in _sign_by_passkey(client, theirs).content.decode()
    assert not Signature.objects.exists()


def test_who_has_no_way_to_show_it_cannot_sign(cast: Cast, client_of: ClientOf) -> None:
    _, theirs = asked(cast)
    cast.other_signatory.set_unusable_password()
    cast.other_signatory.save()
    client = client_of(cast.other_signatory)
    assert "You cannot sign here yet" in client.get(_url(theirs)).content.decode()
    answer = _sign_by_passkey(client, theirs).content.decode()
    assert "You have no password and no passkey, so you cannot sign here." in answer
    assert not Signature.objects.exists()
