from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from agreements.models import Access, Agreement, Seal
from agreements.signing.services.paper import confirm_paper, record_paper
from agreements.terms import Signatory
from agreements.versions.services.versions import freeze
from house import clock
from house.clock import months_after
from parties.models import User
from tests.cast import Cast, acting, user
from tests.conftest import Mailbox
from tests.pdf import a_pdf
from tests.stages import ask, asked, draft_of, drafted, give, in_force

ClientOf = Callable[[User], Client]


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2016, 2, 29), 12, date(2017, 2, 28)),
        (date(2016, 2, 29), 48, date(2020, 2, 29)),
        (date(2014, 1, 31), 1, date(2014, 2, 28)),
        (date(2013, 9, 3), 12, date(2014, 9, 3)),
        (date(2013, 12, 31), 2, date(2014, 2, 28)),
    ],
)
def test_months_end_where_the_month_does(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later


@given(st.dates(date(1990, 1, 1), date(2089, 12, 31)), st.integers(0, 120))
def test_months_later_is_that_many_months_later(day: date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1
    assert later.day <= day.day


@pytest.mark.django_db
def test_the_last_signature_puts_it_in_force(cast: Cast, mailbox: Mailbox) -> None:
    with clock.at(datetime(2014, 9, 3, 23, 30, tzinfo=UTC)):  # half past midnight in London
        version = in_force(cast)
        sent = mailbox.all
    agreement = Agreement.objects.get()
    assert (agreement.state, agreement.start_on, agreement.review_on) == (
        "in_force", date(2014, 9, 4), date(2015, 9, 4),
    )  # fmt: skip
    assert (version.label, version.label_before_signature, version.state) == (
        "1.0", "0.1", "signed",
    )  # fmt: skip
    assert agreement.in_force_version == version
    assert Seal.objects.get().state == "waiting"
    # The meetings of the MoU year are owed the day before the review.
    assert {access.next_due_on for access in Access.objects.all()} == {date(2015, 9, 3)}
    signers = [mail for mail in sent if "Signed by all" in mail.subject]
    assert {mail.to[0] for mail in signers} == {
        "sid.signatory@moors.example", "orla.officer@moors.example",
    }  # fmt: skip


@pytest.mark.django_db
def test_the_start_is_the_last_date_beside_a_signature(cast: Cast) -> None:
    ours, theirs = asked(cast)
    give(cast.signatory, ours)
    tomorrow = clock.now() + timedelta(days=1)
    with clock.at(tomorrow + timedelta(days=5)):
        paper = record_paper(
            by=acting(cast.other_manager), request=theirs, scan=a_pdf(), signed_by="Orla Officer",
            signed_on=clock.london_day(tomorrow),
        )  # fmt: skip
        confirm_paper(by=acting(cast.manager), paper=paper)
    assert Agreement.objects.get().start_on == clock.london_day(tomorrow)


@pytest.mark.django_db
def test_every_signature_that_the_terms_name_is_needed(cast: Cast) -> None:
    agreement = drafted(cast)
    draft, chair = draft_of(agreement), user("Carol Chair", cast.ccg, "signatory")
    two = Signatory(slot="ccg", key="chair", label="Chair")
    terms = draft.typed_terms
    draft.terms = terms.model_copy(update={"signatories": (*terms.signatories, two)}).model_dump(
        mode="json"
    )
    draft.save()
    version = freeze(by=acting(cast.manager), version=draft, summary="Two sign for the CCG.")
    why = "Agreed by telephone."
    give(cast.signatory, ask(cast.manager, version, cast.signatory, because=why))
    officer = ask(cast.other_manager, version, cast.other_signatory, because=why)
    give(cast.other_signatory, officer)
    agreement.refresh_from_db()
    assert agreement.state == "being_prepared"
    from agreements.signing.services.asking import open_for_signature

    assert chair.person
    version.refresh_from_db()
    request = open_for_signature(
        by=acting(cast.other_manager), version=version, slot="chair", person=chair.person,
        because=why,
    )  # fmt: skip
    give(chair, request)
    agreement.refresh_from_db()
    assert agreement.state == "in_force"


@pytest.mark.django_db
def test_after_the_last_signature_the_page_says_what_comes_next(
    cast: Cast, client_of: ClientOf
) -> None:
    version = in_force(cast)
    url = f"/agreements/{version.agreement.reference}/versions/1/"
    page = client_of(cast.other_viewer).get(url).content.decode()
    assert "All have signed, and the agreement is in force since" in page
    assert "Before all had signed it was version 0.1." in page
    assert "Final signed copy (PDF)" in page
