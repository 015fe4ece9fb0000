"""Saved e-mails on heads-ups: read under their agreement by who gives one and who is told (X12)."""

from __future__ import annotations

import pytest

from agreements.models import Happening, SavedEmail
from communications.models import HeadsUp, HeadsUpAgreement
from house import clock
from house.refusals import NotYours
from parties.models import User
from tests.cast import Cast, acting
from tests.communications import desk
from tests.communications.desk import NOW
from tests.communications.telling import TITLE, at, given, went_out
from tests.conftest import ClientOf, Mailbox
from tests.costs import BUDGET, queries_at
from tests.emails import eml, put
from tests.reading import words_at

pytestmark = pytest.mark.django_db
SECRET = "heron-6652 to practices"


def under(heads_up: HeadsUp, cast: Cast, user: User) -> HeadsUpAgreement:
    """The heads-up under the agreement with this person's organisation."""
    organisation = acting(user).organisation
    return heads_up.concerned.get(agreement__parties__spells__organisation=organisation)


def readers(client_of: ClientOf, saved: SavedEmail, *users: User) -> list[int]:
    return [client_of(user).get(f"/emails/{saved.public_id}/").status_code for user in users]


def test_who_is_told_under_one_agreement_reads_it_and_nobody_else_before_or_after(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    with clock.at(NOW):
        heads_up = given(cast, desk.bilateral(cast), desk.with_third(cast))
        thing = under(heads_up, cast, cast.other_manager)
        saved = put(acting(cast.other_colleague), "heads_up", thing, eml(subject=SECRET))
        for _ in range(2):
            # The owner's people, who was told, and the MoU manager of who is to be told.
            assert readers(
                client_of, saved, cast.viewer, cast.other_colleague, cast.other_manager
            ) == [200, 200, 200]
            # Somebody else of the party, another party that was told elsewhere, a stranger.
            assert readers(
                client_of, saved, cast.other_viewer, cast.third_manager, cast.stranger
            ) == [404, 404, 404]
            if heads_up.is_open:
                mailbox.all  # noqa: B018 - what is queued goes out
                went_out(cast, heads_up)
                heads_up.refresh_from_db()
        for user in (cast.other_viewer, cast.third_manager):
            page = words_at(client_of(user), at(heads_up))
            assert "1 e-mail about it" not in page
        page = words_at(client_of(cast.viewer), at(heads_up))
        assert f"{thing.agreement.reference}: 1 e-mail about it" in page
        told = [m for m in mailbox.to(cast.manager.email) if "put on record" in m.subject]
    assert len(told) == 1
    assert TITLE not in f"{told[0].subject}{told[0].body}"
    assert SECRET not in f"{told[0].subject}{told[0].body}"
    assert not [m for m in mailbox.to(cast.third_manager.email) if "on record" in m.subject]
    assert not Happening.objects.filter(verb__startswith="email").exists()


def test_who_has_no_part_brings_none(cast: Cast, client_of: ClientOf) -> None:
    with clock.at(NOW):
        heads_up = given(cast, desk.bilateral(cast), desk.with_third(cast))
        thing = under(heads_up, cast, cast.other_manager)
        for user in (cast.third_manager, cast.stranger):
            with pytest.raises(NotYours):
                put(acting(user), "heads_up", thing)
            path = f"/emails/on/heads_up/{thing.pk}/put/"
            assert client_of(user).get(path).status_code == 404


def test_its_page_asks_no_more_of_two_agreements(cast: Cast, client_of: ClientOf) -> None:
    counts = []
    with clock.at(NOW):
        first, second = desk.bilateral(cast), desk.with_third(cast)
        for agreements in ((first,), (first, second)):
            heads_up = given(cast, *agreements, title=f"Of {len(agreements)}")
            for row in heads_up.concerned.all():
                put(acting(cast.manager), "heads_up", row, eml(number=f"<{row.pk}@here.example>"))
            assert "1 e-mail about it" in words_at(client_of(cast.manager), at(heads_up))
            counts.append(queries_at(client_of(cast.manager), at(heads_up)))
    assert counts[0] == counts[1] <= BUDGET
