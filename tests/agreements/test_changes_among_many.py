"""What many parties read of a change, and of what their sides lack."""

from __future__ import annotations

from datetime import date

import pytest

from agreements.changes.services.answering import answer_change
from agreements.changes.services.opening import propose_extension
from agreements.core.parties import parties_of, vacancies, vacant_in_words
from agreements.models import Agreement, Party, PartySpell
from deadlines.dates import who_holds, with_holders
from deadlines.models import Deadline, Holder
from house import clock
from tests import lives
from tests.agreements.reviewed import on, reviewed
from tests.cast import acting
from tests.conftest import ClientOf, Mailbox
from tests.reading import words_at

pytestmark = pytest.mark.django_db
KEY = "regional-team-and-committees"
SIGNED = date(2015, 4, 1)


def drafted(key: str = KEY, side: str = "committee") -> Agreement:
    with on(SIGNED):
        agreement = lives.drafted(key, {side: 3})
        lives.listed(agreement)
    return agreement


def test_whoever_accepts_among_many_is_told_as_one_of_them(mailbox: Mailbox) -> None:
    agreement = drafted()
    with on(SIGNED):
        lives.signed(lives.frozen(agreement))
    agreement = Agreement.objects.get(pk=agreement.pk)
    team, *committees = (lives.of(party) for party in parties_of(agreement))
    with on(date(2015, 8, 3)):
        change = propose_extension(
            by=acting(team), agreement=agreement, on=date(2017, 3, 31), because="It works."
        )
        told = []
        for each in committees:
            answer_change(by=acting(each), change=change, agrees=True)
            told.append(mailbox.to(team.email)[-1])
    first, second, last = told
    assert first.subject.startswith("Extension accepted by Alder 1 committee on 3 August 2015: ")
    assert "It holds once 2 other parties have accepted it too." in first.body
    assert "It holds once another party has accepted it too." in second.body
    assert last.subject.startswith("Extension accepted on 3 August 2015: ")
    assert "All have accepted it by now, so it holds." in last.body


def holds_too(party: Party, other: Party) -> None:
    """Who holds the first side holds the other as well, as after a succession."""
    spell = PartySpell.objects.get(party=other)
    spell.organisation = party.organisation
    spell.save()


def test_who_holds_two_sides_is_asked_once_to_confirm_a_review(client_of: ClientOf) -> None:
    agreement = drafted("area-team-and-several-ccgs", "ccg")
    with on(SIGNED):
        lives.signed(lives.frozen(agreement))
    team, first, second, _ = parties_of(agreement)
    holds_too(first, second)
    agreement = Agreement.objects.get(pk=agreement.pk)
    with on(date(2016, 4, 4)):
        reviewed(lives.of(team), agreement, date(2016, 4, 1), date(2017, 4, 1))
        words = words_at(client_of(lives.of(first)), f"/agreements/{agreement.reference}/")
    asked = "Confirm what was recorded of the review held on 1 April 2016"
    assert words.count(f"{asked} Waiting for you") == 1


def test_who_holds_two_sides_lacks_a_role_once() -> None:
    agreement = drafted()
    _, first, second, _ = parties_of(agreement)
    holds_too(first, second)
    found = vacancies(Agreement.objects.get(pk=agreement.pk))
    [said] = [each for each in vacant_in_words(found) if each.startswith("Alder 1 committee")]
    roles = [vacancy.role.label.lower() for vacancy in found if vacancy.party.pk == first.pk]
    assert roles
    assert [said.lower().count(role) for role in roles] == [1] * len(roles)


def test_three_of_four_that_see_to_something_are_named_as_a_list() -> None:
    parties = parties_of(drafted())
    due = Deadline.objects.create(kind="agreement_end", subject_key="1", since=clock.now())
    for party in parties[:3]:
        Holder.objects.create(deadline=due, organisation=party.organisation)
    due = with_holders(Deadline.objects.all()).get(pk=due.pk)
    names = {party.organisation.pk: party.name for party in parties}
    assert who_holds(due, names) == ("Hazel regional team, Alder 1 committee and Alder 2 committee")
