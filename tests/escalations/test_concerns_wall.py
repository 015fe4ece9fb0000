"""Who reads a concern: whom it names, as long as it does, and nobody for a role or an office."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.admin import site
from django.db import IntegrityError, connection, transaction
from django.test import Client

from audit.models import Entry
from deadlines.calendars.reading import dates_of
from escalations.concerns.services.actions import add_action
from escalations.concerns.services.deciding import take_back_concern
from escalations.concerns.services.noting import note_more
from escalations.concerns.services.reading import end_reading
from escalations.models import ConcernReader, ConcernStep, PracticeConcern
from house import clock
from house.refusals import NotYours, Refused
from mail.models import Delivery
from parties.models import User
from tests.access.test_costs import paths_of
from tests.cast import Cast, acting, give
from tests.concerns import ConcernDesk, at, confidential, let_read, recorded, shared
from tests.conftest import ClientOf, Mailbox
from tests.reading import all_words, words_at

pytestmark = pytest.mark.django_db
SECRET = "canary-siskin-4402"


def secret(cast: Cast, **said: Any) -> PracticeConcern:
    """With the word in each of its fields."""
    concern = shared(cast, practice_name=f"Beckside {SECRET}", known=f"Known {SECRET}", **said)
    by = acting(cast.manager)
    note_more(by=by, concern=concern, text=f"More {SECRET}")
    add_action(by=by, concern=concern, what=f"Do {SECRET}", due_on=clock.today(), sees_to_it=by.who)
    return concern


def others(cast: Cast) -> list[User]:
    """Everybody who reads the agreement, or administers the portal, and is not named."""
    return [
        cast.colleague, cast.viewer, cast.signatory, cast.secretary, cast.administrator,
        cast.other_colleague, cast.other_viewer, cast.other_administrator,
    ]  # fmt: skip


def test_nobody_else_meets_a_word_of_it(cast: Cast) -> None:
    concern = secret(cast)
    assert SECRET in ConcernDesk(cast.other_manager).reads(concern)
    for user in [cast.colleague, cast.other_colleague]:
        client = Client()
        client.force_login(user)
        read = all_words(client, concern.agreement)
        read += words_at(client, "/") + words_at(client, "/concerns/?state=all")
        assert SECRET not in read
        assert "Only people who are named for one read it" in read
    assert {ConcernDesk(user).code(concern) for user in others(cast)} == {404}
    assert ConcernDesk(cast.system_administrator).code(concern) in {403, 404}


def test_whether_there_is_one_shows_nowhere_to_them(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.colleague)
    agreement = recorded(cast).agreement
    with_one = words_at(client, f"/agreements/{agreement.reference}/kept/")
    secret(cast)
    assert words_at(client, f"/agreements/{agreement.reference}/kept/") == with_one
    # Their manager reads how it stands, with the way to each.
    own = client_of(cast.manager)
    assert "2 concerns" not in with_one
    assert "concern that you read is not decided yet" in words_at(
        own, f"/agreements/{agreement.reference}/kept/"
    )


def test_e_mails_audit_and_administration_hold_no_word_of_it(cast: Cast, mailbox: Mailbox) -> None:
    concern = secret(cast)
    told = confidential(mailbox, cast.other_manager)
    assert told
    for mail in mailbox.all:
        sent = str(mail.message())
        assert SECRET not in sent
        assert "practice concern" not in sent.lower()
    assert not [m for user in others(cast) for m in confidential(mailbox, user)]
    assert SECRET not in str(list(Entry.objects.values_list("payload", flat=True)))
    assert SECRET not in str(list(Delivery.objects.values_list("context", flat=True)))
    assert not concern.agreement.happenings.filter(verb__startswith="concern").exists()
    assert PracticeConcern not in site._registry
    assert ConcernStep not in site._registry
    assert SECRET not in str(concern)


def test_its_dates_stand_in_no_calendar(cast: Cast) -> None:
    secret(cast)
    for user in (cast.manager, cast.colleague, cast.other_manager):
        assert "onfidential" not in str(dates_of(acting(user)))


def test_a_reader_who_is_let_out_reads_and_writes_nothing_any_more(cast: Cast) -> None:
    concern = recorded(cast)
    let_read(cast, concern, cast.colleague)
    desk = ConcernDesk(cast.colleague)
    assert desk.code(concern) == 200
    row = ConcernReader.objects.get(user=cast.colleague)
    answer = ConcernDesk(cast.manager).sends(concern, f"readers/{row.pk}/end/")
    assert "Colin Colleague reads it no more." in answer
    assert desk.code(concern) == 404
    assert desk.client.post(at(concern, "notes/"), {"text": "Still here"}).status_code == 404
    with pytest.raises(NotYours):
        note_more(by=acting(cast.colleague), concern=concern, text="Still here")
    assert not concern.steps.filter(text="Still here").exists()
    assert not concern.grants.filter(user=cast.colleague).exists()


def test_the_last_who_keeps_it_is_not_let_out(cast: Cast) -> None:
    concern = recorded(cast)
    let_read(cast, concern, cast.viewer)
    row = ConcernReader.objects.get(user=cast.manager)
    row.concern = concern
    with pytest.raises(Refused, match="nobody would be left"):
        end_reading(by=acting(cast.manager), named=row)


def test_what_is_shared_no_longer_is_lost_at_once_and_stays_on_record(
    cast: Cast, mailbox: Mailbox
) -> None:
    concern = shared(cast)
    theirs = ConcernDesk(cast.other_manager)
    assert theirs.code(concern) == 200
    said = ConcernDesk(cast.manager).sends(concern, "take-back/", because="It was the wrong one.")
    assert "They read it no more" in said
    assert theirs.code(concern) == 404
    assert words_at(theirs.client, "/concerns/?state=all").count("Beckside") == 0
    assert "shared with you no longer" in confidential(mailbox, cast.other_manager)[-1].subject
    concern.refresh_from_db()
    assert concern.state == PracticeConcern.State.NOT_SHARED
    read = ConcernReader.objects.get(user=cast.other_manager)
    assert read.read_at
    assert read.ended_at


def test_whose_reader_somebody_is_counts_not_their_person_alone(cast: Cast) -> None:
    """A reader who also belongs to the other party does not read it when they act for that."""
    concern = recorded(cast)
    give(cast.manager, cast.ccg, "manager")
    visible = PracticeConcern.objects.visible_to
    assert visible(acting(cast.manager, cast.area_team)).filter(pk=concern.pk).exists()
    assert not visible(acting(cast.manager, cast.ccg)).filter(pk=concern.pk).exists()


def test_a_grant_and_its_reader_are_of_one_mind(cast: Cast) -> None:
    concern = shared(cast)
    let_read(cast, concern, cast.viewer)
    take_back_concern(
        by=acting(cast.manager), concern=concern, parties=concern.agreement.sides, because="Wrong."
    )
    granted = set(concern.grants.values_list("user", flat=True))
    named = set(concern.readers.filter(ended_at=None).values_list("user", flat=True))
    assert granted == named == {cast.manager.pk, cast.viewer.pk}


def test_what_was_done_never_changes(cast: Cast) -> None:
    step = recorded(cast).steps.first()
    assert step
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE escalations_concernstep SET text = 'x' WHERE id = %s", [step.pk])


def test_no_paper_that_a_reader_hands_on_holds_a_word_of_it(
    cast: Cast, client_of: ClientOf
) -> None:
    """Their own page, their Home and how it is kept show it to them, and nothing else does."""
    agreement, client = secret(cast).agreement, client_of(cast.manager)
    paths = {path for name, path in paths_of(agreement) if "pdf" not in name}
    home = f"/agreements/{agreement.reference}/"
    paths |= {f"{home}on/{clock.today().isoformat()}/"}
    assert f"{home}on-a-page/" in paths
    met = {path for path in paths if SECRET in _answered(client, path)}
    assert met == {f"{home}kept/"}


def _answered(client: Client, path: str) -> str:
    answer = client.get(path)
    body = b"".join(answer) if answer.streaming else answer.content
    return body.decode(errors="replace")
