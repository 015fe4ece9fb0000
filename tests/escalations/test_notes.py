"""Notes are a side's own until it shares them: no page, e-mail or timeline says more."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from escalations.models import Disagreement, Step
from escalations.services.noting import add_note, share_note
from house.refusals import NotYours, Refused
from tests.cast import Cast, acting
from tests.conftest import Mailbox
from tests.disagreements import MANAGERS, opened, up, url_of
from tests.escalations.desk import Desk
from tests.reading import words

pytestmark = pytest.mark.django_db
SECRET = "We would take half."


def own_note(cast: Cast, disagreement: Disagreement) -> Step:
    return add_note(by=acting(cast.colleague), disagreement=disagreement, text=SECRET, own=True)


def test_an_own_note_is_read_by_its_side_alone(cast: Cast, mailbox: Mailbox) -> None:
    disagreement = opened(cast)
    own_note(cast, disagreement)
    ours = Desk(cast.viewer).reads(disagreement)
    assert SECRET in ours
    assert "Only Northern Moors Area Team sees this" in ours
    for reader in (cast.other_manager, cast.other_colleague):
        read = Desk(reader).reads(disagreement)
        assert SECRET not in read
        assert "added a note" not in read
        assert "There are no notes that you can see." in read
        for page in ("", "disagreements/", "history/"):
            seen = words(Desk(reader).client, disagreement.agreement, page)
            assert "note" not in seen.lower()
    assert not [mail for mail in mailbox.all if SECRET in str(mail.body)]


def test_shared_it_is_read_by_both(cast: Cast) -> None:
    disagreement = opened(cast)
    note = own_note(cast, disagreement)
    desk = Desk(cast.colleague)
    assert SECRET in desk.reads(disagreement, f"notes/{note.pk}/share/")
    assert SECRET not in Desk(cast.other_colleague).reads(disagreement)
    assert "Both sides see it now." in desk.sends(disagreement, f"notes/{note.pk}/share/")
    share_note(by=acting(cast.colleague), note=note)
    assert SECRET in Desk(cast.other_colleague).reads(disagreement)
    assert disagreement.steps.filter(kind="shared").count() == 1


def test_nobody_shares_the_note_of_the_other_side(cast: Cast) -> None:
    disagreement = opened(cast)
    note = own_note(cast, disagreement)
    page = f"notes/{note.pk}/share/"
    assert Desk(cast.other_manager).code(disagreement, page) == 404
    assert Desk(cast.other_manager).client.post(url_of(disagreement, page)).status_code == 404
    assert Desk(cast.viewer).code(disagreement, page) == 403
    with pytest.raises(NotYours, match="Each side shares its own notes"):
        share_note(by=acting(cast.other_manager), note=note)
    shared = add_note(by=acting(cast.colleague), disagreement=disagreement, text="A", own=False)
    with pytest.raises(Refused, match="see this note already"):
        share_note(by=acting(cast.colleague), note=shared)


def test_those_of_a_lower_level_add_notes_and_viewers_do_not(cast: Cast) -> None:
    disagreement = up(cast.colleague, opened(cast), MANAGERS)
    for user, code in (
        (cast.other_colleague, 200),
        (cast.manager, 200),
        (cast.viewer, 403),
        (cast.signatory, 403),
    ):
        assert Desk(user).code(disagreement, "notes/") == code, user


def test_who_sees_a_note_has_to_be_said(cast: Cast) -> None:
    disagreement = opened(cast)
    said = Desk(cast.colleague).sends(disagreement, "notes/", text="A note.")
    assert "Choose who sees the note" in said
    assert not disagreement.steps.filter(kind="note").exists()


@pytest.mark.sqlite
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE escalations_step SET text = 'x' WHERE id = %s",
        "DELETE FROM escalations_step WHERE id = %s",
    ],
)
def test_steps_are_append_only(cast: Cast, statement: str) -> None:
    step = opened(cast).steps.first()
    assert step
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [step.pk])
