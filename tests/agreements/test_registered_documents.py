"""Each of the five documents, registered years after it was signed: what its pages say today."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from agreements.contacts.services.naming import name_contacts
from agreements.models import Agreement
from tests.agreements.past import DOCUMENTS, registered_from_paper
from tests.agreements.reviewed import on
from tests.cast import acting, person_of
from tests.conftest import ClientOf
from tests.reading import words

pytestmark = pytest.mark.django_db
REGISTERED_ON = date(2026, 11, 25)
OVERVIEW, KEPT, TERMS, PEOPLE = "", "kept/", "versions/1/", "people/"
REVIEW_PASSED = "had passed when it was registered."
NOBODY_IS_LATE = "Nobody here is late: hold the review now, or record it if it was held."
END_PASSED = (
    "has passed: is it extended, ended or still working to it? Agree which, and record it on the "
    "page “Changes and end”."
)
NOBODY_NAMED = "parties have roles that nobody holds. Their key contacts say which. Each party"
# By document, page by page; what no page may say of it stands in `NEVER`.
FOUND: dict[str, dict[str, tuple[str, ...]]] = {
    "000": {
        OVERVIEW: (
            "In force since 3 September 2013.",
            f"The date of review, 3 September 2014, {REVIEW_PASSED}",
            f"The date of review, 3 September 2014, has passed. {NOBODY_IS_LATE}",
            "Ash CCG has no MoU manager, primary liaison or lead clinician. Each party names its",
            "Recorded by Ash CCG, not yet confirmed by Ash Area Team.",
        ),
        KEPT: (
            "The list of key contacts Due Ash Area Team has no MoU manager",
            "None of two held this MoU year; two owed by 2 September 2027. Owed by both parties.",
            "No approval is on record here. Look whether the registered copy names one",
            "Signed outside the portal on 3 September 2013, as it was registered.",
        ),
        TERMS: ("The first review is due 12 months after the date of sign-off.",),
        PEOPLE: ("Signatures None are entered. Approvals None are entered.",),
    },
    "001": {
        OVERVIEW: (
            "Past its end of 31 December 2016, in force since 1 April 2015. No review is due.",
            f"Its end, 31 December 2016, {END_PASSED}",
            "It took effect on 1 April 2015, before it was signed on 20 May 2015. Make sure that",
            f"4 {NOBODY_NAMED}",
        ),
        KEPT: ("One owed in the quarter to 31 December 2026.", "Owed by all parties."),
        TERMS: (
            "The agreement has effect from 1 April 2015.",
            "The agreement ends on 31 December 2016.",
            "A party may end it by notice of 6 months.",
        ),
    },
    "002": {
        OVERVIEW: (
            f"In force since 12 June 2014. The date of review, 12 June 2015, {REVIEW_PASSED}",
            "Check the registered copy Waiting for 5 parties",
            "Recorded by Ash Area Team.Not yet confirmed by 5 parties.",
            "Nobody is entered as having signed for Cedar CCG, Elm CCG and Hazel CCG. Look whether",
        ),
        KEPT: ("Wider meeting of the Area Team and one CCG: None of two held this MoU year;",),
        PEOPLE: ("Ash Area Team; directorAsh CCG; its chairBirch CCG; its chair",),
    },
    "003": {
        OVERVIEW: (
            "Past its end of 31 March 2013, in force since 1 July 2012.",
            f"The time of the first review, in December 2012, has passed. {NOBODY_IS_LATE}",
            f"Its end, 31 March 2013, {END_PASSED}",
            f"10 {NOBODY_NAMED}",
            "Check the registered copy Waiting for 9 parties",
        ),
        KEPT: (
            "The text puts the first review in December 2012.",
            "The date of review Due 31 December 2012 had passed when the MoU was registered.",
            "As it was registered: Ash CCG; Governing Body; 1 August 2012; item 9.",
            "None of two held this MoU year; two owed by 30 June 2027. Owed by all parties.",
        ),
        TERMS: ("The agreement has effect from 1 July 2012.", "The first review is due in Decemb"),
    },
    "004": {
        OVERVIEW: (
            "Past its end of 1 March 2018, in force since 11 September 2017. No review is due.",
            "It was to end on 1 March 2018 or when the improvement plan is delivered, whichever is",
            f"Its end, 1 March 2018, {END_PASSED}",
            "Ash Surgery closed on 31 March 2019. Nobody there is asked for anything: agree who",
            "Recorded by Ash CCG. Ash Surgery closed on 31 March 2019: nobody there is asked.",
        ),
        KEPT: ("The list of key contacts Due Ash CCG has no strategic lead or operational lead.",),
        TERMS: (
            "ends on 1 March 2018 or when the improvement plan is delivered, whichever is sooner.",
            "A party may end it by notice of 1 month.",
        ),
    },
}
NEVER = ("It was approved before", "All have signed", "Late or missed (1)", "1 late or missed")
OF_MANY = ("both parties", "Both parties", "either party", "the other party")


def _registered(client_of: ClientOf, document: str) -> tuple[Agreement, dict[str, str]]:
    """On one day in November 2026; and its pages as whoever registered it reads them."""
    with on(REGISTERED_ON):
        agreement, who = registered_from_paper(client_of, DOCUMENTS[document])
        client = client_of(who)
        pages = (OVERVIEW, KEPT, TERMS, PEOPLE, "versions/", "history/")
        return agreement, {page: words(client, agreement, page) for page in pages}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_its_pages_say_how_it_stands_on_the_day_of_its_registration(
    client_of: ClientOf, document: str
) -> None:
    agreement, pages = _registered(client_of, document)
    for page, sentences in FOUND[document].items():
        for sentence in sentences:
            assert sentence in pages[page], page
    false = NEVER + (OF_MANY if len(agreement.sides) > 2 else ())
    for page, said in pages.items():
        assert not [each for each in false if each in said], page


def test_after_eight_weeks_who_has_not_confirmed_it_is_still_late_with_nothing(
    client_of: ClientOf,
) -> None:
    with on(REGISTERED_ON):
        agreement, who = registered_from_paper(client_of, DOCUMENTS["000"])
    with on(REGISTERED_ON + timedelta(days=56)):
        late = words(client_of(who), agreement, KEPT)
        person = {"person": person_of(who).pk}
        own = dict.fromkeys(("mou_manager", "primary_liaison", "lead_clinician"), person)
        name_contacts(by=acting(who), agreement=agreement, contacts={"ccg": own})
        due = words(client_of(who), agreement, KEPT)
    assert "The list of key contacts Missed Ash Area Team has no MoU manager" in late
    assert "The list of key contacts Due Ash Area Team has no MoU manager" in due
