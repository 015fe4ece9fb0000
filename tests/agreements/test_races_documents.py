"""The list of documents at one moment: on PostgreSQL the agreement's lock decides."""

from __future__ import annotations

import pytest

from agreements.associated.said import Said
from agreements.associated.services import change_document
from agreements.core.texts import hash_of
from agreements.models import Agreement, AssociatedDocument, Version
from agreements.versions.services.versions import freeze, recall
from parties.models import User
from tests.agreements.listed import add, newest
from tests.at_once import ROUNDS, at_once, refusals
from tests.cast import Cast, acting
from tests.stages import draft_of, drafted

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]


def change(by: User, pk: int, label: str, seq: int) -> None:
    document = AssociatedDocument.objects.select_related("agreement").get(pk=pk)
    change_document(
        by=acting(by), document=document, edit_no=seq, because="A new one.",
        said=Said("Next steps", label=label),
    )  # fmt: skip


def test_of_two_who_change_one_document_one_does_and_the_other_is_told(cast: Cast) -> None:
    document = add(cast.manager, drafted(cast), "Next steps", is_own=False)
    for number in range(ROUNDS):
        seq = newest(document).seq

        def ours(label: str = f"{number} a", seq: int = seq) -> None:
            change(cast.manager, document.pk, label, seq)

        def theirs(label: str = f"{number} b", seq: int = seq) -> None:
            change(cast.other_manager, document.pk, label, seq)

        answers = at_once([(cast.manager, ours), (cast.other_manager, theirs)])
        assert len(refusals(answers)) == 1
        document.refresh_from_db()
        assert (document.edit_no, newest(document).seq) == (seq + 1, seq + 1)


def test_of_two_who_bring_one_title_for_all_one_does(cast: Cast) -> None:
    pk = drafted(cast).pk
    for number in range(ROUNDS):

        def bring(by: User, title: str = f"Paper {number}") -> None:
            add(by, Agreement.objects.get(pk=pk), title, is_own=False)

        acts = [(by, lambda by=by: bring(by)) for by in (cast.manager, cast.other_manager)]
        assert len(refusals(at_once(acts))) == 1
        assert AssociatedDocument.objects.count() == number + 1


def test_a_text_that_gets_its_number_meanwhile_has_one_list_and_its_hash(cast: Cast) -> None:
    agreement = drafted(cast)
    document = add(cast.manager, agreement, "Next steps", is_own=False)
    for number in range(ROUNDS):
        draft, seq = draft_of(agreement), newest(document).seq

        def number_it(pk: int = draft.pk) -> Version:
            version = Version.objects.select_related("agreement").get(pk=pk)
            return freeze(by=acting(cast.manager), version=version, summary="First.")

        def put(label: str = f"2.{number}", seq: int = seq) -> None:
            change(cast.other_manager, document.pk, label, seq)

        before = newest(document).label
        assert refusals(at_once([(cast.manager, number_it), (cast.other_manager, put)])) == []
        version = Version.objects.get(pk=draft.pk)
        printed = (version.associated_documents or [])[0]
        assert printed["version"] in (before, f"2.{number}")
        assert hash_of(version) == version.sha256
        recall(by=acting(cast.manager), version=version, because="Once more.")
