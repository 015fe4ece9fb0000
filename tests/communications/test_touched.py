"""Under agreements between many parties an announcement names whom it is about (A07, A08)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agreements.models import Agreement
from communications.models import Announcement, TouchedParty
from communications.queries.readers import Reader
from communications.services.outcomes import release
from communications.services.planning import edit
from house import clock
from house.refusals import Refused
from parties.models import Organisation, User
from tests.cast import Cast, acting, person_of
from tests.communications import desk
from tests.communications.desk import NOW
from tests.communications.doing import at, send
from tests.conftest import ClientOf, Mailbox
from tests.costs import with_many
from tests.once import made_once
from tests.reading import words_of

pytestmark = pytest.mark.django_db


def _of_four(cast: Cast) -> None:
    with clock.at(NOW):
        with_many(cast, 3)


made, cast = made_once(_of_four)


@pytest.fixture
def others(cast: Cast) -> list[Organisation]:
    """ "CCG 0 of 3" and two more, who share the agreement with the Area Team."""
    parties = Agreement.objects.get().parties.exclude(slot="area_team")
    return [party.organisation for party in parties.order_by("position")]


def contact_of(organisation: Organisation) -> User:
    return User.objects.get(person__posts__organisation=organisation)


def planned(cast: Cast, *about: Organisation) -> Announcement:
    those = [each.pk for each in about] or None
    return desk.planned(cast, Agreement.objects.get(), about=those)


def named(announcement: Announcement) -> set[str]:
    rows = TouchedParty.objects.filter(concerned__announcement=announcement)
    return {row.party.name for row in rows.select_related("party")}


def test_whoever_plans_it_names_whom_it_is_about(
    cast: Cast, others: list[Organisation], client_of: ClientOf
) -> None:
    with clock.at(NOW):
        client, path = client_of(cast.colleague), "/announcements/plan/"
        later = NOW + timedelta(days=9)
        those = [Agreement.objects.get().pk]
        said = {"kind": "publication", "title": "Access", "agreements": those,
                "day-day": later.day, "day-month": later.month, "day-year": later.year,
                "time": "9:00 am"}  # fmt: skip
        assert "Choose which parties it is about" in send(client, path, **said)
        page = send(client, path, **said, about=[str(others[1].pk)])
        listed = words_of(client.get("/announcements/"))
        assert "Publication of Northern Moors Area Team, about CCG 1 of 3" in listed
        changed = send(client, at(Announcement.objects.get(), "edit/"), about=["all"])
    assert "It is about CCG 1 of 3." in page
    # The lead time is owed to all of them all the same.
    assert "Touches agreements with CCG 0 of 3, CCG 1 of 3 and CCG 2 of 3." in page
    assert "It is about CCG 0 of 3, CCG 1 of 3 and CCG 2 of 3." in changed


def test_the_mail_says_whom_it_is_about_and_never_its_subject(
    cast: Cast, others: list[Organisation], mailbox: Mailbox
) -> None:
    with clock.at(NOW):
        announcement = planned(cast, others[1], others[2])
        draft = desk.drafted(cast, announcement)
        mailbox.all.clear()
        desk.shared(
            cast, draft, *(Reader(each, person=person_of(contact_of(each))) for each in others)
        )
        bodies = {mail.to[0]: (str(mail.subject), mail.body) for mail in mailbox.all}
    first, second = (bodies[contact_of(each).email] for each in others[:2])
    assert "It is about CCG 1 of 3 and CCG 2 of 3." in first[1]
    assert "It is about your organisation and CCG 2 of 3." in second[1]
    assert not any("about" in subject or desk.TITLE in subject for subject, _ in bodies.values())


def test_all_parties_hear_of_the_release_and_whom_it_is_about(
    cast: Cast, others: list[Organisation], mailbox: Mailbox
) -> None:
    with clock.at(NOW):
        announcement = planned(cast, others[1])
        mailbox.all.clear()
        release(
            by=acting(cast.colleague), announcement=announcement, released_at=NOW, text="Out.",
            because="It was urgent.",
        )  # fmt: skip
        told = {mail.to[0]: mail.body for mail in mailbox.all}
    assert set(told) >= {contact_of(each).email for each in others}
    assert "It is about your organisation." in told[contact_of(others[1]).email]
    assert "It is about CCG 1 of 3." in told[contact_of(others[0]).email]


def test_those_whom_it_is_about_stand_first_where_a_draft_is_shared(
    cast: Cast, others: list[Organisation], client_of: ClientOf
) -> None:
    with clock.at(NOW):
        announcement = planned(cast, others[2])
        desk.drafted(cast, announcement)
        page = words_of(client_of(cast.colleague).get(at(announcement, "share/")))
    assert page.index("Who at CCG 2 of 3") < page.index("Who at CCG 0 of 3")
    assert page.count("It is about them.") == 1


def test_between_two_nothing_is_asked_and_nothing_said(cast: Cast, client_of: ClientOf) -> None:
    with clock.at(NOW):
        announcement = desk.planned(cast, desk.bilateral(cast))
        page = words_of(client_of(cast.colleague).get(at(announcement)))
    assert named(announcement) == set()
    assert "It is about" not in page


def test_of_one_between_two_beside_one_of_many_nobody_learns(
    cast: Cast, others: list[Organisation], client_of: ClientOf
) -> None:
    with clock.at(NOW):
        both = [desk.bilateral(cast), Agreement.objects.get(title="Many")]
        announcement = desk.planned(cast, *both, about=[others[0].pk])
        assert named(announcement) == {"Eastmoor CCG", "CCG 0 of 3"}
        draft = desk.drafted(cast, announcement)
        reader = contact_of(others[0])
        desk.shared(cast, draft, Reader(others[0], person=person_of(reader)))
        page = words_of(client_of(reader).get(at(announcement)))
        edit(
            by=acting(cast.colleague), announcement=announcement, kind=announcement.kind,
            title="Fewer", agreements=both[1:], about=[others[0].pk],
        )  # fmt: skip
    assert "It is about CCG 0 of 3." in page
    assert "Eastmoor CCG" not in page
    assert named(announcement) == {"CCG 0 of 3"}


def test_only_parties_of_its_agreements_are_named(cast: Cast, others: list[Organisation]) -> None:
    with clock.at(NOW):
        with pytest.raises(Refused, match="parties of the agreements"):
            planned(cast, cast.far_ccg)
        announcement = planned(cast)
        assert named(announcement) == {each.name for each in others}
        with pytest.raises(Refused, match="Choose which parties of"):
            edit(
                by=acting(cast.colleague), announcement=announcement, kind=announcement.kind,
                title="Another", agreements=[Agreement.objects.get()], about=[],
            )  # fmt: skip
