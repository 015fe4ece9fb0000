"""A correction changes spelling and references; what else differs is a variation (record 0065)."""

from __future__ import annotations

import re
from datetime import date
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.drafting.corrections import beyond_correction, readings
from agreements.drafting.spelling import changed_beyond
from agreements.models import Agreement
from agreements.signing.signed_copy import file_of
from house import clock
from house.refusals import Refused
from tests.agreements.reviewed import on
from tests.agreements.varied import correct, on_terms, out_for_signature, sign_by_all, write
from tests.cast import Cast
from tests.conftest import ClientOf
from tests.reading import words
from tests.stages import draft_of, in_force, sent

SIGNED, LATER = date(2013, 9, 3), date(2014, 2, 3)
SENTENCE = "The parties shall tell each other within ten working days, as Table 3 says."


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("tell each other", "tell eachother"),
        ("as Table 3 says", "as Table 4 says"),
        ("the the parties", "the parties"),
        ("in writting", "in writing"),
        ("co-operate", "cooperate"),
        ("see clause 7(b)", "see clause 8(b)"),
        ("the Recieving Body", "the receiving body"),
        ("a agreement", "an agreement"),
        ("It is is so", "It is so"),
        ("and and it", "and it"),
        ("the Trusts staff", "the Trust's staff"),
        ("there staff", "their staff"),
        ("see clauses 4 and 6", "see clauses 5 and 7"),
        ("desease", "disease"),
        ("noone", "no one"),
        ("greement", "agreement"),
    ],
)
def test_spelling_and_references_are_corrections(was: str, now: str) -> None:
    assert list(changed_beyond(f"So {was}, it reads.", f"So {now}, it reads.")) == []


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("shall meet", "may meet"),
        ("ten days", "two days"),
        ("£500,000", "£600,000"),
        ("3 March", "3 May"),
        ("is legally binding", "is not legally binding"),
        ("the Northern Team", "the Northmoor Team"),
        ("with patients", "with practices"),
        ("is responsible", "is irresponsible"),
        ("tell them", "tell them and the public"),
        ("within a week", "without a week"),
        ("all parties", "any parties"),
        ("72 hours", "27 hours"),
        ("monthly", "monthly reports"),
        ("the minimum", "the maximum"),
        ("the increase", "the decrease"),
        ("includes", "excludes"),
        ("internal audit", "external audit"),
        ("hypotension", "hypertension"),
        ("the employer", "the employee"),
        ("an annual report", "a biannual report"),
        ("½ day", "¼ day"),
        ("aged ≥ 18", "aged ≤ 18"),
        ("at -5 degrees", "at 5 degrees"),
        ("pay our costs", "pay your costs"),
        ("he decides", "she decides"),
        ("is not able", "is notable"),
        ("if they", "of they"),
        ("ann@moors.example", "amn@moors.example"),
        ("twelve twelve", "twelve"),
        ("clause 4 and 6 visits", "clause 4 and 7 visits"),
        ("the figure 500 pounds", "the figure 600 pounds"),
        ("is | North | 5 | | so", "is | North | | 5 | so"),
    ],
)
def test_what_says_something_else_is_none(was: str, now: str) -> None:
    assert list(changed_beyond(f"So it {was}, we say.", f"So it {now}, we say."))


@pytest.mark.parametrize("now", ["Eldermoor pays", "NHG pays", "Aldermore pays"])
def test_a_name_at_the_start_of_a_sentence_is_a_name(now: str) -> None:
    was = "NHS pays" if "NHG" in now else "Aldermoor pays"
    assert list(changed_beyond(f"So. {was}.", f"So. {now}.", names={"Aldermoor", "CCG"}))


LONG = "the parties tell each other what they need "


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("| yes | no |\n" * 1600, "| maybe | no |\n" + "| yes | no |\n" * 1598 + "| no | no |\n"),
        (LONG * 460, " ".join(f"zeal{n}" for n in range(2500))),
        ("a " * 10_000, "b a " * 5_000),
    ],
)
def test_a_clause_of_20_000_characters_takes_no_seconds(old: str, new: str) -> None:
    began = monotonic()
    beyond = list(changed_beyond(old, new))
    assert list(readings(old, new))
    assert monotonic() - began < 2
    assert all(len(sentence) < 400 for sentence in beyond)


@given(st.text("abcd 123.\n", max_size=80))
def test_a_text_is_no_change_of_itself(text: str) -> None:
    assert list(changed_beyond(text, text)) == []
    assert list(readings(text, text)) == []


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_no_number_becomes_another(one: int, other: int) -> None:
    beyond = list(changed_beyond(f"Pay £{one} by then.", f"Pay £{other} by then."))
    assert bool(beyond) == (one != other)


@given(st.lists(st.sampled_from(SENTENCE.split()), min_size=1, max_size=12))
def test_readings_name_each_place_that_differs(changed: list[str]) -> None:
    new = " ".join(changed)
    told = " ".join(now for _, now in readings(SENTENCE, new))
    for word in set(changed) - set(SENTENCE.split()):
        assert word in told


@pytest.mark.django_db
def test_a_correction_is_numbered_and_signed_as_1_1(cast: Cast, client_of: ClientOf) -> None:
    agreement = signed(cast)
    with on(LATER):
        correct(cast, agreement)
        write(cast, agreement, "The parties are openn with each other.")
        version = sign_by_all(cast, out_for_signature(cast, agreement))
        page = words(client_of(cast.other_manager), agreement, f"versions/{version.seq}/")
    assert (version.label, version.label_before_signature) == ("1.1", "1.1 draft 1")
    assert "In force from 3 September 2013 to 2 February 2014." in page


@pytest.mark.django_db
def test_a_draft_with_more_than_a_correction_gets_no_number(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement = signed(cast)
    with on(LATER):
        correct(cast, agreement)
        write(cast, agreement, "The parties may be open with each other.")
        on_terms(cast, agreement, minimum_months=24)
        with pytest.raises(Refused, match="goes beyond a correction"):
            sent(cast, Agreement.objects.get(pk=agreement.pk))
        page = words(client_of(cast.manager), agreement, "text/")
    assert "More than a correction" in page
    assert "“Openness”: “may be” in place of “are”" in page
    assert len(beyond_correction(draft_of(agreement))) == 2


@pytest.mark.django_db
def test_both_readings_are_printed_and_the_file_says_what_it_replaces(cast: Cast) -> None:
    from agreements.signing.pages.agreement_document import AgreementDocument
    from agreements.signing.signed_copy import as_html

    agreement = signed(cast)
    with on(LATER):
        correct(cast, agreement)
        write(cast, agreement, "The parties are openn with each other.")
        version = sign_by_all(cast, out_for_signature(cast, agreement))
        document = AgreementDocument(version, at=clock.now())
        printed, data = re.sub(r"\s+", " ", as_html(document)), file_of(document)
    assert "“The parties are open with each other.”" in printed
    assert "“The parties are openn with each other.”" in printed
    assert "Correction of version 1.0, in force since 3 September 2013." in printed
    assert (data.replaces, data.in_force_from, data.date_of_sign_off) == ("1.0", LATER, SIGNED)
    assert [each.signed_as for each in data.history] == ["1.0", "1.1"]


def signed(cast: Cast) -> Agreement:
    with on(SIGNED):
        return in_force(cast).agreement
