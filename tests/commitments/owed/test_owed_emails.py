"""Saved e-mails on what was recorded of a commitment (X12)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from commitments.owed.services.judging import occurrence_in_error
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


def test_what_was_an_error_is_not_offered_for_an_e_mail(cast: Cast, client_of: ClientOf) -> None:
    agreement = owing(cast)
    said = done(cast.colleague, commitment(agreement))
    saved = put(acting(cast.manager), "agreement", agreement, eml(subject=SECRET))
    at = f"/emails/{saved.public_id}/move/"
    assert "Purpose, recorded on" in words_at(client_of(cast.manager), at)
    occurrence_in_error(by=acting(cast.manager), said=said, because="Wrong month.")
    assert "Purpose, recorded on" not in words_at(client_of(cast.manager), at)
