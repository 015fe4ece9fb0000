"""An agreement as it stood on a day: its text, its state, its parties and their people (X02)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from agreements.contacts.services.naming import name_contact
from agreements.drafting.services.editing import edit_clause, remove_clause
from agreements.models import Agreement, Party, PartySpell
from agreements.register.changing import correct_registration, withdraw_registration
from agreements.register.facts import facts_of
from agreements.stood.pages import StoodPage
from agreements.stood.print import StoodDocument
from agreements.versions.services.versions import recall
from house import clock
from nhsuk.forms import date_boxes
from parties.models import Organisation, User
from parties.services.organisations import rename
from tests.agreements.registered import SIGNED, again, registered
from tests.agreements.reviewed import on
from tests.cast import Cast, acting, organisation, person
from tests.conftest import ClientOf
from tests.costs import BUDGET, queries_at, with_many
from tests.pdf import printed
from tests.reading import words_at, words_of
from tests.setting_up import library_template
from tests.stages import approve, ask, clause, drafted, frozen, give, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_but_agreements")]
FIRST, LATER = date(2014, 2, 3), date(2014, 12, 1)
# When the pages are read.
READ = date(2026, 10, 1)
DAY = timedelta(days=1)


def stood(client: Client, agreement: Agreement, day: date, query: str = "") -> str:
    """What somebody reads on the page of that day, much later."""
    with on(READ):
        return words_at(client, f"/agreements/{agreement.reference}/on/{day.isoformat()}/{query}")


def _drafted(cast: Cast) -> Agreement:
    with on(FIRST):
        return drafted(cast)


def _edited(by: User, agreement: Agreement, key: str, body: str) -> None:
    text = clause(agreement, key)
    edit_clause(by=acting(by), clause=text, edit_no=text.edit_no, body=body)


# --- Its text


def test_a_draft_reads_as_it_read_at_the_end_of_each_day(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = _drafted(cast), client_of(cast.viewer)
    with on(FIRST + 2 * DAY):
        _edited(cast.manager, agreement, "meet", "The parties meet at dawn.")
        _edited(cast.other_manager, agreement, "meet", "The parties meet at noon.")
        remove_clause(by=acting(cast.manager), clause=clause(agreement, "openness"))
    before, after = (stood(client, agreement, FIRST + days * DAY) for days in (1, 2))
    assert "twice" in before
    assert "Openness" in before
    assert "The draft" in before
    assert "meet at noon" in after
    assert "at dawn" not in after
    assert "Openness" not in after


def test_state_and_version_are_those_of_each_day(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = _drafted(cast), client_of(cast.viewer)
    with on(FIRST + DAY):
        recall(by=acting(cast.manager), version=frozen(cast, agreement), because="A slip.")
    with on(FIRST + 2 * DAY):
        _edited(
            cast.manager,
            agreement,
            "meet",
            "The parties meet **twice** in each year, by telephone.",
        )
    with on(FIRST + 3 * DAY):
        version = sent(cast, agreement)
        approve(cast.manager, version)
        approve(cast.other_manager, version)
    with on(FIRST + 4 * DAY):
        for by, who in ((cast.manager, cast.signatory), (cast.other_manager, cast.other_signatory)):
            give(who, ask(by, version, who))
    read = [stood(client, agreement, FIRST + days * DAY) for days in range(5)]
    assert "Being prepared Both parties can edit the draft." in read[0]
    assert "twice" in read[1]
    assert "by telephone" in read[2]
    assert "Version 0.2 is out for approval." in read[3]
    assert "In force since 7 February 2014. Review due 7 February 2015" in read[4]
    assert "Version 1.0 Signed" in read[4]
    assert all("The day of the last signature" in each for each in read[:4])


# --- Its parties and their people


def test_parties_have_their_names_of_that_day(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = _drafted(cast), client_of(cast.viewer)
    changed = date(2014, 4, 1)
    administrator = acting(cast.administrator)
    with on(changed):
        rename(
            by=administrator, organisation=cast.area_team, name="Moors Area Team",
            address="2 Moor Street", starts_on=changed,
        )  # fmt: skip
    assert "Northern Moors Area Team" in stood(client, agreement, changed - DAY)
    renamed = stood(client, agreement, changed)
    assert "Parties Moors Area Team" in renamed
    assert "Northern Moors Area Team" not in renamed.partition("How it stood")[2][:200]


def test_a_side_is_held_by_who_held_it_that_day(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = _drafted(cast), client_of(cast.manager)
    last, heir = date(2014, 3, 31), organisation("Moors Board", Organisation.Kind.ICB)
    with on(last):
        spell = PartySpell.objects.get(party__agreement=agreement, party__slot="ccg")
        spell.ends_on = last
        spell.save()
        PartySpell.objects.create(party=spell.party, organisation=heir, starts_on=last + DAY)
    read = [stood(client, agreement, last + n * DAY) for n in (-1, 0, 1)]
    held = [each.partition("Parties ")[2].partition("Text ")[0] for each in read]
    assert ["Eastmoor CCG" in each for each in held] == [True, True, False]
    assert [heir.name in each for each in held] == [False, False, True]


def test_a_contact_who_changed_at_midnight_in_london_is_of_the_new_day(
    cast: Cast, client_of: ClientOf
) -> None:
    with on(SIGNED):
        agreement = registered(cast).agreement
    party = Party.objects.get(agreement=agreement, slot="area_team")
    for name, instant in (
        ("Ann Before", datetime(2026, 6, 1, 9, tzinfo=UTC)),
        ("Bea After", datetime(2026, 7, 1, 23, 30, tzinfo=UTC)),
    ):
        with clock.at(instant):
            who = person(name)
            name_contact(
                by=acting(cast.manager), party=party, role="mou_manager", person=who,
                job_title="Lead",
            )  # fmt: skip
    client = client_of(cast.viewer)
    evening, morning = (stood(client, agreement, date(2026, 7, day)) for day in (1, 2))
    assert "Ann Before" in evening
    assert "Bea After" not in evening
    assert "Bea After" in morning
    assert "Ann Before" not in morning
    assert "Ann Before" not in stood(client, agreement, date(2026, 5, 31))


@pytest.mark.duty("X02")
def test_clauses_contacts_and_parties_as_on_a_chosen_date(cast: Cast, client_of: ClientOf) -> None:
    client, changed = client_of(cast.viewer), FIRST + 10 * DAY
    with on(FIRST):
        agreement = drafted(cast, source=library_template(cast))
        _edited(cast.manager, agreement, "purpose", "The parties meet twice.")
    party = Party.objects.get(agreement=agreement, slot="area_team")
    named: dict[str, Any] = {
        "by": acting(cast.manager), "party": party, "role": "mou_manager", "job_title": "Lead",
    }  # fmt: skip
    with on(FIRST):
        name_contact(person=person("Ann Before"), **named)
    with on(changed):
        name_contact(person=person("Bea After"), **named)
        _edited(cast.manager, agreement, "purpose", "The parties meet at dawn.")
        rename(
            by=acting(cast.administrator), organisation=cast.area_team, name="Moors Area Team",
            address="2 Moor Street", starts_on=changed,
        )  # fmt: skip
    told = {"before": ["Ann Before", "meet twice.", "Northern Moors Area Team"],
            "after": ["Bea After", "at dawn", "Moors Area Team"]}  # fmt: skip
    for when, day in (("before", changed - DAY), ("after", changed)):
        typed = date_boxes("on", day)
        with on(LATER):
            chosen = client.get(f"/agreements/{agreement.reference}/on/", typed, follow=True)
            page = words_of(chosen)
        assert [said for said in told[when] if said not in page] == []
        other = told["after" if when == "before" else "before"]
        assert [said for said in other[:2] if said in page] == []


# --- What was put right


def test_a_registration_put_right_reads_as_recorded_then_or_as_known_now(
    cast: Cast, client_of: ClientOf
) -> None:
    with on(SIGNED):
        copy = registered(cast, end_on=date(2028, 2, 2))
    with on(SIGNED + 10 * DAY):
        facts = replace(facts_of(again(copy)), end_on=date(2029, 2, 2), title="Quality of care")
        correct_registration(by=acting(cast.manager), copy=again(copy), facts=facts, because="Slip")
    client, day = client_of(cast.other_manager), SIGNED + 5 * DAY
    then, now = stood(client, copy.agreement, day), stood(client, copy.agreement, day, "?known=now")
    assert "what the record held at the end of that day in London" in then
    assert "End 2 February 2028" in then, then[:3000]
    assert "The end was recorded as 2 February 2028 and is 2 February 2029." in then
    assert "“Quality” and is “Quality of care”" in then
    assert "as known now" in now
    assert "2 February 2029" in now.partition("How it stood")[2]
    assert "put right" not in stood(client, copy.agreement, SIGNED + 10 * DAY)


def test_what_was_agreed_after_a_day_is_not_put_right_by_a_correction(
    cast: Cast, client_of: ClientOf
) -> None:
    with on(SIGNED):
        agreement = registered(cast, end_on=date(2028, 2, 2)).agreement
    with on(SIGNED + 10 * DAY):
        agreement.end_on = date(2031, 2, 2)  # as an extension writes it
        agreement.save()
    with on(SIGNED + 20 * DAY):
        copy = again(agreement.registered_copy)
        facts = replace(facts_of(copy), title="Quality of care")
        correct_registration(by=acting(cast.manager), copy=copy, facts=facts, because="Slip")
    page = stood(client_of(cast.manager), agreement, SIGNED + 5 * DAY, "?known=now")
    assert "“Quality” and is “Quality of care”" in page
    assert "The end was recorded" not in page
    assert "End 2 February 2028" in page


def test_what_ends_it_besides_reads_as_recorded_then(cast: Cast, client_of: ClientOf) -> None:
    with on(SIGNED):
        copy = registered(cast, ends_when="the board is dissolved")
    with on(SIGNED + 10 * DAY):
        facts = replace(facts_of(again(copy)), ends_when="the hospital closes")
        correct_registration(by=acting(cast.manager), copy=again(copy), facts=facts, because="Slip")
    client, day = client_of(cast.manager), SIGNED + 5 * DAY
    then, now = stood(client, copy.agreement, day), stood(client, copy.agreement, day, "?known=now")
    assert "board is dissolved" in then.partition("How it stood")[2]
    assert "hospital closes" in now.partition("How it stood")[2]
    said = "What ends it besides was recorded as “the board is dissolved” and is “the hospital"
    assert said in then


def test_a_registration_in_error_was_in_force_by_the_record_of_then(
    cast: Cast, client_of: ClientOf
) -> None:
    with on(SIGNED):
        copy = registered(cast)
    with on(SIGNED + 10 * DAY):
        withdraw_registration(by=acting(cast.manager), copy=copy, because="Another MoU.")
    client = client_of(cast.manager)
    then = stood(client, copy.agreement, SIGNED + 9 * DAY)
    assert "In force since 3 February 2026" in then
    assert "The registration was withdrawn later: it was made in error." in then
    now = stood(client, copy.agreement, SIGNED + 9 * DAY, "?known=now")
    assert "It was registered in error, and the registration was withdrawn." in now


def test_a_day_before_it_was_registered_says_so(cast: Cast, client_of: ClientOf) -> None:
    with on(SIGNED + 30 * DAY):
        agreement = registered(cast).agreement
    page = stood(client_of(cast.manager), agreement, SIGNED)
    assert "The portal did not hold this agreement on that day" in page
    assert "it was registered on 5 March 2026" in page
    assert "In force since 3 February 2026" in page


# --- Which days


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2014-12-02", "2 December 2014 has not come yet. Enter today, 1 December 2014"),
        ("2014-02-02", "This agreement was not there on 2 February 2014. Its first day is 3 Feb"),
    ],
)
def test_days_that_cannot_be_shown_say_why(
    cast: Cast, client_of: ClientOf, day: str, said: str
) -> None:
    agreement, client = _drafted(cast), client_of(cast.viewer)
    here = f"/agreements/{agreement.reference}/on/"
    year, month, number = day.split("-")
    with on(LATER):
        assert said in words_at(client, f"{here}{day}/")
        typed = {"on-year": year, "on-month": month, "on-day": number}
        assert said in str(client.get(here, typed).content)
        assert client.get(f"{here}{day}/print.pdf").status_code == 404


def test_a_chosen_day_leads_there_and_what_is_no_day_is_not_found(
    cast: Cast, client_of: ClientOf
) -> None:
    with on(date(2016, 2, 1)):
        agreement = drafted(cast)
    client, here = client_of(cast.viewer), f"/agreements/{agreement.reference}/on/"
    with on(date(2016, 3, 1)):
        typed = {"on-year": "2016", "on-month": "2", "on-day": "29"}
        assert client.get(here, typed)["Location"] == f"{here}2016-02-29/"
        assert "29 February 2016" in words_at(client, f"{here}2016-02-29/")
        for wrong in ("2015-02-29", "20160229", "today", "2016-W09-1"):
            assert client.get(f"{here}{wrong}/").status_code == 404


def test_each_date_of_the_history_leads_to_its_london_day(cast: Cast, client_of: ClientOf) -> None:
    with clock.at(datetime(2014, 7, 1, 23, 30, tzinfo=UTC)):
        agreement = drafted(cast)
        _edited(cast.manager, agreement, "meet", "The parties meet at dawn.")
    page = client_of(cast.viewer).get(f"/agreements/{agreement.reference}/history/")
    assert f'href="/agreements/{agreement.reference}/on/2014-07-02/"' in page.content.decode()


def test_ten_parties_ask_no_more_than_two(cast: Cast, client_of: ClientOf) -> None:
    client, asked = client_of(cast.manager), []
    for others in (1, 9):
        agreement = with_many(cast, others)
        day = clock.today().isoformat()
        asked.append(queries_at(client, f"/agreements/{agreement.reference}/on/{day}/"))
    assert asked[0] == asked[1] <= BUDGET


# --- In print


def test_page_and_cover_say_the_end_of_that_day(cast: Cast) -> None:
    with on(SIGNED):
        agreement = registered(cast, end_on=date(2028, 2, 2), ends_when="it is done").agreement
    with on(SIGNED + 5 * DAY):
        agreement.end_on = date(2031, 2, 2)  # as an extension writes it, then a notice
        agreement.save()
    with on(SIGNED + 9 * DAY):
        agreement.noticed_end_on, agreement.state = date(2026, 9, 30), "notice_given"
        agreement.save()
    with on(READ):
        said = {}
        for days in (0, 5, 9):
            now = Agreement.objects.get(pk=agreement.pk)
            page = StoodPage(now, acting(cast.manager), SIGNED + days * DAY)
            said[days] = {dict(page.dates)["End"], StoodDocument(page, at=clock.now()).ends}
            assert ("It ends on" in page.state) == (days < 9)
    besides = "or when it is done, whichever is sooner"
    ends = {0: "2 February 2028", 5: "2 February 2031", 9: "30 September 2026"}
    assert said == {days: {f"{end} {besides}"} for days, end in ends.items()}


def test_its_pdf_is_marked_as_no_signed_copy(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = _drafted(cast), client_of(cast.other_manager)
    with on(FIRST + DAY):
        _edited(cast.manager, agreement, "meet", "The parties meet at dawn.")
    with on(LATER):
        answer: Any = client.get(f"/agreements/{agreement.reference}/on/2014-02-04/print.pdf")
    assert "as it stood on 2014-02-04.pdf" in answer["Content-Disposition"]
    said = printed(answer.content)
    assert said.count("As it stood on 4 February 2014") >= 3
    assert "Made on 1 December 2014; not a signed copy" in said
    assert "meet at dawn" in said
    assert "Not signed then" in said
    assert "Approvals" not in said
