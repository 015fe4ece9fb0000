"""What stands where a device's answer should: no page breaks by it."""

from __future__ import annotations

import pytest
from django.test import Client

from mou_portal.log_in_forms import (
    AddPasskeyForm,
    LoginPasskeyForm,
    PasskeyCodeForm,
    ReauthenticatePasskeyForm,
)

DEEP = "[" * 100_000


@pytest.mark.django_db
@pytest.mark.parametrize("said", ["", "x", "[]", "null", DEEP, "9" * 5_000, '{"id":' * 100_000])
def test_what_is_no_answer_of_a_device_breaks_no_page(client: Client, said: str) -> None:
    answer = client.post("/account/2fa/webauthn/login/", {"credential": said})
    assert answer.status_code in (200, 302)


@pytest.mark.parametrize(
    "form", [AddPasskeyForm, LoginPasskeyForm, PasskeyCodeForm, ReauthenticatePasskeyForm]
)
def test_no_form_of_a_passkey_reads_what_is_nested_too_deep(form: type) -> None:
    field = form.base_fields["credential"]  # type: ignore[attr-defined]
    with pytest.raises(Exception, match="valid JSON"):
        field.clean(DEEP)
