"""What stays of a text that another replaced: its seal, its page, its days; and of ten parties."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from agreements.changes.services.answering import withdraw_change
from agreements.core.parties import parties_of
from agreements.models import Agreement, Seal, Version
from agreements.signing.services.sealing import seal_due
from agreements.variations.services import begin_variation
from documents.storage import read
from tests import federations
from tests.agreements.reviewed import on
from tests.agreements.test_parties_that_leave import leaving
from tests.agreements.varied import varied, write
from tests.cast import Cast, acting
from tests.conftest import ClientOf
from tests.reading import words_at
from tests.stages import approve, ask, draft_of, frozen, give, in_force
from tests.two_of_ten import somebody

pytestmark = pytest.mark.django_db
SIGNED, LATER = date(2013, 9, 3), date(2014, 2, 3)


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    """Signed in September, varied in February."""
    with on(SIGNED):
        made = in_force(cast).agreement
    with on(LATER):
        varied(cast, made, "We are as open as can be.")
    return Agreement.objects.get(pk=made.pk)


@pytest.mark.usefixtures("can_seal")
def test_each_text_keeps_its_seal_and_the_old_one_says_that_it_is_replaced(
    agreement: Agreement, cast: Cast, client_of: ClientOf
) -> None:
    assert seal_due() == 2
    client, path = client_of(cast.other_manager), f"/agreements/{agreement.reference}/"
    files = [seal.file for seal in Seal.objects.order_by("version__seq")]
    for seq, file in enumerate(files, start=1):
        assert file
        sealed = b"".join(client.get(f"{path}versions/{seq}/signed.pdf"))
        assert sealed == read(file)
    assert files[1]
    assert b"".join(client.get(f"{path}signed.pdf")) == read(files[1])
    assert files[0]
    sent = SimpleUploadedFile("copy.pdf", read(files[0]))
    page = Client().post("/verify/", {"file": sent}).content.decode()
    assert "version 2.0 replaced it on 3 February 2014" in page
    assert "In force since" not in page
    assert "Final signed copy of version 1.0" in words_at(client, f"{path}versions/")


def test_each_day_reads_in_the_text_of_that_day(
    agreement: Agreement, cast: Cast, client_of: ClientOf
) -> None:
    client, path = client_of(cast.viewer), f"/agreements/{agreement.reference}/on/"
    before = words_at(client, f"{path}2014-02-02/")
    after = words_at(client, f"{path}2014-02-03/")
    assert "The parties are open with each other." in before
    assert "We are as open as can be." not in before
    assert "We are as open as can be." in after


def test_the_old_text_says_until_when_it_held(
    agreement: Agreement, cast: Cast, client_of: ClientOf
) -> None:
    page = words_at(client_of(cast.viewer), f"/agreements/{agreement.reference}/versions/1/")
    assert "Replaced" in page
    assert "In force from 3 September 2013 to 2 February 2014. Another text holds now." in page
    assert "All have signed, and the agreement is in force" not in page


def test_a_party_that_has_left_neither_approves_nor_signs_the_new_text(cast: Cast) -> None:
    with on(date(2017, 9, 1)):
        first = federations.signed(cast)
    with on(date(2018, 9, 3)):
        leaving(cast, first.agreement)
    with on(date(2019, 2, 1)):
        agreement = Agreement.objects.get(pk=first.agreement_id)
        begin_variation(by=acting(cast.other_manager), agreement=agreement, because="We are nine.")
        version = frozen(cast, agreement, by=cast.other_manager)
        pairs = [(cast.other_manager, cast.other_signatory)]
        for party in parties_of(agreement):
            if party.number and not party.left_on:
                name = party.name.split()[0]
                pairs.append((somebody(f"Mo {name}"), somebody(f"Si {name}")))
        assert len(pairs) == len(version.party_names) == 9
        for manager, _ in pairs:
            approve(manager, version)
        for manager, signatory in pairs:
            give(signatory, ask(manager, version, signatory))
    signed = Version.objects.get(pk=version.pk)
    assert (signed.label, signed.state) == ("2.0", "signed")


def test_a_draft_that_was_given_up_can_be_read_by_its_parties(
    agreement: Agreement, cast: Cast, client_of: ClientOf
) -> None:
    with on(LATER):
        change = begin_variation(by=acting(cast.manager), agreement=agreement, because="More.")
        write(cast, agreement, "We meet {{meetings:often}} a year.")
        seq = draft_of(agreement).seq
        withdraw_change(by=acting(cast.manager), change=change, because="No more.")
    client, path = client_of(cast.viewer), f"/agreements/{agreement.reference}/"
    page = words_at(client, f"{path}versions/{seq}/")
    assert "A draft that was given up" in page
    assert "The draft was given up: No more." in page
    assert "We meet twice a year." in page
    assert "Recalled here" not in page
    compared = words_at(client, f"{path}compare/2..{seq}/")
    assert "meet twice a year" in compared
    assert "Version 2.0 A draft that was given up" in compared
    assert "Given up: No more." in words_at(client, f"{path}versions/")
    assert client.get(f"{path}text/")["Location"] == f"{path}versions/2/"
    assert client.get(f"{path}versions/{seq}/print.pdf").status_code == 200
    manager = client_of(cast.manager)
    for act in ("decision", "recall", "send", "signature"):
        assert manager.get(f"{path}versions/{seq}/{act}/").status_code == 404


def test_a_numbered_text_that_names_a_party_that_has_left_says_that_it_is_to_be_recalled(
    cast: Cast, client_of: ClientOf
) -> None:
    with on(date(2017, 9, 1)):
        first = federations.signed(cast)
    with on(date(2018, 3, 1)):
        agreement = Agreement.objects.get(pk=first.agreement_id)
        begin_variation(by=acting(cast.other_manager), agreement=agreement, because="More.")
        version = frozen(cast, agreement, by=cast.other_manager)
    with on(date(2018, 9, 3)):
        leaving(cast, Agreement.objects.get(pk=first.agreement_id))
    with on(date(2019, 2, 1)):
        path = f"/agreements/{agreement.reference}/versions/{version.seq}/"
        page = words_at(client_of(cast.other_manager), path)
    assert "This text names Ash Federation, and cannot be signed by all. Recall it:" in page
