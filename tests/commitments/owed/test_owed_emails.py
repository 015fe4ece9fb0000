"""Saved e-mails on what was recorded of a commitment (X12)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from agreements.emails.services import enter_in_error
from agreements.models import Agreement
from commitments.models import Commitment, Occurrence
from commitments.owed.reading import all_owed, read_owed
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


def test_an_e_mail_shows_that_it_was_done_until_it_is_found_to_be_an_error(cast: Cast) -> None:
    agreement = owing(cast)
    owed = commitment(agreement)
    said = done(cast.colleague, owed)
    Occurrence.objects.filter(pk=said.pk).update(shown_by="")
    assert not shown(agreement, owed)
    saved = put(acting(cast.other_colleague), "occurrence", said, eml(subject=SECRET))
    assert shown(agreement, owed)
    enter_in_error(by=acting(cast.other_colleague), email=saved, because="It is another year's.")
    assert not shown(agreement, owed)


def shown(agreement: Agreement, owed: Commitment) -> bool:
    """As the list of all, the commitment's own page and the record alone have it."""
    (listed,) = (
        each for each in all_owed([agreement])[agreement.pk] if each.commitment.pk == owed.pk
    )
    (alone,) = read_owed([owed])
    found = {each.said[0].is_shown for each in (listed, alone)}
    found.add(Occurrence.objects.get(commitment=owed).is_shown)
    (answer,) = found
    return answer
