"""The database itself lets a disposal empty words, that was agreed, and nobody do anything else."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.db.models import Model

from agreements.models import Agreement, ClauseText, Disposal, Happening, SavedEmail, Version
from agreements.retention.services.keeping import place_hold
from commitments.models import ProgressNote
from communications.models import Comment, Draft, HeadsUpMove, Release
from documents.models import Removal, StoredFile
from escalations.models import ConcernStep, Step
from house import clock
from house.goes import GONE
from performance.models import RequestStep
from reports.models import Figures, Remark
from tests.agreements.disposed import DECIDE, SIGNED, agreed, disposed, ended, proposed
from tests.agreements.full import full
from tests.agreements.reviewed import on
from tests.cast import Cast, acting
from tests.stages import drafted, frozen

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def refused(model: type[Model], of: dict[str, Any] | None = None, **values: Any) -> bool:
    """Whether the database refuses to write these values, or without any to delete the rows."""
    rows = model._base_manager.filter(**of or {})
    assert rows.exists(), model
    try:
        with transaction.atomic():
            rows.update(**values) if values else rows._raw_delete(rows.db)
    except DatabaseError:
        return True
    return False


def opened(change: Any) -> Disposal:
    return Disposal.objects.create(agreement=change.agreement, change=change, began_at=clock.now())


def test_without_a_disposal_no_word_is_emptied(cast: Cast) -> None:
    full(cast)
    for model in (ProgressNote, Draft, Comment, Release, Step, ConcernStep, RequestStep, Remark):
        assert refused(model, text=GONE), model
    assert refused(ClauseText, body=GONE)
    assert refused(SavedEmail, subject=GONE)
    assert refused(HeadsUpMove, because=GONE)
    assert refused(Figures, content={})
    assert refused(Happening, data={})
    assert refused(Version, terms={})
    assert refused(StoredFile, name=GONE)


def test_nothing_is_begun_that_not_all_accepted_or_that_is_held(cast: Cast) -> None:
    agreement = ended(cast)
    change = proposed(cast, agreement)
    with pytest.raises(DatabaseError, match="did not agree"), transaction.atomic():
        opened(change)
    change.delete()
    change = agreed(cast, agreement)
    with on(DECIDE):
        place_hold(by=acting(cast.manager), agreement=agreement, kind="other", because="X.")
    change.refresh_from_db()
    change.state = "agreed"
    change.save()
    with pytest.raises(DatabaseError, match="held"), transaction.atomic():
        opened(change)


def test_while_one_is_open_it_empties_and_does_nothing_else(cast: Cast) -> None:
    disposal = opened(agreed(cast, ended(cast)))
    assert refused(ClauseText, body="Other words.")
    assert refused(ClauseText, body=GONE, position=99)
    assert refused(Version, party_names=[])
    assert refused(Version, terms={"format": 4})
    assert refused(Happening, data={}, verb="signed")
    assert refused(Happening)
    assert not refused(ClauseText, body=GONE, heading="")
    disposal.done_at = clock.now()
    disposal.save()
    assert refused(ClauseText, heading=GONE)


def test_another_mou_is_not_touched_by_it(cast: Cast) -> None:
    """Of the texts under signatures the database knows whose they are."""
    agreement = ended(cast)
    with on(SIGNED):
        other = frozen(cast, drafted(cast, source=agreement.template_version))
    opened(agreed(cast, agreement))
    assert refused(ClauseText, {"version": other}, body=GONE)
    assert refused(Version, {"pk": other.pk}, terms={})
    assert refused(Happening, {"agreement": other.agreement}, data={})


@pytest.mark.usefixtures("can_seal")
def test_what_is_done_stays_done(cast: Cast) -> None:
    agreement: Agreement = disposed(cast, full(cast))
    assert refused(Disposal, done_at=None)
    assert refused(Disposal)
    assert refused(ClauseText, body="Again.")
    assert refused(Removal)
    assert Removal.objects.filter(file__seal__version__agreement=agreement).count() == 1
