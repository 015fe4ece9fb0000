"""A registered copy between a CCG and federations that share a side (records 0023 and 0048)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from agreements.models import Confirmation, CopyChange, RegisteredCopy
from agreements.register.changing import answer_change, correct_registration
from agreements.register.confirmed import is_confirmed
from agreements.register.facts import facts_of
from agreements.register.services import register_signed, say_of_copy
from deadlines.models import Deadline, Holder
from documents.storage import store
from house import clock
from house.refusals import NotYours
from mail.models import Delivery
from parties.models import Organisation, Role, User
from tests.agreements.past import closes
from tests.agreements.registered import SIGNED, again
from tests.cast import Cast, acting, user
from tests.conftest import ClientOf
from tests.costs import signed_by
from tests.federations import sides, template
from tests.pdf import a_pdf_that_says
from tests.reading import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_but_agreements")]


def _managers(taken: dict[str, Organisation], cast: Cast) -> dict[str, User]:
    shared = {key: of for key, of in taken.items() if key != "ccg"}
    made = {key: user(f"Mo {of.name.split()[0]} {key[11:]}", of, Role.MANAGER)
            for key, of in shared.items()}  # fmt: skip
    return made | {"ccg": cast.other_manager}


def _registered(
    cast: Cast, by: str = "federation-1", number: int = 9, **more: Any
) -> tuple[RegisteredCopy, dict[str, User]]:
    """By this party's manager; and the manager of each party."""
    taken = sides(cast, number)
    managers = _managers(taken, cast)
    said: dict[str, Any] = {"title": "Roles", "signed_on": SIGNED, "review_on": None} | more
    agreement = register_signed(
        by=acting(managers[by]), template_version=template(cast.ccg), organisations=taken,
        file=store(a_pdf_that_says("Roles."), name="mou.pdf", content_type="application/pdf"),
        **said,
    )  # fmt: skip
    return again(agreement.registered_copy), managers


def _says(who: User, copy: RegisteredCopy, because: str = "") -> RegisteredCopy:
    say_of_copy(by=acting(who), copy=again(copy), agrees=not because, because=because)
    return again(copy)


def _correct(who: User, copy: RegisteredCopy) -> CopyChange:
    now = again(copy)
    facts = replace(facts_of(now), end_on=date(2030, 3, 31))
    return correct_registration(by=acting(who), copy=now, facts=facts, because="A slip.")


def _told(kind: str) -> Counter[str]:
    return Counter(Delivery.objects.filter(kind=kind).values_list("address", flat=True))


def test_a_fellow_of_its_side_confirms_for_itself_alone(cast: Cast, client_of: ClientOf) -> None:
    copy, managers = _registered(cast)
    client, path = client_of(managers["federation-2"]), f"/agreements/{copy.agreement.reference}/"
    done = client.post(f"{path}registered/", {"answer": "yes"}, follow=True).content.decode()
    assert "We told the MoU manager of Ash Federation." in done
    assert "It is not confirmed yet: the word of another side counts for that." in done
    assert not is_confirmed(again(copy))
    assert _correct(managers["federation-1"], copy).state == CopyChange.State.MADE
    with pytest.raises(NotYours, match="Say what is not right instead"):
        _correct(managers["federation-2"], copy)


def test_one_word_of_the_other_side_is_enough(cast: Cast) -> None:
    copy, managers = _registered(cast)
    copy = _says(managers["ccg"], copy)
    assert is_confirmed(copy)
    change = _correct(managers["federation-3"], copy)
    assert change.state == CopyChange.State.ASKED
    # It waits for the CCG alone: the others share the side of the one that asks.
    asked = Holder.objects.filter(deadline__kind="copy_change", is_open=True, watches=False)
    assert set(asked.values_list("organisation", flat=True)) == {cast.ccg.pk}
    with pytest.raises(NotYours, match=r"Your own side asked for this\. It waits for East"):
        answer_change(by=acting(managers["federation-1"]), change=change, agrees=True)
    answer_change(by=acting(managers["ccg"]), change=change, agrees=True)
    assert again(copy).agreement.end_on == date(2030, 3, 31)


