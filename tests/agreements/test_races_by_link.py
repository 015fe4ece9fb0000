"""Two at once by the link of somebody without an account: one signature, five guesses."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from django.db import transaction

from agreements.models import Signature, SignatureRequest, Version
from agreements.signing.by_link import request_of_link
from agreements.signing.services.asking_by_link import ask_by_link_instead
from agreements.signing.services.by_link import sign_by_link
from house.refusals import Refused
from mail.links.codes import ask_code, check_code
from mail.links.tokens import code_for
from mail.models import LinkCode, SentLink
from parties.models import User
from tests.at_once import ROUNDS, Act, at_once
from tests.cast import Cast, acting, person_of
from tests.rounds import rounds
from tests.without_account import NAME, asked_by_link, checked, sent_link, sent_to_practice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_but_agreements")]


@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_one_moment_give_one_signature(cast: Cast) -> None:
    assert person_of(cast.signatory)
    version = sent_to_practice(cast)
    request = asked_by_link(cast, version)
    link = sent_link(request)
    system = User.objects.system()
    for _ in rounds(ROUNDS):
        ask_code(link)
        code = LinkCode.objects.select_related("link").latest("pk")
        answers = at_once([_signs(system, link, version, code_for(code))] * 2)
        assert Signature.objects.count() == 1
        assert sorted(type(each).__name__ for each in answers) == ["Refused", "Signature"]


@pytest.mark.django_db(transaction=True)
def test_of_many_guesses_at_one_moment_five_are_looked_at(cast: Cast) -> None:
    link, system = sent_link(asked_by_link(cast)), User.objects.system()
    for _ in rounds(ROUNDS):
        ask_code(link)
        code = LinkCode.objects.select_related("link").latest("pk")
        wrong = "000000" if code_for(code) != "000000" else "111111"
        answers = at_once([(system, partial(check_code, link, wrong))] * 9)
        looked_at = [each for each in answers if "This is not the code." in str(each)]
        assert (len(looked_at), LinkCode.objects.get(pk=code.pk).tries) == (5, 5)
        with pytest.raises(Refused, match="tried too often"):
            check_code(link, code_for(code))


@pytest.mark.django_db(transaction=True)
def test_the_button_and_who_takes_the_link_back_never_wait_for_each_other(cast: Cast) -> None:
    """The button's transaction begins with the code, that of the sender with the agreement."""
    version = sent_to_practice(cast)
    request = asked_by_link(cast, version)
    link, address = sent_link(request), checked(cast)
    signer, manager = _signs_in_one(User.objects.system(), link, version), acting(cast.manager)

    def again() -> SignatureRequest:
        return ask_by_link_instead(by=manager, request=request_of_link(link), address=address)

    for _ in rounds(ROUNDS):
        ask_code(link)
        answers = at_once([signer, (cast.manager, again)])
        assert {type(each).__name__ for each in answers} <= {
            "Refused", "Signature", "SignatureRequest"
        }  # fmt: skip


def _signs_in_one(who: User, link: SentLink, version: Version) -> Act:
    """As the page does: the form's transaction around both."""

    def act() -> Signature:
        code = LinkCode.objects.select_related("link").latest("pk")
        _, sign_it = _signs(who, link, version, code_for(code))
        with transaction.atomic():
            signature: Signature = sign_it()
        return signature

    return who, act


def _signs(who: User, link: SentLink, version: Version, code: str) -> Act:
    def act() -> Signature:
        check_code(link, code)
        return sign_by_link(
            link=link, request=request_of_link(link), sha256=version.sha256, typed_name=NAME
        )

    made: Callable[[], Signature] = act
    return who, made
