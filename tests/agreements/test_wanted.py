"""A day to sign by, a message, an order within one party, and a deputy in another's place."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from agreements.models import Signature, SignatureRequest, Version
from agreements.page.timeline import sentence_of
from agreements.signing.pages.agreement_document import AgreementDocument
from agreements.signing.services.asking import ask_instead, open_for_signature
from agreements.signing.services.asking_by_link import ask_by_link
from agreements.signing.services.ending import change_request, withdraw_request
from agreements.signing.services.paper import confirm_paper, record_paper
from agreements.signing.signed_copy import as_html, file_of
from agreements.signing.wanted import Wanted, check_day
from agreements.terms import Signatory
from agreements.versions.services.versions import freeze
from deadlines.holidays import bank_holidays
from deadlines.models import Deadline
from deadlines.rules.working_days import is_working_day, working_days_after
from house import clock
from house.refusals import Refused
from mou_portal.home_page import HomePage
from nhsuk.dates import day
from nhsuk.forms import date_boxes
from parties.models import User
from tests.agreements.reviewed import days_told, on
from tests.cast import Cast, acting, person_of, user
from tests.conftest import ClientOf, Mailbox
from tests.pdf import a_pdf
from tests.stages import approved, ask, asked, draft_of, drafted, frozen, give, sent
from tests.typed import fields_of
from tests.without_account import checked, link_in, party_of, sent_to_practice

pytestmark = pytest.mark.django_db
ASKED = date(2026, 3, 2)
BY = date(2026, 3, 30)
WHY = "Agreed by telephone."
SECRET = "The board meets on Thursday, so please be quick."


def version_page(version: Version) -> str:
    return f"/agreements/{version.agreement.reference}/versions/{version.seq}/"


def asks(cast: Cast, version: Version, wanted: Wanted, who: User | None = None) -> SignatureRequest:
    return open_for_signature(
        by=acting(cast.manager), version=Version.objects.get(pk=version.pk),
        slot="area_team_signs", person=person_of(who or cast.signatory), because=WHY,
        wanted=wanted,
    )  # fmt: skip


def test_a_manager_asks_by_a_day_and_with_a_message(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    version, client = sent(cast), client_of(cast.manager)
    until = working_days_after(clock.today(), 10, bank_holidays())
    url, person = f"{version_page(version)}signature/", person_of(cast.signatory)
    typed = fields_of(client.get(url).content.decode())
    typed |= {"person": str(person.pk), "because": WHY, "message": SECRET}
    done = client.post(url, typed | date_boxes("sign_by", until), follow=True).content.decode()
    assert f"to sign by {day(until)}" in done
    [mail] = mailbox.to(cast.signatory.email)
    assert mail.subject.startswith(f"Sign version 0.1 by {day(until)}")
    assert "There is a message for you on the page." in mail.body
    assert SECRET not in mail.body
    request = SignatureRequest.objects.get()
    page = client_of(cast.signatory).get(
        f"/agreements/{version.agreement.reference}/sign/{request.pk}/"
    )
    assert f"Message to you: {SECRET}" in page.content.decode()
    assert f"You are asked to sign by {day(until)}." in page.content.decode()
    [todo] = HomePage(acting(cast.signatory)).mine
    assert todo.due_on == until


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        (date(2026, 2, 27), "cannot be in the past"),
        (date(2026, 3, 7), "7 March 2026 is no working day"),
        (date(2026, 4, 3), "3 April 2026 is no working day"),
    ],
    ids=["past", "Saturday", "Good Friday"],
)
def test_the_day_is_a_working_day_to_come(cast: Cast, typed: date, problem: str) -> None:
    with on(ASKED), pytest.raises(Refused, match=problem) as refused:
        asks(cast, frozen(cast), Wanted(sign_by=typed))
    assert refused.value.field == "sign_by"


@given(st.dates(min_value=date(2026, 1, 1), max_value=date(2030, 12, 31)))
def test_any_day_is_taken_or_refused_with_words(typed: date) -> None:
    with on(ASKED):
        right = typed >= ASKED and is_working_day(typed, bank_holidays())
        if right:
            check_day(typed)
            return
        with pytest.raises(Refused) as refused:
            check_day(typed)
    assert refused.value.field == "sign_by"


@pytest.mark.usefixtures("nothing_but_agreements")
def test_reminders_go_before_and_after_the_day_and_then_to_the_manager(
    cast: Cast, mailbox: Mailbox
) -> None:
    with on(ASKED):
        asks(cast, approved(cast), Wanted(sign_by=BY))
        before = len(mailbox.to(cast.signatory.email))
    told = days_told(ASKED, ASKED + timedelta(days=36))
    assert told == [date(2026, 3, each) for each in (16, 23, 27, 31)] + [date(2026, 4, 2)]
    subjects = [mail.subject for mail in mailbox.to(cast.signatory.email)[before:]]
    assert [each.partition(": ")[0] for each in subjects] == [
        *["Sign version 0.1, due 30 March 2026"] * 3,
        "Sign version 0.1, late since 30 March 2026",
    ]
    *_, last = mailbox.to(cast.manager.email)
    assert last.subject.startswith("Version 0.1 not signed, late since 30 March 2026")


@pytest.mark.usefixtures("nothing_but_agreements")
def test_a_moved_day_is_told_and_arms_its_reminders_anew(cast: Cast, mailbox: Mailbox) -> None:
    with on(ASKED):
        request = asks(cast, approved(cast), Wanted(sign_by=date(2026, 3, 13), message="Soon."))
        before = len(mailbox.to(cast.signatory.email))
    with on(date(2026, 3, 11)):
        change_request(by=acting(cast.manager), request=request, sign_by=BY, message="Soon.")
    told = days_told(date(2026, 3, 11), date(2026, 4, 9))
    assert told == [date(2026, 3, each) for each in (16, 23, 27, 31)] + [date(2026, 4, 2)]
    first = mailbox.to(cast.signatory.email)[before]
    assert first.subject.startswith("Sign version 0.1 by 30 March 2026")
    with on(date(2026, 4, 9)):
        change_request(by=acting(cast.manager), request=request, sign_by=None, message="")
    assert Deadline.objects.get(kind="signature_awaited").due_on is None
    assert mailbox.to(cast.signatory.email)[-1].subject.startswith("No day any more")


def two_sign(cast: Cast) -> Version:
    """Chair and officer sign for Eastmoor CCG."""
    draft = draft_of(drafted(cast))
    terms, chair = draft.typed_terms, Signatory(slot="ccg", key="chair", label="Chair")
    both = terms.model_copy(update={"signatories": (*terms.signatories, chair)})
    draft.terms = both.model_dump(mode="json")
    draft.save()
    return freeze(by=acting(cast.manager), version=draft, summary="Two sign for the CCG.")


def asks_both(cast: Cast, version: Version) -> tuple[SignatureRequest, SignatureRequest, User]:
    """The officer now, the chair when the officer has signed."""
    chair = user("Carol Chair", cast.ccg, "signatory")
    found = []
    for slot, who, after in (
        ("ccg_signs", cast.other_signatory, ""), ("chair", chair, "ccg_signs")
    ):  # fmt: skip
        found.append(
            open_for_signature(
                by=acting(cast.other_manager), version=Version.objects.get(pk=version.pk),
                slot=slot, person=person_of(who), because=WHY, wanted=Wanted(after_slot=after),
            )
        )  # fmt: skip
    return found[0], found[1], chair


def test_one_after_the_other_within_one_party(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    version = two_sign(cast)
    officer, second, chair = asks_both(cast, version)
    assert not mailbox.to(chair.email)
    assert not Deadline.objects.filter(subject_key=f"signaturerequest:{second.pk}").exists()
    url = f"/agreements/{version.agreement.reference}/sign/{second.pk}/"
    page = client_of(chair).get(url, follow=True).content.decode()
    assert "It is not your turn yet." in page
    assert "Chair, asked when another has signed" in page
    give(cast.other_signatory, officer)
    second.refresh_from_db()
    assert second.state == "asked"
    assert mailbox.to(chair.email)[0].subject.startswith("Sign version 0.1, asked on")
    told = version.agreement.happenings.get(verb="turn_came")
    assert sentence_of(told) == (
        "The Director has signed, so Carol Chair is asked to sign version 0.1 for Eastmoor CCG."
    )
    give(chair, second)
    give(cast.signatory, asks(cast, version, Wanted()))
    assert Version.objects.get(pk=version.pk).state == "signed"


def test_who_waits_for_another_hears_of_no_day_and_no_page_says_so(
    cast: Cast, client_of: ClientOf, mailbox: Mailbox
) -> None:
    version = two_sign(cast)
    _, second, chair = asks_both(cast, version)
    client = client_of(cast.other_manager)
    url = f"/agreements/{version.agreement.reference}/sign/{second.pk}/asked/"
    until = working_days_after(clock.today(), 10, bank_holidays())
    sent = fields_of(client.get(url).content.decode()) | date_boxes("sign_by", until)
    done = client.post(url, sent, follow=True).content.decode()
    assert f"They are asked to sign by {day(until)}." in done
    assert "We wrote to them" not in done
    assert "They are told" not in client.get(url.replace("asked", "withdraw")).content.decode()
    assert not mailbox.to(chair.email)


def test_a_day_that_passed_before_it_was_ones_turn_is_none(cast: Cast, mailbox: Mailbox) -> None:
    with on(ASKED):
        officer, second, chair = asks_both(cast, two_sign(cast))
        by = acting(cast.other_manager)
        change_request(by=by, request=second, sign_by=date(2026, 3, 6), message="")
    with on(date(2026, 3, 20)):
        with pytest.raises(Refused, match="cannot be in the past"):
            change_request(
                by=by, request=second, sign_by=date(2026, 3, 6), message="", at_once=True
            )
        give(cast.other_signatory, officer)
        mail = mailbox.to(chair.email)[-1]
    assert mail.subject.startswith("Sign version 0.1, asked on 20 March 2026")
    waits = Deadline.objects.get(kind="signature_awaited", state="open")
    assert waits.reminders.filter(state="pending").exists()


def test_the_order_can_be_given_up_and_never_goes_round(cast: Cast, mailbox: Mailbox) -> None:
    version = two_sign(cast)
    officer, second, chair = asks_both(cast, version)
    by = acting(cast.other_manager)
    withdraw_request(by=by, request=officer, because="On leave.")
    with pytest.raises(Refused, match="waits for this one already"):
        open_for_signature(
            by=by, version=version, slot="ccg_signs", person=person_of(cast.other_signatory),
            because=WHY, wanted=Wanted(after_slot="chair"),
        )  # fmt: skip
    with pytest.raises(Refused, match="another signature of your own party"):
        open_for_signature(
            by=by, version=version, slot="ccg_signs", person=person_of(cast.other_signatory),
            because=WHY, wanted=Wanted(after_slot="area_team_signs"),
        )  # fmt: skip
    change_request(by=by, request=second, sign_by=None, message="", at_once=True)
    assert mailbox.to(chair.email)
    assert SignatureRequest.objects.get(pk=second.pk).state == "asked"


DEPUTY = Wanted(in_place_of="Hamish Hill", authority="Scheme of delegation, section 4")
BOTH_NAMES = "for Hamish Hill, by authority: Scheme of delegation, section 4"


def test_a_deputy_signs_in_anothers_place_and_the_copy_names_both(
    cast: Cast, client_of: ClientOf
) -> None:
    version = frozen(cast)
    request = asks(cast, version, DEPUTY)
    url = f"/agreements/{version.agreement.reference}/sign/{request.pk}/"
    page = client_of(cast.signatory).get(url).content.decode()
    stated = (
        "I am authorised to sign for Northern Moors Area Team in the place of Hamish Hill, by "
        "authority: Scheme of delegation, section 4. I agree to this text."
    )
    assert stated in page
    assert f"Signs {BOTH_NAMES}" in as_html(AgreementDocument(version, at=clock.now()))
    give(cast.signatory, request)
    give(cast.other_signatory, ask(cast.other_manager, version, cast.other_signatory, because=WHY))
    document = AgreementDocument(Version.objects.get(pk=version.pk), at=clock.now())
    assert f"Signed by Sid Signatory {BOTH_NAMES}" in as_html(document)
    assert as_html(document).count(BOTH_NAMES) == 2  # under the text, and in the evidence
    ours, theirs = file_of(document).signatures
    assert (ours.in_place_of, ours.authority, ours.statement) == (
        "Hamish Hill", "Scheme of delegation, section 4", stated,
    )  # fmt: skip
    assert (theirs.in_place_of, theirs.authority) == ("", "")
    told = version.agreement.happenings.filter(verb="signed").order_by("pk").first()
    assert told
    assert "in the place of Hamish Hill, by authority: Scheme" in sentence_of(told)


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        (Wanted(in_place_of="Hamish Hill"), "authority"),
        (Wanted(authority="A letter"), "in_place_of"),
        (Wanted(in_place_of="sid signatory", authority="A letter"), "in_place_of"),
    ],
)
def test_a_deputy_needs_a_name_and_an_authority(cast: Cast, wanted: Wanted, field: str) -> None:
    with pytest.raises(Refused) as refused:
        asks(cast, frozen(cast), wanted)
    assert refused.value.field == field


def test_what_the_paper_says_of_a_deputy_is_what_the_copy_says(cast: Cast) -> None:
    ours, theirs = asked(cast)
    paper = record_paper(
        by=acting(cast.other_manager), request=theirs, scan=a_pdf(), signed_by="Dora Deputy",
        signed_on=clock.today(), for_another=("Orla Officer", "Letter of 1 May"),
    )  # fmt: skip
    confirm_paper(by=acting(cast.manager), paper=paper)
    give(cast.signatory, ours)
    document = AgreementDocument(Version.objects.get(pk=ours.version_id), at=clock.now())
    said = "Signed by Dora Deputy for Orla Officer, by authority: Letter of 1 May"
    assert said in as_html(document)


def test_who_is_asked_instead_is_no_deputy_of_the_one_before(cast: Cast) -> None:
    request = asks(cast, frozen(cast), DEPUTY)
    other = user("Dora Deputy", cast.area_team, "signatory")
    ask_instead(by=acting(cast.manager), request=request, person=person_of(other))
    request.refresh_from_db()
    assert (request.in_place_of, request.authority) == ("", "")
    give(other, request)
    assert Signature.objects.get().statement == (
        "I am authorised to sign for Northern Moors Area Team and I agree to this text."
    )


def test_a_link_says_the_day_and_the_message_too(
    cast: Cast, client: Client, mailbox: Mailbox
) -> None:
    version = sent_to_practice(cast)
    until = working_days_after(clock.today(), 5, bank_holidays())
    request = ask_by_link(
        by=acting(cast.manager), version=version, party=party_of(version),
        slot="practice_signs", address=checked(cast), wanted=Wanted(until, SECRET),
    )  # fmt: skip
    [mail] = mailbox.to("surgery@beckside.example")
    assert mail.subject.startswith(f"Read and sign version 0.1 by {day(until)}")
    assert SECRET not in mail.body
    path = link_in(mailbox)
    assert f"Message to you: {SECRET}" in client.get(path).content.decode()
    later = working_days_after(until, 3, bank_holidays())
    change_request(by=acting(cast.manager), request=request, sign_by=later, message=SECRET)
    assert link_in(mailbox) == path
    assert f"by {day(later)}" in mailbox.to("surgery@beckside.example")[-1].subject


def test_one_party_never_changes_what_the_other_asks(cast: Cast, client_of: ClientOf) -> None:
    _, theirs = asked(cast)
    url = f"/agreements/{theirs.version.agreement.reference}/sign/{theirs.pk}/"
    for path in ("asked/", "withdraw/"):
        assert client_of(cast.manager).get(f"{url}{path}").status_code == 403
