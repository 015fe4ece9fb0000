"""Drafting at once: on PostgreSQL row locks decide, on SQLite the one writer at a time."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from agreements.core.texts import hash_of
from agreements.drafting.services.clauses import EditedMeanwhile
from agreements.drafting.services.editing import edit_clause, edit_terms
from agreements.drafting.services.making import answer, begin, create, make_agreement
from agreements.models import (
    Agreement,
    ClauseText,
    SetUp,
    Version,
)
from agreements.versions.services.versions import freeze, stop_preparing
from parties.models import User
from tests.agreements.signers import after
from tests.at_once import ON_POSTGRES, ROUNDS, Act, at_once, refusals
from tests.cast import Cast, acting
from tests.proof_plugin import Proof
from tests.stages import clause, draft_of, drafted, template
from tests.termed import meet

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]
EDITS = 20 if ON_POSTGRES else 5


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


@pytest.mark.proof("C7")
def test_references_are_never_given_twice(cast: Cast, proof: Proof) -> None:
    source = template(cast.area_team)

    def make() -> Agreement:
        return make_agreement(
            by=acting(cast.manager), template_version=source, title="One of many",
            organisations={"area_team": cast.area_team, "ccg": cast.ccg},
        )  # fmt: skip

    cast.ccg  # noqa: B018 - made before the threads start
    number = proof.size(small=ROUNDS, full=200)
    made = [a.reference for _ in range(number) for a in at_once([(cast.manager, make)] * 5)]
    twice = len(made) - len(set(made))
    proof.shows(
        f"{len(made):,} agreements, five at once: {twice} references twice",
        reached=not twice and Agreement.objects.count() == len(made) == 5 * number,
    )


def test_of_two_who_freeze_one_does(cast: Cast) -> None:
    source = template(cast.area_team)
    for _ in range(ROUNDS):
        agreement = drafted(cast, source=source)
        draft = draft_of(agreement)

        def press(who: User, draft: Version = draft) -> Act:
            return who, lambda: freeze(by=acting(who), version=draft, summary=str(who))

        answers = at_once([press(cast.manager), press(cast.other_manager)])
        [told] = refusals(answers)
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
        assert len(refusals(answers)) == 1
        assert agreement.versions.get().is_draft is stopped


def test_a_text_is_frozen_with_the_terms_that_it_says(cast: Cast) -> None:
    source = template(cast.area_team)
    for _ in range(ROUNDS):
        agreement = drafted(cast, source=source)
        text = clause(agreement, "meet")
        edit_clause(by=acting(cast.manager), clause=text, edit_no=0, body="{{meetings:count}}")
        draft = draft_of(agreement)
        terms = draft.typed_terms.model_copy(update={"meetings": meet(4)})
        answers = at_once(
            [
                (cast.manager, lambda d=draft: freeze(  # type: ignore[misc]
                    by=acting(cast.manager), version=d, summary="First.")),
                (cast.other_manager, lambda d=draft, t=terms: edit_terms(  # type: ignore[misc]
                    by=acting(cast.other_manager), version=d, terms=t)),
            ]
        )  # fmt: skip
        frozen = agreement.versions.get()
        number = frozen.typed_terms.meetings.series[0].in_a_year
        assert clause(agreement, "meet").body == {2: "two meetings", 4: "four meetings"}[number]
        assert hash_of(frozen) == frozen.sha256
        # Either the terms came first and both did it, or they came too late.
        assert len(refusals(answers)) == (0 if number == 4 else 1)


@pytest.mark.proof("C4")
def test_of_two_editors_nobody_overwrites_the_other(cast: Cast, proof: Proof) -> None:
    agreement, number, chance = drafted(cast), proof.size(small=EDITS, full=200), proof.chance()
    first = Counter[User | None]()
    for race in range(number):
        text = clause(agreement, "meet")

        def save(who: User, text: ClauseText = text, race: int = race) -> Act:
            def act() -> ClauseText:
                return edit_clause(
                    by=acting(who), clause=text, edit_no=text.edit_no, body=f"{who} {race}"
                )

            return after(chance.uniform(0, 0.01), (who, act))

        answers = at_once([save(cast.manager), save(cast.other_manager)])
        [told] = [each for each in answers if isinstance(each, EditedMeanwhile)]
        [saved] = [each for each in answers if isinstance(each, ClauseText)]
        now = clause(agreement, "meet")
        assert now.body == saved.body == told.theirs.body
        assert (now.edit_no, now.edited_by) == (text.edit_no + 1, saved.edited_by)
        first[saved.edited_by] += 1
    bodies = ClauseText.history.filter(clause__key="meet").values_list("body", flat=True)
    ours, theirs = first[cast.manager], first[cast.other_manager]
    proof.shows(
        f"{number} races: one side was first {ours} times, the other {theirs} times; each second "
        f"was told and shown what stands there; {len(set(bodies)) - 1} texts kept in the history",
        reached=len(set(bodies)) == number + 1 and ours + theirs == number,
    )
