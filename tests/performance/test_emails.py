"""Saved e-mails on requests and consultations: the parties read them, and nobody else (X12)."""

from __future__ import annotations

from datetime import date

import pytest

from house.refusals import NotYours
from tests.cast import Cast, acting
from tests.conftest import ClientOf, Mailbox
from tests.emails import eml, put
from tests.performance.stage import asked, consulted, on
from tests.reading import words_at

pytestmark = pytest.mark.django_db
SECRET, MONDAY = "heron-3390 lists", date(2026, 6, 1)


def test_an_answer_by_e_mail_stands_with_the_request(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    with on(MONDAY):
        request = asked(cast)
        saved = put(acting(cast.colleague), "request", request, eml(subject=SECRET))
        page, at = f"/requests/{request.key}/", f"/emails/{saved.public_id}/"
        for who in (cast.viewer, cast.other_viewer):
            assert SECRET in words_at(client_of(who), page)
            assert SECRET in words_at(client_of(who), at)
        for path in (page, at, f"/emails/on/request/{request.pk}/"):
            assert client_of(cast.stranger).get(path).status_code == 404
        with pytest.raises(NotYours):
            put(acting(cast.stranger), "request", request)
        (mail,) = [m for m in mailbox.to(cast.other_manager.email) if "on record" in m.subject]
    assert "It is about request 1." in str(mail.body)
    assert SECRET not in f"{mail.subject}{mail.body}"


def test_whoever_brings_one_on_a_consultation_is_told_to_bring_nobodys_name(
    cast: Cast, client_of: ClientOf
) -> None:
    with on(MONDAY):
        request = consulted(cast, date(2026, 6, 15))
        client = client_of(cast.other_manager)
        said = words_at(client, f"/emails/on/request/{request.pk}/put/")
    assert "never one that says who made the request under the Act" in said
