"""Each word below an agreement goes with it, or stays for a reason that is written down here.

Who adds a field or a room reads here what to say of it: `Room.goes`, or a line below.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest
from django.apps import apps
from django.db import models
from django.db.models import F, Value, functions

from agreements.disposal.queries import everything
from agreements.models import Agreement, Disposal
from audit.models import Entry
from deadlines.models import Deadline
from documents.models import StoredFile
from documents.storage import FileRemoved, place_of, read
from house.goes import GONE
from house.triggers import lifted
from tests.agreements.disposed import disposed
from tests.agreements.full import full
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
MARK: Final = "heron-7731"
WHO = "who it was is part of what was decided"
KEY = "a key, which says nothing by itself"
STUB, HASH = "the stub", "a hash"
# Words of another kind, that are no agreement's own.
ELSEWHERE: Final = {
    "agreements.Access": "repeats title and reference, by which the stub is found",
    "agreements.Party": STUB,
    "agreements.Disposal": STUB,
    "meetings.SeriesAgreement": "has no words",
}
STAYS: Final = {
    "agreements.Agreement": {"reference": STUB, "title": STUB},
    "agreements.Approval": {
        "route": KEY, "route_key": KEY, "decider": WHO, "decided_by": WHO, "decided_as": WHO,
        "confirmed_by": WHO, "minute_reference": "where the body's own minutes have it",
    },
    "agreements.AssociatedDocument": {"term": KEY},
    "agreements.ChangeAnswer": {"by_link": WHO},
    "agreements.Clause": {"key": KEY},
    "agreements.ClauseText": {"bindings": KEY, "owed_by": KEY},
    "agreements.Confirmation": {"by_link": WHO},
    "agreements.CopyChange": {"answered_link": WHO},
    "agreements.Happening": {"verb": KEY},
    "agreements.DataSharingWord": {"by_link": WHO},
    "agreements.IssueLine": {"end_said_by": WHO},
    "agreements.PaperSignature": {"signed_by": WHO, "in_place_of": WHO},
    "agreements.RegisteredCopy": {"typed_sha256": HASH},
    "agreements.ReviewAnswer": {"by_link": WHO},
    "agreements.Signature": {
        "typed_name": WHO, "account_name": WHO, "in_place_of": WHO, "sha256": STUB,
    },
    "agreements.SignatureRequest": {
        "slot": KEY, "title": "the post for which they signed", "after_slot": KEY,
        "in_place_of": WHO,
    },
    "agreements.SuccessionWord": {"by_link": WHO},
    "agreements.Version": {
        "label": STUB, "label_before_signature": STUB, "party_names": STUB, "sha256": STUB,
    },
    "agreements.EmailWord": {"by_link": WHO},
    "agreements.InboundEmail": {"digest": HASH},
    "agreements.SavedEmail": {"kind": KEY, "sha256": HASH, "findings": KEY},
    "commitments.Action": {"source_key": KEY},
    "commitments.Commitment": {"clause_key": KEY, "term_key": KEY},
    "commitments.Occurrence": {"drawn_key": KEY},
    "commitments.OccurrenceWord": {"by_link": WHO},
    "communications.TeamAsked": {"answered_as": WHO},
    "communications.Told": {"name": WHO, "acknowledged_as": WHO},
    "escalations.ConcernStep": {"by_link": WHO},
    "escalations.PracticeConcern": {"at_risk": KEY},
    "escalations.Disagreement": {"level": KEY, "between": KEY},
    "escalations.Step": {"by_link": WHO, "level": KEY, "target": KEY},
    "meetings.AgendaItem": {"topic": KEY},
    "meetings.MeetingAnswer": {"by_link": WHO},
    "meetings.Series": {"term": KEY},
    "performance.Consultation": {
        "reference": "where the authority's own file has it", "decision": KEY,
    },
    "performance.Request": {"standard_key": KEY, "due_clock": KEY},
    "performance.RequestStep": {"by_link": WHO, "met": "days, and which of them were met"},
    "reports.Remark": {"by_link": WHO},
    "reports.Report": {"subject": KEY},
}  # fmt: skip


def below() -> set[Any]:
    """The models from which foreign keys lead to an agreement, or to what goes with one."""
    words, files = everything()
    # A deadline knows an agreement by its reference; a job may be more than one agreement's.
    found = {Agreement, *(each.model for each in words if each.model is not Deadline)}
    found |= {each.model for each in files if each.model._meta.label != "jobs.Job"}
    while more := {model for model in apps.get_models() if _leads_to(model, found)} - found:
        found |= more
    return {model for model in found if not _is_history(model)}


def _leads_to(model: Any, found: set[Any]) -> bool:
    keys = (field for field in model._meta.concrete_fields if field.many_to_one or field.one_to_one)
    return any(field.related_model in found for field in keys)


def _is_history(model: Any) -> bool:
    return hasattr(model, "history_type")


def wordy(model: Any) -> Iterator[str]:
    """Its fields for words, without those of which one of a few is chosen."""
    for field in model._meta.concrete_fields:
        kinds = (models.CharField, models.TextField, models.JSONField)
        if isinstance(field, kinds) and not field.choices:
            yield field.name


def going(model: Any) -> set[str]:
    words, _ = everything()
    of_it = [each for each in words if each.model is model]
    if any(each.takes_rows for each in of_it):
        return set(wordy(model))
    return {name for each in of_it for name in each.fields}


def test_each_field_goes_or_stays_for_a_reason() -> None:
    missing = [
        f"{model._meta.label}.{name}"
        for model in below()
        if model._meta.label not in ELSEWHERE
        for name in wordy(model)
        if name not in going(model) | STAYS.get(model._meta.label, {}).keys()
    ]
    assert missing == []


def test_each_file_goes() -> None:
    _, files = everything()
    named = {(each.model, each.field) for each in files}
    missing = [
        f"{relation.related_model.__name__}.{relation.field.name}"
        for relation in StoredFile._meta.related_objects
        if relation.related_model in below()
        and (relation.related_model, relation.field.name) not in named
    ]
    assert missing == []


def test_what_stays_is_there_and_does_not_go() -> None:
    for label, fields in STAYS.items():
        model = apps.get_model(label)
        assert fields.keys() <= set(wordy(model)), label
        assert not fields.keys() & going(model), label


@pytest.mark.usefixtures("can_seal")
def test_no_row_keeps_a_word(cast: Cast) -> None:
    """Everything that there is to go is marked, in rows and in their history, and is gone."""
    agreement, marked = full(cast), set[str]()
    words, _ = everything()
    with lifted():
        for each in words:
            for model in each.tables():
                rows = each.rows(agreement.pk, model)
                if sum(_mark(rows, each.model._meta.get_field(name)) for name in each.fields):
                    marked.add(model._meta.label)
    assert len(marked) > 50, sorted(marked)
    files = [file for file in StoredFile.objects.all() if place_of(file.key).exists()]
    assert len(files) == 8
    disposed(cast, agreement)
    assert [label for label in sorted(marked) if MARK in _all_of(label)] == []
    # Not all who are told what went may know of these.
    assert "Confidential" not in str(Disposal.objects.get().went)
    for file in StoredFile.objects.all():
        assert file.name == GONE
        with pytest.raises(FileRemoved):
            read(file)


def test_the_audit_has_of_what_goes_its_hash_alone(cast: Cast) -> None:
    agreement = full(cast)
    known = str(list(Entry.objects.values_list("payload", flat=True)))
    words, _ = everything()
    said = {
        (each.model._meta.label, name, value)
        for each in words
        for name in each.fields
        for value in each.rows(agreement.pk).values_list(name, flat=True)
        if isinstance(value, str) and len(value) > 5 and value in known
    }
    assert said == set()


def _mark(rows: Any, field: Any) -> int:
    """What has words has others now: a constraint may ask for some, none, or its own."""
    if isinstance(field, models.JSONField):
        full = rows.exclude(**{f"{field.name}__in": [{}, []]}).exclude(**{field.name: None})
        marked: Any = [MARK] if field.get_default() == [] else {"said": MARK}
        return int(full.update(**{field.name: marked}))
    number = functions.Cast(F("pk"), models.CharField())
    own = functions.Concat(Value(f"{MARK}-"), number)
    return int(rows.exclude(**{field.name: ""}).update(**{field.name: own}))


def _all_of(label: str) -> str:
    return str(list(apps.get_model(label)._base_manager.values()))
