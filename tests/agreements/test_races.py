"""Two people at once: on PostgreSQL row locks decide, on SQLite the one writer at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, connections

from agreements.models import (
    Agreement,
    ClauseText,
    Happening,
    Seal,
    SetUp,
    Signature,
    SignatureRequest,
    Version,
)
from agreements.rules.content import hash_of
from agreements.services.asking import open_for_signature
from agreements.services.editing import EditedMeanwhile, edit_clause
from agreements.services.making import first_draft, make_agreement
from agreements.services.setting_up import answer, begin, create
from agreements.services.signing import sign
from agreements.services.stopping import stop_preparing
from agreements.services.versions import freeze, recall
from house.actor import acting_as
from house.refusals import Refused
from parties.models import Role, User
from tests.cast import Cast, acting, organisation, user
from tests.stages import asked, clause, draft_of, drafted, template

pytestmark = pytest.mark.django_db(transaction=True)
ON_POSTGRES = connection.vendor == "postgresql"
ROUNDS = 10 if ON_POSTGRES else 2
EDITS = 20 if ON_POSTGRES else 5
SIGNERS = 10
Act = tuple[User, Callable[[], Any]]


def at_once(acts: Sequence[Act]) -> list[Any]:
    """Runs each act in a thread with a connection of its own, all from one moment on.

    Gives what each returned, or its refusal. Anything else that is raised fails the test.
    """
    barrier, answers = Barrier(len(acts)), [None] * len(acts)

    def run(place: int, who: User, act: Callable[[], Any]) -> None:
        try:
            with acting_as(who):
                barrier.wait(timeout=30)
                answers[place] = act()
        except BaseException as raised:
            answers[place] = raised  # type: ignore[call-overload]
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(i, who, act)) for i, (who, act) in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    for each in answers:
        if isinstance(each, BaseException) and not isinstance(each, Refused):
            raise each
    return answers


def _refusals(answers: Sequence[Any]) -> list[str]:
    return [each.sentence for each in answers if isinstance(each, Refused)]


class TenParties:
    """Ten organisations with one person each, who manages and signs."""

    def __init__(self) -> None:
        sides = [f"side_{number}" for number in range(SIGNERS)]
        self.people = {
            slot: user(
                f"Signer {slot}", organisation(f"Party {slot}"), Role.MANAGER, Role.SIGNATORY
            )
            for slot in sides
        }
        self.source = template(self._organisation(sides[0]), sides)

    def _organisation(self, slot: str) -> Any:
        return acting(self.people[slot]).organisation

    def out_for_signature(self) -> list[tuple[User, SignatureRequest]]:
        first, *_ = self.people.values()
        agreement = make_agreement(
            by=acting(first), template_version=self.source, title="Ten together",
            organisations={slot: self._organisation(slot) for slot in self.people},
        )  # fmt: skip
        draft = first_draft(by=acting(first), agreement=agreement, values={"area": "here"})
        version = freeze(by=acting(first), version=draft, summary="First.")
        requests = []
        for slot, somebody in self.people.items():
            assert somebody.person
            request = open_for_signature(
                by=acting(somebody), version=version, slot=f"{slot}_signs",
                person=somebody.person, because="Agreed.",
            )  # fmt: skip
            requests.append((somebody, request))
        return requests


def _signs(who: User, request: SignatureRequest, sha256: str) -> Act:
    """As the page does it: what was read is in hand, the rest is read anew."""
    name = str(who)

    def act() -> Signature:
        own = SignatureRequest.objects.select_related("version", "party", "person").get(
            pk=request.pk
        )
        return sign(by=acting(who), request=own, sha256=sha256, typed_name=name)

    return who, act


def test_ten_signers_each_twice_at_once() -> None:
    parties = TenParties()
    for _ in range(ROUNDS):
        requests = parties.out_for_signature()
        sha256 = requests[0][1].version.sha256
        acts = [_signs(who, request, sha256) for who, request in requests for _ in (1, 2)]
        answers = at_once(acts)
        version = Version.objects.select_related("agreement").latest("pk")
        assert Signature.objects.filter(request__version=version).count() == SIGNERS
        assert set(_refusals(answers)) == {"You have signed this version already."}
        assert len(_refusals(answers)) == SIGNERS
        assert Seal.objects.filter(version=version).count() == 1
        assert (version.state, version.agreement.state) == ("signed", "in_force")
        in_force = Happening.objects.filter(agreement=version.agreement, verb="in_force")
        assert in_force.count() == 1


def test_signing_against_a_recall_and_an_edit(cast: Cast) -> None:
    source = template(cast.area_team)
    for _ in range(ROUNDS):
        agreement = drafted(cast, source=source)
        version, _ = _asked(cast, agreement)
        request = version.signature_requests.get(party__slot="area_team")

        def recall_and_edit(version: Version = version, agreement: Agreement = agreement) -> None:
            recall(by=acting(cast.other_manager), version=version, because="A word.")
            text = clause(agreement, "meet")
            edit_clause(
                by=acting(cast.other_manager), text=text, edit_no=text.edit_no, body="Other words."
            )

        answers = at_once(
            [
                _signs(cast.signatory, request, version.sha256),
                (cast.other_manager, recall_and_edit),
            ]
        )
        shown = Version.objects.get(pk=version.pk)
        assert hash_of(shown) == version.sha256
        given = Signature.objects.filter(request=request)
        if isinstance(answers[0], Refused):
            assert answers[0].sentence == (
                "This version is recalled now, so it cannot be signed. Nothing was signed."
            )
            assert not given.exists()
        else:
            assert given.get().sha256 == version.sha256
        request.refresh_from_db()
        assert request.state == "void"


def _asked(cast: Cast, agreement: Agreement) -> tuple[Version, SignatureRequest]:
    version = freeze(by=acting(cast.manager), version=draft_of(agreement), summary="First.")
    assert cast.signatory.person
    request = open_for_signature(
        by=acting(cast.manager), version=version, slot="area_team_signs",
        person=cast.signatory.person, because="Agreed.",
    )  # fmt: skip
    return version, request


def test_two_creates_from_one_set_up_make_one_agreement(cast: Cast) -> None:
    source, by = template(cast.area_team), acting(cast.manager)
    for _ in range(ROUNDS):
        set_up = begin(by=by, template_version=source)
        parties = {"area_team": cast.area_team.pk, "ccg": cast.ccg.pk}
        answer(set_up=set_up, title="Once", parties=parties)

        def press(key: Any = set_up.key) -> Agreement:
            return create(by=acting(cast.manager), set_up=SetUp.objects.get(key=key))

        before = Agreement.objects.count()
        one, other = at_once([(cast.manager, press), (cast.manager, press)])
        assert one == other
        assert Agreement.objects.count() == before + 1


def test_references_are_never_given_twice(cast: Cast) -> None:
    source = template(cast.area_team)

    def make() -> Agreement:
        return make_agreement(
            by=acting(cast.manager), template_version=source, title="One of many",
            organisations={"area_team": cast.area_team, "ccg": cast.ccg},
        )  # fmt: skip

    cast.ccg  # noqa: B018 - made before the threads start
    made = [a for _ in range(ROUNDS) for a in at_once([(cast.manager, make)] * 5)]
    assert len({agreement.reference for agreement in made}) == 5 * ROUNDS


def test_of_two_who_freeze_one_does(cast: Cast) -> None:
    source = template(cast.area_team)
    for _ in range(ROUNDS):
        agreement = drafted(cast, source=source)
        draft = draft_of(agreement)

        def press(who: User, draft: Version = draft) -> Act:
            return who, lambda: freeze(by=acting(who), version=draft, summary=str(who))

        answers = at_once([press(cast.manager), press(cast.other_manager)])
        [told] = _refusals(answers)
        assert told.startswith("This text is version 0.1 now and no longer changes.")
        assert agreement.versions.get().label == "0.1"


def test_a_freeze_and_a_stop_do_not_both_happen(cast: Cast) -> None:
    source = template(cast.area_team)
    for _ in range(ROUNDS):
        agreement = drafted(cast, source=source)
        draft = draft_of(agreement)
        answers = at_once(
            [
                (cast.manager, lambda d=draft: freeze(  # type: ignore[misc]
                    by=acting(cast.manager), version=d, summary="First.")),
                (cast.other_manager, lambda a=agreement: stop_preparing(  # type: ignore[misc]
                    by=acting(cast.other_manager), agreement=a, because="No.")),
            ]
        )  # fmt: skip
        agreement.refresh_from_db()
        stopped = agreement.state == "ended"
        assert len(_refusals(answers)) == 1
        assert agreement.versions.get().is_draft is stopped


def test_of_two_editors_nobody_overwrites_the_other(cast: Cast) -> None:
    agreement = drafted(cast)
    for number in range(EDITS):
        text = clause(agreement, "meet")

        def save(who: User, text: ClauseText = text, number: int = number) -> Act:
            def act() -> ClauseText:
                return edit_clause(
                    by=acting(who), text=text, edit_no=text.edit_no, body=f"{who} {number}"
                )

            return who, act

        answers = at_once([save(cast.manager), save(cast.other_manager)])
        [told] = [each for each in answers if isinstance(each, EditedMeanwhile)]
        [saved] = [each for each in answers if isinstance(each, ClauseText)]
        assert clause(agreement, "meet").body == saved.body == told.theirs.body
        assert clause(agreement, "meet").edit_no == text.edit_no + 1
    bodies = ClauseText.history.filter(clause__key="meet").values_list("body", flat=True)
    assert len(set(bodies)) == EDITS + 1


def test_both_signatures_at_once_put_it_in_force_once(cast: Cast) -> None:
    ours, theirs = asked(cast)
    sha256 = ours.version.sha256
    at_once([_signs(cast.signatory, ours, sha256), _signs(cast.other_signatory, theirs, sha256)])
    agreement = Agreement.objects.get()
    assert agreement.state == "in_force"
    assert Seal.objects.count() == 1
