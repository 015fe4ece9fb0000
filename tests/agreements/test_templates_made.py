"""A template made in the portal from nothing: its sides, its blanks, until it can be published."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from agreements.models import Template, TemplateVersion
from agreements.templates.rules import what_is_missing
from agreements.templates.services.keeping import EDITING, new_template_draft, publish
from agreements.templates.services.making import make_template
from agreements.templates.services.parts import BLANKS, SIDES, _speaks_of
from agreements.terms import ApprovalRoute, ContactRole, Level, Signatory, Slot, Terms
from audit.models import Entry
from house.refusals import Refused
from parties.models import User
from tests.cast import Cast, acting
from tests.stages import template
from tests.template_drafts import opened, template_draft, url

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def made(cast: Cast) -> TemplateVersion:
    return make_template(by=acting(cast.manager), name="Federations")


def side(label: str, **said: object) -> dict[str, object]:
    return {"label": label, "how_many": "one", "plural": ""} | said


def add_side(client: Client, draft: TemplateVersion, **said: object) -> str:
    path = url(draft, "sides/add/")
    return client.post(path, opened(client, path) | said, follow=True).content.decode()


# --- From nothing ---------------------------------------------------------------------------


def test_a_manager_makes_a_template_and_reads_what_is_left(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.manager)
    typed = opened(client, "/templates/new/") | {"name": "Federations", "description": "For nine."}
    page = client.post("/templates/new/", typed, follow=True).content.decode()
    assert "“Federations” is made, with an empty draft." in page
    assert "What is left to do" in page
    assert "No side yet." in page
    made = Template.objects.get()
    assert (made.organisation, made.key) == (cast.area_team, "federations")


def test_a_name_is_used_once_in_an_organisation(cast: Cast, client_of: ClientOf) -> None:
    client, kept = client_of(cast.manager), template(cast.area_team).template
    said = "has a template of this name already. Choose another name."
    typed = opened(client, "/templates/new/") | {"name": kept.name.upper()}
    assert said in client.post("/templates/new/", typed).content.decode()
    path = f"/templates/{make_template(by=acting(cast.manager), name='New').template_id}/name/"
    assert said in client.post(path, opened(client, path) | {"name": kept.name}).content.decode()
    make_template(by=acting(cast.other_manager), name=kept.name)


def test_a_template_of_the_librarys_name_leaves_the_library_to_be_taken(
    cast: Cast, client_of: ClientOf
) -> None:
    make_template(by=acting(cast.manager), name="Area team and CCG")
    client = client_of(cast.manager)
    client.post("/templates/library/area-team-and-ccg/")
    assert Template.objects.filter(organisation=cast.area_team).count() == 2


def test_only_managers_make_one(cast: Cast, client_of: ClientOf) -> None:
    assert client_of(cast.colleague).get("/templates/new/").status_code == 403
    assert "Make a template" not in client_of(cast.viewer).get("/templates/").content.decode()


# --- Sides ----------------------------------------------------------------------------------


def test_sides_are_added_one_of_them_for_many(
    made: TemplateVersion, cast: Cast, client_of: ClientOf
) -> None:
    client = client_of(cast.manager)
    add_side(client, made, **side("the CCG", organisation_kinds=["ccg", "icb"]))
    many = side("the Federation", how_many="many", organisation_kinds=["federation"])
    assert "Enter what the text calls all of them" in add_side(client, made, **many)
    page = add_side(client, made, **many | {"plural": "the Federations"})
    assert "Many organisations, as one side: the Federations" in page
    made.refresh_from_db()
    assert made.typed_slots == [
        Slot(key="ccg", label="the CCG", organisation_kinds=("ccg", "icb")),
        Slot(key="federation", label="the Federation", organisation_kinds=("federation",),
             many=True, plural="the Federations"),
    ]  # fmt: skip


def test_a_side_keeps_its_key_whatever_it_is_called(
    made: TemplateVersion, cast: Cast, client_of: ClientOf
) -> None:
    client = client_of(cast.manager)
    add_side(client, made, **side("the CCG"))
    path = url(made, "sides/ccg/")
    client.post(path, opened(client, path) | {"label": "the Board"})
    made.refresh_from_db()
    assert [(slot.key, slot.label) for slot in made.typed_slots] == [("ccg", "the Board")]
    assert "Another side is called “the board” already." in add_side(
        client, made, **side("the board")
    )


def test_what_somebody_changed_meanwhile_is_not_written_over_unseen(
    made: TemplateVersion, cast: Cast, client_of: ClientOf
) -> None:
    by, client = acting(cast.manager), client_of(cast.manager)
    SIDES.add(by=by, version=made, label="the CCG")
    path = url(made, "sides/ccg/")
    mine = opened(client, path) | {"label": "the Group"}
    SIDES.change(by=by, version=made, key="ccg", label="the Board")
    page = client.post(path, mine).content.decode()
    assert "Somebody changed this side while you were editing it." in page
    assert "the Group" in page
    made.refresh_from_db()
    assert made.typed_slots[0].label == "the Board"


def test_sides_are_put_in_order(made: TemplateVersion, cast: Cast, client_of: ClientOf) -> None:
    for label in ("the CCG", "the Practice"):
        SIDES.add(by=acting(cast.manager), version=made, label=label)
    client_of(cast.manager).post(url(made, "sides/practice/move/"), {"way": "up"})
    made.refresh_from_db()
    assert [slot.key for slot in made.typed_slots] == ["practice", "ccg"]


TERMS = {
    "key contacts": Terms(contact_roles=(ContactRole(key="lead", label="Lead", slots=("ccg",)),)),
    "levels": Terms(levels=(Level(key="top", label="Top", posts={"ccg": "Chair"}),)),
    "who approves": Terms(
        approval_routes=(ApprovalRoute(slot="ccg", route="body", name="Governing Body"),)
    ),
}


@pytest.mark.parametrize("place", TERMS)
def test_a_side_that_terms_name_is_not_taken_out(
    made: TemplateVersion, cast: Cast, client_of: ClientOf, place: str
) -> None:
    by, client = acting(cast.manager), client_of(cast.manager)
    SIDES.add(by=by, version=made, label="the CCG")
    EDITING.edit_terms(by=by, version=made, terms=TERMS[place])
    path = url(made, "sides/ccg/remove/")
    said = f"“the CCG” is still named in the terms ({place})."
    assert said in client.get(path).content.decode()
    assert said in client.post(path, opened(client, path)).content.decode()
    made.refresh_from_db()
    assert len(made.typed_slots) == 1


def test_a_side_is_found_wherever_a_term_speaks_of_it() -> None:
    for said in ({"slot": "ccg"}, {"slots": ["ccg"]}, {"posts": {"ccg": "Chair"}}):
        for term in (said, [said], {"deeper": [said]}):
            assert _speaks_of(term, "ccg")
            assert not _speaks_of(term, "practice")


def test_a_side_that_a_clause_names_is_not_taken_out(made: TemplateVersion, cast: Cast) -> None:
    by = acting(cast.manager)
    SIDES.add(by=by, version=made, label="the CCG")
    EDITING.add_clause(by=by, version=made, kind="duty", heading="A", body="", owed_by=["ccg"])
    EDITING.add_clause(by=by, version=made, kind="duty", heading="B", body="{{ccg}} pays.")
    with pytest.raises(Refused, match="still named in clause 1 and clause 2"):
        SIDES.remove(by=by, version=made, key="ccg")


def test_what_is_said_for_a_side_alone_goes_with_it(made: TemplateVersion, cast: Cast) -> None:
    by = acting(cast.manager)
    for label in ("the CCG", "the Practice"):
        SIDES.add(by=by, version=made, label=label)
    signs = tuple(Signatory(slot=slot, key="s", label="Chair") for slot in ("ccg", "practice"))
    nobody = (ApprovalRoute(slot="ccg", route="none"),)
    terms = Terms(signatories=signs, approval_routes=nobody)
    EDITING.edit_terms(by=by, version=made, terms=terms)
    SIDES.remove(by=by, version=made, key="ccg")
    made.refresh_from_db()
    assert [slot.key for slot in made.typed_slots] == ["practice"]
    entry = Entry.objects.filter(verb="template_side_removed").get()
    assert entry.payload == {"seq": 1, "key": "ccg"}
    assert made.typed_terms == Terms(signatories=signs[1:])


def test_a_key_that_was_ever_used_is_not_used_again(cast: Cast) -> None:
    by, first = acting(cast.manager), template(cast.area_team)
    draft = new_template_draft(by=by, template=first.template)
    EDITING.edit_terms(by=by, version=draft, terms=Terms())
    was = draft.typed_slots[0]
    SIDES.remove(by=by, version=draft, key=was.key)
    again = SIDES.add(by=by, version=draft, label=was.label)
    assert again.key == f"{was.key}_2"


# --- Blanks ---------------------------------------------------------------------------------


def test_a_blank_is_added_and_used_in_a_clause(
    made: TemplateVersion, cast: Cast, client_of: ClientOf
) -> None:
    client, path = client_of(cast.manager), url(made, "blanks/add/")
    typed = opened(client, path) | {"label": "Area covered", "hint": "Which places."}
    assert "{{area_covered}}" in client.post(path, typed, follow=True).content.decode()
    by = acting(cast.manager)
    EDITING.add_clause(by=by, version=made, kind="statement", heading="A", body="{{area_covered}}")
    with pytest.raises(Refused, match="“Area covered” is still named in clause 1"):
        BLANKS.remove(by=by, version=made, key="area_covered")


def test_a_blank_never_has_the_key_of_a_side(made: TemplateVersion, cast: Cast) -> None:
    by = acting(cast.manager)
    SIDES.add(by=by, version=made, label="the CCG")
    assert BLANKS.add(by=by, version=made, label="CCG").key == "ccg_2"


# --- Publishing -----------------------------------------------------------------------------


def test_it_is_published_once_somebody_is_there_to_agree(
    made: TemplateVersion, cast: Cast, client_of: ClientOf
) -> None:
    by, client = acting(cast.manager), client_of(cast.manager)
    assert "This draft has no sides." in client.get(url(made, "publish/")).content.decode()
    SIDES.add(by=by, version=made, label="the CCG")
    made.refresh_from_db()
    assert "one side alone, the CCG" in what_is_missing(made)[0]
    SIDES.change(by=by, version=made, key="ccg", label="the CCG", many=True, plural="the CCGs")
    EDITING.add_clause(by=by, version=made, kind="statement", heading="Aim", body="Together.")
    made.refresh_from_db()
    publish(by=by, version=made)
    assert "What is left to do" not in client.get(url(made)).content.decode()


def test_publishing_says_how_sides_and_blanks_change(cast: Cast, client_of: ClientOf) -> None:
    draft, client = template_draft(cast), client_of(cast.manager)
    shown = opened(client, url(draft, "publish/"))
    BLANKS.add(by=acting(cast.manager), version=draft, label="Budget")
    page = client.get(url(draft, "publish/")).content.decode()
    assert "The blanks changed." in page
    assert (
        "Somebody changed this draft" in client.post(url(draft, "publish/"), shown).content.decode()
    )


def test_discarding_the_only_draft_takes_the_template_along(
    made: TemplateVersion, cast: Cast, client_of: ClientOf
) -> None:
    client, path = client_of(cast.manager), url(made, "discard/")
    assert "The template has no other version" in client.get(path).content.decode()
    page = client.post(path, opened(client, path), follow=True).content.decode()
    assert "The template went with it" in page
    assert not Template.objects.exists()


def test_a_published_version_keeps_its_sides(cast: Cast, client_of: ClientOf) -> None:
    published, client = template(cast.area_team), client_of(cast.manager)
    with pytest.raises(Refused, match="published and no longer changes"):
        SIDES.add(by=acting(cast.manager), version=published, label="the LMC")
    assert client.get(url(published, "sides/add/")).status_code == 302
    assert client.get(url(published, "sides/no-such/")).status_code == 404


def test_somebody_let_in_changes_sides_and_a_reader_does_not(
    cast: Cast, client_of: ClientOf
) -> None:
    draft = template_draft(cast)
    assert client_of(cast.other_colleague).get(url(draft, "sides/add/")).status_code == 200
    assert client_of(cast.viewer).get(url(draft, "sides/add/")).status_code == 403
    assert client_of(cast.stranger).get(url(draft, "sides/add/")).status_code == 404
