"""Saved e-mails on an announcement: read by who announces and by who was named, and nobody else."""

from __future__ import annotations

import pytest

from agreements.models import Happening, SavedEmail
from communications.services.outcomes import release
from communications.services.sharing import take_back
from house import clock
from house.refusals import NotYours
from tests.cast import Cast, acting
from tests.communications import desk
from tests.communications.desk import NOW, TITLE
from tests.conftest import ClientOf, Mailbox
from tests.emails import eml, put
from tests.reading import words_at

pytestmark = pytest.mark.django_db
SECRET = "heron-7781 to the press"


def test_it_stays_with_those_who_have_a_draft_before_and_after_the_release(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    with clock.at(NOW):
        announcement = desk.planned(cast)
        desk.shared(cast, desk.drafted(cast, announcement))
        saved = put(acting(cast.colleague), "announcement", announcement, eml(subject=SECRET))
        at = f"/emails/{saved.public_id}/"
        page = f"/announcements/{announcement.public_id}/"
        readers = (cast.viewer, cast.other_colleague)
        for who in readers:
            assert SECRET in words_at(client_of(who), at)
            assert SECRET in words_at(client_of(who), page)
        for who in (cast.other_manager, cast.other_viewer, cast.stranger):
            assert client_of(who).get(at).status_code == 404
        release(by=acting(cast.colleague), announcement=announcement, released_at=clock.now(),
                text="It is out.", because="Late.")  # fmt: skip
        assert SECRET not in words_at(client_of(cast.other_manager), page)
        assert client_of(cast.other_manager).get(at).status_code == 404
        assert SECRET in words_at(client_of(cast.other_colleague), at)
        told = [m for m in mailbox.to(cast.other_colleague.email) if "put on record" in m.subject]
        assert len(told) == 1
        assert TITLE not in told[0].subject + str(told[0].body)
        assert not [m for m in mailbox.to(cast.other_manager.email) if "on record" in m.subject]
    assert not Happening.objects.filter(verb__startswith="email").exists()


def test_who_has_the_draft_no_more_reads_no_e_mail_and_a_named_reader_may_bring_one(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    with clock.at(NOW):
        announcement = desk.planned(cast)
        [share] = desk.shared(cast, desk.drafted(cast, announcement))
        put(acting(cast.other_colleague), "announcement", announcement, eml(subject=SECRET))
        assert any("put on record" in m.subject for m in mailbox.to(cast.colleague.email))
        with pytest.raises(NotYours):
            put(acting(cast.other_manager), "announcement", announcement)
        take_back(by=acting(cast.colleague), share=share)
        at = f"/emails/{SavedEmail.objects.get().public_id}/"
        assert client_of(cast.other_colleague).get(at).status_code == 404
        assert client_of(cast.colleague).get(at).status_code == 200
