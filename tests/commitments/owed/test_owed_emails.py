"""Saved e-mails on what was recorded of a commitment (X12)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.cast import Cast, acting
from tests.commitments.owed.owing import commitment, done, owing
from tests.conftest import ClientOf, Mailbox
from tests.emails import eml, put
from tests.reading import words_at

pytestmark = pytest.mark.django_db
SECRET = "heron-9923 schedule"


def test_an_e_mail_stands_with_what_was_recorded(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    said = done(cast.colleague, commitment(owing(cast)))
    saved = put(acting(cast.other_colleague), "occurrence", said, eml(subject=SECRET))
    page, at = reverse("commitments:owed_said", args=[said.pk]), f"/emails/{saved.public_id}/"
    for who in (cast.viewer, cast.other_viewer):
        assert SECRET in words_at(client_of(who), page)
        assert SECRET in words_at(client_of(who), at)
    for path in (page, at, f"/emails/on/occurrence/{said.pk}/"):
        assert client_of(cast.stranger).get(path).status_code == 404
    (mail,) = [m for m in mailbox.to(cast.manager.email) if "on record" in m.subject]
    assert f"It is about what was recorded of commitment {said.commitment.number} on" in str(
        mail.body
    )
    assert SECRET not in f"{mail.subject}{mail.body}"