def test_only_who_registered_it_is_told_what_others_say(cast: Cast, client_of: ClientOf) -> None:
    copy, managers = _registered(cast, by="ccg")
    assert len(_told("copy_registered")) == 9
    for number in (2, 5):
        copy = _says(managers[f"federation-{number}"], copy)
    copy = _says(managers["federation-7"], copy, because="We signed in June.")
    assert _told("copy_answered") == {managers["ccg"].email: 3}
    page = words(client_of(managers["federation-4"]), copy.agreement)
    assert "Recorded by Eastmoor CCG." in page
    assert "Confirmed by 2 of 9 other parties: Birch Federation and Hazel Federation." in page
    assert "said for Oak Federation" in page
    assert "that it is not right: We signed in June." in page
    assert "Not yet confirmed by 6 parties." in page


def test_who_has_closed_is_asked_for_nothing(cast: Cast, client_of: ClientOf) -> None:
    taken = sides(cast)
    closes(taken["federation-9"], clock.today() - timedelta(days=400))
    managers = _managers(taken, cast)
    agreement = register_signed(
        by=acting(managers["ccg"]), template_version=template(cast.ccg), organisations=taken,
        file=store(a_pdf_that_says("Roles."), name="mou.pdf", content_type="application/pdf"),
        title="Roles", signed_on=SIGNED, review_on=None,
    )  # fmt: skip
    asked = Deadline.objects.filter(kind="copy_to_check")
    assert set(asked.values_list("occurrence", flat=True)) == {
        f"federation-{n}" for n in range(1, 9)
    }
    page = words(client_of(managers["ccg"]), agreement)
    assert "Willow Federation closed on" in page
    assert "Nobody there is asked for anything: agree who has taken its part." in page
    assert "Not asked, because they have closed: Willow Federation." in page
    assert "Check the registered copy Waiting for 8 parties" in page


def test_where_every_other_side_has_closed_a_correction_waits_for_nobody(cast: Cast) -> None:
    copy, managers = _registered(cast, by="ccg", number=1)
    copy = _says(managers["federation-1"], copy)
    closes(copy.agreement.sides[1].organisation, clock.today() - timedelta(days=1))
    assert _correct(managers["ccg"], copy).state == CopyChange.State.MADE


def test_48_parties_are_counted_and_cost_no_more_queries(
    cast: Cast, client_of: ClientOf, django_assert_max_num_queries: Any
) -> None:
    copy, managers = _registered(cast, by="ccg", number=47)
    Confirmation.objects.bulk_create(
        Confirmation(copy=copy, organisation=each.organisation, agrees=True, at=clock.now(),
                     user=managers[each.key])
        for each in copy.agreement.sides if each.number > 7
    )  # fmt: skip
    client, path = client_of(managers["ccg"]), f"/agreements/{copy.agreement.reference}/"
    client.get(path)
    with django_assert_max_num_queries(45):
        page = words(client, copy.agreement)
    assert "Confirmed by 40 of 47 other parties: Oak Federation and 39 others." not in page
    assert "Confirmed by 40 of 47 other parties" in page
    assert "Not yet confirmed by 7 parties." in page
    watching = Holder.objects.filter(deadline__kind="copy_to_check", watches=True)
    assert set(watching.values_list("organisation", flat=True)) == {cast.ccg.pk}


def test_what_waits_for_others_leads_where_its_reader_may_go(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement = signed_by(acting(cast.manager), {"area_team": cast.area_team, "ccg": cast.ccg})
    page = f"/agreements/{agreement.reference}/"
    ours, theirs = (
        client_of(who).get("/").content.decode() for who in (cast.manager, cast.other_manager)
    )
    assert f'href="{page}">Check the registered copy of the MoU with Eastmoor CCG' in ours
    assert f'href="{page}registered/"' not in ours
    assert client_of(cast.manager).get(f"{page}registered/").status_code == 403
    assert f'href="{page}registered/"' in theirs
