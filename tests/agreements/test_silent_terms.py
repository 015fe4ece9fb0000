"""Terms that say nothing: what is not said is not printed, not shown and not reminded."""

from __future__ import annotations

from datetime import date

import pytest

from agreements.drafting.pages.terms import terms_in_words
from agreements.models import Agreement
from agreements.reviews.services import Outcome, correct_review
from agreements.signing.pages.agreement_document import AgreementDocument
from agreements.signing.signed_copy import file_of
from agreements.terms import Terms, in_words
from deadlines.models import Deadline
from house import clock
from mail.kinds import compose
from mail.models import Delivery
from meetings.models import Series
from tests.agreements.parts import boxes_of, said, typed
from tests.agreements.reviewed import on, reviewed
from tests.cast import Cast, acting
from tests.conftest import ClientOf, Mailbox
from tests.once import made_once
from tests.reading import all_words, words_at
from tests.stages import SILENT, silent

pytestmark = pytest.mark.django_db
SIGNED, HELD, NEXT = date(2026, 2, 3), date(2027, 2, 10), date(2028, 3, 1)


def _signed(cast: Cast) -> None:
    with on(SIGNED):
        silent(cast)


made, cast = made_once(_signed)


@pytest.fixture
def agreement(cast: Cast) -> Agreement:
    return Agreement.objects.get()


def reviews_due() -> list[tuple[str, date | None]]:
    rows = Deadline.objects.filter(kind="review")
    return list(rows.order_by("occurrence").values_list("state", "due_on"))


@pytest.mark.usefixtures("agreement")
def test_the_e_mail_that_it_is_in_force_names_no_review() -> None:
    for letter in Delivery.objects.filter(kind="in_force"):
        said = compose(letter.kind, letter.context).paragraphs
        assert said[-1] == "The final signed copy is on its page."
        assert not [each for each in said if "review" in each]
    assert letter


def test_nothing_follows_from_what_is_not_said(agreement: Agreement) -> None:
    assert (agreement.start_on, agreement.review_on) == (SIGNED, None)
    assert not Series.objects.exists()
    kinds = set(Deadline.objects.values_list("kind", flat=True))
    assert not kinds & {"review", "meeting_owed", "press_share_by"}


def test_no_page_and_no_document_speaks_of_it(
    cast: Cast, agreement: Agreement, client_of: ClientOf
) -> None:
    client = client_of(cast.manager)
    words = all_words(client, agreement)
    for each in ("Date of review", "first review", "before release", "In force at least"):
        assert each not in words
    assert "The terms name no role that a key contact holds." in words
    ways = client.get(f"/agreements/{agreement.reference}/").content.decode().split("<main")[1]
    for page in ("announcements/", "disagreements/"):
        assert f"/{agreement.reference}/{page}" not in ways
    version = agreement.in_force_version
    assert version
    document = AgreementDocument(version, at=clock.now())
    assert document.review_on == ""
    assert file_of(document).date_of_review is None
    said_of = {term.heading for term in terms_in_words(version.typed_terms, {"ccg": "the CCG"})}
    assert said_of == {"Who approves", "Who signs"}


def test_a_review_may_be_recorded_all_the_same(
    cast: Cast, agreement: Agreement, client_of: ClientOf, mailbox: Mailbox
) -> None:
    with on(HELD):
        reviewed(cast.manager, agreement, HELD, None)
        client = client_of(cast.other_manager)
        page = words_at(client, f"/agreements/{agreement.reference}/kept/")
        assert "Not set" in page
        assert reviews_due() == []
        (mail,) = [m for m in mailbox.to(cast.other_manager.email) if "record" in m.subject]
        assert "continue it as it is. No next date is set." in mail.body
    agreement.refresh_from_db()
    assert agreement.review_on is None


def test_a_date_that_the_parties_set_is_reminded_and_may_be_taken_out(
    cast: Cast, agreement: Agreement
) -> None:
    with on(HELD):
        review = reviewed(cast.manager, agreement, HELD, NEXT)
        assert reviews_due() == [("open", NEXT)]
        due = Deadline.objects.get(kind="review")
        offsets = due.reminders.order_by("send_at").values_list("offset", flat=True)
        assert list(offsets)[:3] == ["days:-60", "days:-30", "days:0"]
        said = Outcome(HELD, "continue", None)
        correct_review(by=acting(cast.manager), review=review, said=said, because="No date.")
    assert [state for state, _ in reviews_due()] == ["cancelled"]


def test_an_empty_box_says_nothing_and_comes_back_empty() -> None:
    silent_terms = Terms().model_copy(update=SILENT)
    for part in ("announcements", "period", "review", "contacts", "levels"):
        assert said(typed(silent_terms, part)) == silent_terms, part
    empty = boxes_of(silent_terms, "period") | boxes_of(silent_terms, "announcements")
    assert set(empty.values()) == {""}
    assert not in_words(silent_terms, {}).keys() & {"lead:publication", "review:after", "term:end"}


def test_reminders_of_no_review_are_asked_about() -> None:
    form = typed(Terms(), "review", reminder_days="60, 30")
    assert form.errors == {"when": ["Say when the review is, or empty the boxes below"]}
