"""What keeps a clause is chosen from a list of what the rooms keep, by whoever writes it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from agreements.core.bindings import NOT_KEPT_YET, in_list_order, to_choose_from
from agreements.core.texts import hash_of
from agreements.drafting.forms.kept_by import KeptBy
from agreements.library import library
from agreements.models import Agreement, TemplateClause
from house.rooms import rooms
from parties.models import User
from tests.cast import Cast
from tests.stages import clause, draft_of, drafted
from tests.template_drafts import opened, template_draft, url

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def _page(agreement: Agreement, key: str) -> str:
    return f"/agreements/{agreement.reference}/text/clauses/{key}/"


def test_the_list_has_all_that_the_rooms_keep_and_what_none_keeps_yet() -> None:
    listed = [name for names in to_choose_from().values() for name in names]
    assert len(listed) == len({*listed})
    assert {*listed} == {key for room in rooms() for key in room.keeping_kinds()} | {*NOT_KEPT_YET}
    assert next(iter(to_choose_from())) == "The agreement itself"


def test_what_the_library_says_can_be_ticked_again() -> None:
    for source in library().values():
        for each in source.clauses:
            assert in_list_order(each.bindings, ()) == [*each.bindings], each.key


def test_a_clause_in_a_draft_is_bound_in_plain_words(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = drafted(cast), client_of(cast.other_colleague)
    page = _page(agreement, "review")
    shown = client.get(page).content.decode()
    assert "The wider meetings held and owed" in shown
    assert "The terms say two meetings a year." in shown
    before = hash_of(draft_of(agreement))
    client.post(page, opened(client, page) | {"keepings_1": ["review", "key_contacts"]})
    assert clause(agreement, "review").bindings == ["review", "key_contacts"]
    assert hash_of(draft_of(agreement)) != before
    assert clause(agreement, "review").history.count() == 2


def test_saving_without_ticking_anything_changes_nothing(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = drafted(cast), client_of(cast.manager)
    text = clause(agreement, "meet")
    text.bindings = ["a_room_that_went", "meetings", "review"]
    text.save()
    client.post(_page(agreement, "meet"), opened(client, _page(agreement, "meet")))
    after = clause(agreement, "meet")
    assert (after.bindings, after.edit_no) == (text.bindings, text.edit_no)


def test_a_page_from_before_there_was_a_list_takes_nothing_away(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement, client = drafted(cast), client_of(cast.manager)
    sent = opened(client, _page(agreement, "meet")) | {"heading": "Wider meetings"}
    old = {name: said for name, said in sent.items() if not name.startswith("keepings")}
    client.post(_page(agreement, "meet"), old)
    assert clause(agreement, "meet").bindings == ["meetings"]


def test_a_new_clause_is_bound_and_a_new_principle_is_not(cast: Cast, client_of: ClientOf) -> None:
    draft, client = template_draft(cast), client_of(cast.manager)
    for heading, kind in (("Names", "duty"), ("Trust", "principle")):
        typed = {"heading": heading, "kind": kind, "keepings_1": ["key_contacts"]}
        client.post(url(draft, "add/"), opened(client, url(draft, "add/")) | typed)
    made = TemplateClause.objects.filter(version=draft, heading__in=["Names", "Trust"])
    assert dict(made.values_list("key", "bindings")) == {"names": ["key_contacts"], "trust": []}


def test_what_a_change_binds_a_clause_to_is_compared(cast: Cast, client_of: ClientOf) -> None:
    draft, client = template_draft(cast), client_of(cast.manager)
    page = url(draft, "clauses/meet/")
    box = f"keepings_{list(to_choose_from()).index('Meetings') + 1}"
    client.post(page, opened(client, page) | {box: [], "owed_by": ["ccg"]})
    said = client.get(url(draft, "publish/")).content.decode()
    assert (
        "What keeps this clause: nothing that the portal checks. "
        "Before: the wider meetings held and owed." in said
    )
    assert "Who has to do it: the ccg. Before: every party." in said


def test_both_bindings_stand_beside_each_other_when_somebody_saved_first(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement, client = drafted(cast), client_of(cast.manager)
    page = _page(agreement, "review")
    mine = opened(client, page) | {"keepings_1": ["signature"]}
    theirs = client_of(cast.other_manager)
    theirs.post(page, opened(theirs, page) | {"body": "Yearly."})
    assert "What keeps this clause: the signatures." in client.post(page, mine).content.decode()


def test_a_draft_says_below_each_clause_what_keeps_it(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = drafted(cast), client_of(cast.other_manager)
    page = _page(agreement, "review")
    client.post(page, opened(client, page) | {"owed_by": ["ccg"]})
    said = client.get(f"/agreements/{agreement.reference}/text/").content.decode()
    assert "Kept by: the date of review. Owed by Eastmoor CCG." in said


def test_a_review_in_a_month_is_said_as_the_terms_say_it() -> None:
    words = {"review:when": "in December 2012", "review:reminders": "60 and 30 days"}
    hints = {
        name: hint
        for field in KeptBy((), words).fields.values()
        for name, hint in field.widget.hints.items()
    }
    assert hints["review"] == "The terms say in December 2012."
    # Which contacts there are the terms say, whatever they say of confirming them.
    assert "key_contacts" not in hints
    assert hints["minimum_term"] == "The terms say nothing of it yet."
