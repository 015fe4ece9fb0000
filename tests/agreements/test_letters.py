"""How e-mails about agreements are addressed: their subjects, and who gets a reply."""

from __future__ import annotations

from datetime import timedelta

import pytest

from agreements.core.letters import LONGEST_PART, AgreementLetter, Letter
from agreements.models import Agreement, Version
from agreements.versions.services.versions import recall
from house import clock
from parties.models import Membership
from tests.cast import Cast, acting
from tests.conftest import Mailbox
from tests.once import made_once
from tests.stages import sent

pytestmark = pytest.mark.django_db
made, cast = made_once(sent)


def test_a_subject_says_what_with_whom_the_title_and_last_the_reference(cast: Cast) -> None:
    agreement = Agreement.objects.get()
    letter = AgreementLetter(agreement, agreement.sides[0])
    said = letter.message("sign by 5 March", "It waits.", button="Sign")
    assert said.subject == "Sign by 5 March: with Eastmoor CCG, Working together (MOU-0001)"
    assert said.heading == "Sign by 5 March"
    assert said.about == ("MoU with Eastmoor CCG", "Working together (MOU-0001)")


def test_of_several_agreements_no_title_is_named() -> None:
    mous = [Agreement(reference=f"MOU-{n:04}", title=f"Title {n}") for n in range(1, 10)]
    others = [f"{name}moor CCG" for name in ("East", "West", "East", "North")]
    letter = Letter(others, mous, page="/meetings/")
    assert letter.subject("meet today") == (
        "Meet today: with Eastmoor CCG and 2 others (MOU-0001 and 8 others)"
    )
    few = Letter(others, mous[:3], page="/meetings/")
    assert few.subject("meet").endswith("(MOU-0001, MOU-0002, MOU-0003)")


def test_a_long_title_and_a_long_name_leave_room_for_the_reference() -> None:
    mou = Agreement(reference="MOU-0001", title="Improving quality together " * 7)
    letter = Letter(["Integrated Care Board for " * 7], [mou], page="/agreements/MOU-0001/")
    subject = letter.subject("sign")
    assert len(subject) < 2 * LONGEST_PART + 30
    assert subject.endswith("Improving quality together… (MOU-0001)")


def test_a_reply_goes_to_whoever_asked_also_of_the_other_side(cast: Cast, mailbox: Mailbox) -> None:
    version, theirs = Version.objects.get(), cast.other_manager.email
    recall(by=acting(cast.manager), version=version, because="A word.")
    [mail] = mailbox.to(theirs)
    assert mail.reply_to == [f'"Maud Manager, Northern Moors Area Team" <{cast.manager.email}>']
    assert "A reply to this e-mail goes to Maud Manager, Northern Moors Area Team: " in mail.body


def test_who_has_left_gets_no_reply(cast: Cast, mailbox: Mailbox) -> None:
    version, theirs = Version.objects.get(), cast.other_manager.email
    recall(by=acting(cast.manager), version=version, because="A word.")
    for membership in Membership.objects.filter(user=cast.manager):
        membership.ends_on = clock.today() - timedelta(days=1)
        membership.save()
    [mail] = mailbox.to(theirs)
    assert not mail.reply_to
    assert "Nobody reads replies to this address." in mail.body
