"""The data set for measuring: its rows are the truth, as those that the services write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

from agreements.core.access import true_access
from agreements.core.texts import hash_of
from agreements.models import Access, Agreement, OtherParty, Version
from agreements.signing.heads import heads_in_copies
from audit.heads import Noted
from audit.models import Entry
from deadlines.models import Concerned, Deadline, Reminder
from documents.seal import make_certificate
from house import clock
from mou_portal.scale.loading import NotEmpty, load
from mou_portal.scale.patterns import Pattern, kept, prepared
from parties.models import Organisation, User
from tests.conftest import ClientOf

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("loaded", "db")]
AGREEMENTS = 45
KINDS = [
    Pattern(5, 2, partial(kept, "Nursing homes", 60)),
    Pattern(2, 3, partial(prepared, "Premises", 20)),
]


@pytest.fixture(scope="module")
def loaded(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    certificate, key = make_certificate(name="The portal's seal", at=clock.now())
    folder, seal = tmp_path_factory.mktemp("seal"), {}
    for name, content in (("SEAL_CERTIFICATE", certificate), ("SEAL_KEY", key)):
        (folder / name).write_bytes(content)
        seal[name] = str(folder / name)
    with django_db_blocker.unblock(), override_settings(**seal), transaction.atomic():
        load(AGREEMENTS, password="for-a-test", say=str, kinds=KINDS)
        yield
        transaction.set_rollback(True)


def test_every_agreement_is_there_with_what_belongs_to_it() -> None:
    states = Counter(Agreement.objects.values_list("state", flat=True))
    assert sum(states.values()) == AGREEMENTS
    assert set(states) == {"in_force", "being_prepared"}
    for agreement in Agreement.objects.filter(state="in_force"):
        assert agreement.in_force_version
        assert agreement.in_force_version.texts.count() == 30
        assert Concerned.objects.filter(reference=agreement.reference).exists()


def test_few_see_most_and_most_see_some() -> None:
    seen = Counter(Access.objects.values_list("organisation", flat=True)).values()
    assert {5, AGREEMENTS * 2 // 5} <= set(seen)


def test_what_the_list_stands_on_is_the_truth() -> None:
    for agreement in Agreement.objects.order_by("title", "pk")[::5]:
        rows = {row.organisation_id: row for row in agreement.access.all()}
        parties = {
            spell.organisation_id for p in agreement.parties.all() for spell in p.spells.all()
        }
        assert set(rows) == parties
        for organisation, truth in true_access(agreement, parties).items():
            assert {name: getattr(rows[organisation], name) for name in truth} == truth
    pairs = {(row.organisation_id, row.other_id) for row in OtherParty.objects.all()}
    assert all((other, one) in pairs for one, other in pairs)


def test_a_frozen_text_has_its_own_hash_and_the_names_of_its_parties() -> None:
    hashes = set()
    for version in Version.objects.exclude(sha256="").select_related("agreement"):
        assert version.sha256 == hash_of(version)
        organisations = Organisation.objects.named()
        names = {
            o.name for o in organisations.filter(party_spells__party__agreement=version.agreement)
        }
        assert {party["name"] for party in version.party_names} == names
        hashes.add(version.sha256)
    assert len(hashes) > 10


def test_rows_name_each_other_inside_words_and_json() -> None:
    numbers = {str(pk) for pk in Agreement.objects.values_list("pk", flat=True)}
    about = Deadline.objects.filter(subject_key__startswith="agreement:")
    assert {
        key.removeprefix("agreement:") for key in about.values_list("subject_key", flat=True)
    } <= numbers
    entries = Entry.objects.filter(object_type="agreements.agreement")
    assert set(entries.values_list("object_id", flat=True)) <= numbers
    assert not Entry.objects.filter(payload__icontains="MOU-7").exists()


def test_no_signed_copy_notes_a_link_of_the_audit_that_never_was() -> None:
    heads = list(heads_in_copies())
    assert heads
    assert not [each for each in heads if isinstance(each, Noted)]


def test_nothing_is_due_that_was_not_told() -> None:
    assert not Reminder.objects.filter(state="pending", next_try__lte=clock.now()).exists()


def test_a_manager_finds_their_agreement_under_its_own_names(client_of: ClientOf) -> None:
    signed = Agreement.objects.filter(state="in_force")[0]
    team = signed.parties.get(slot="area_team").organisation
    manager = User.objects.get(email__startswith="ada@", memberships__organisation=team)
    page = client_of(manager).get(f"/agreements/{signed.reference}/")
    assert page.status_code == 200
    assert team.name in page.content.decode()
    assert "qxq" not in page.content.decode().lower()


def test_it_is_loaded_into_an_empty_database_only() -> None:
    with pytest.raises(NotEmpty):
        load(AGREEMENTS, password="for-a-test", say=str, kinds=KINDS)


def test_the_command_wants_enough_to_have_each_kind() -> None:
    with pytest.raises(CommandError):
        call_command("load_scale", agreements=3)
