"""Saved e-mails on a disagreement: those whom it names read them, and the others hear of none."""

from __future__ import annotations

import pytest

from agreements.emails.services import say_of_email
from agreements.models import Happening
from house.refusals import NotYours
from tests.cast import Cast, acting
from tests.conftest import ClientOf, Mailbox
from tests.disagreements import url_of
from tests.emails import eml, put
from tests.once import made_once
from tests.reading import all_words, words_at
from tests.two_of_ten import SUBJECT, of_ten, somebody, with_ash

pytestmark = pytest.mark.django_db
made, cast = made_once(of_ten)
SECRET = "heron-3372 and the money"


def test_of_ten_parties_two_read_it_and_the_others_find_no_trace(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    disagreement = with_ash(cast)
    saved = put(acting(cast.other_manager), "disagreement", disagreement, eml(subject=SECRET))
    ash, birch = somebody("Mo Ash"), somebody("Mo Birch")
    assert SECRET in words_at(client_of(ash), url_of(disagreement))
    assert SECRET in words_at(client_of(ash), f"/emails/{saved.public_id}/")
    assert client_of(birch).get(f"/emails/{saved.public_id}/").status_code == 404
    assert client_of(birch).get(f"/emails/on/disagreement/{disagreement.pk}/").status_code == 404
    assert "heron" not in all_words(client_of(birch), of_ten(cast))
    assert "put an e-mail" not in all_words(client_of(birch), of_ten(cast))
    assert not Happening.objects.filter(verb="email_put").exists()
    [told] = [m for m in mailbox.to(ash.email) if "put on record" in m.subject]
    assert SUBJECT not in told.subject + str(told.body)
    assert not [m for m in mailbox.to(birch.email) if "on record" in m.subject]
    with pytest.raises(NotYours):
        put(acting(birch), "disagreement", disagreement)
    say_of_email(by=acting(ash), email=saved, agrees=False, because="It is not whole.")
    assert any("not right" in m.subject for m in mailbox.to(cast.other_manager.email))
