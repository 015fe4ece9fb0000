"""Committees that commission at a level of their own, and who sits on them (B02)."""

from __future__ import annotations

import pytest

from agreements.core.choices import organisations_for
from agreements.core.parties import parties_of
from agreements.core.seats import against_levels
from agreements.drafting.services.editing import edit_terms
from agreements.library import library
from agreements.models import Agreement, Party
from agreements.templates.services.keeping import take_from_library
from agreements.templates.services.turning_back import template_from
from agreements.terms import Commissioning, Slot, Terms
from house.refusals import NotYours
from parties.models import Body, Organisation, Role, Seat, User
from parties.services.groups import add_body, add_seat, end_seat
from tests import lives
from tests.agreements.listed import add
from tests.cast import Cast, acting, organisation, person_of, user
from tests.conftest import ClientOf, Mailbox
from tests.pdf import printed
from tests.reading import words_at
from tests.stages import approve, ask, give, make
from tests.template_drafts import opened, template_draft, url
from tests.typed import fields_of

pytestmark = pytest.mark.django_db
KEY = "regional-team-and-committees"


def at(agreement: Agreement, page: str = "") -> str:
    return f"/agreements/{agreement.reference}/{page}"


def drafted() -> Agreement:
    return lives.drafted(KEY)


def committees(agreement: Agreement) -> list[Party]:
    return [party for party in parties_of(agreement) if party.slot == "committee"]


def said_at(agreement: Agreement, **levels: str) -> Terms:
    """The terms with these levels: committee_1="joint"."""
    draft = agreement.versions.get(state="draft")
    by = lives.first(agreement)
    said = tuple(
        Commissioning.model_validate({"party": key.replace("_", "-"), "level": level})
        for key, level in levels.items()
    )
    terms = draft.typed_terms.model_copy(update={"commissioning": said})
    edit_terms(by=by, version=draft, terms=terms)
    return terms


def seats(party: Party, *members: Organisation | None) -> Body:
    """Its body, with a seat for each of these organisations and one for its own chair."""
    body = Body.objects.create(name=party.name, kind=Body.Kind.JOINT_COMMITTEE)
    body.served.create(organisation=party.organisation)
    Seat.objects.create(body=body, organisation=party.organisation, kind=Seat.Kind.CHAIR)
    for member in members:
        Seat.objects.create(body=body, organisation=member, kind=Seat.Kind.EXECUTIVE)
    return body


@pytest.mark.duty("B02")
def test_the_level_is_a_term_of_each_committee_and_seats_that_contradict_it_are_found(
    client_of: ClientOf,
) -> None:
    agreement = drafted()
    team, ccg = parties_of(agreement)[0].organisation, organisation("Hazel CCG", "ccg")
    joint, delegated, third = committees(agreement)
    seats(joint, ccg)
    seats(delegated, ccg, team)
    seats(third, ccg, team)
    client = client_of(lives.of(parties_of(agreement)[0]))
    for level, chosen in (("joint", [joint, third]), ("delegated", [delegated])):
        page = at(agreement, f"text/terms/commissioning-{level}/")
        sent_back = fields_of(client.get(page).content.decode())
        sent_back["at_level"] = [party.key for party in chosen]
        assert client.post(page, sent_back).status_code == 302
    found = [
        f"{joint.name} commissions at Level 2 (joint), and NHS England has no seat on it.",
        (
            f"{delegated.name} commissions at Level 3 (delegated), where only CCGs have seats, "
            f"and {team.name} has one."
        ),
    ]
    for page in ("people/", "text/", "text/freeze/"):
        said = words_at(client, at(agreement, page))
        assert [each for each in found if each not in said] == [], page
        assert f"{third.name} commissions" not in said
    version = lives.frozen(agreement)
    [clause] = version.texts.filter(clause__key="levels-of-commissioning")
    assert f"At Level 2: {joint.name} and {third.name}" in clause.body
    in_print = printed(client.get(at(agreement, "versions/1/print.pdf")).content)
    assert f"Level 3 (delegated): {delegated.name}" in in_print


def test_of_a_level_that_is_not_said_and_of_seats_that_nobody_entered_it_says_so() -> None:
    agreement = drafted()
    one, two, three = committees(agreement)
    terms = said_at(agreement, committee_1="joint", committee_2="delegated")
    assert against_levels(agreement, terms) == [
        f"The terms do not say at which level {three.name} commissions. Change the terms.",
        (
            f"No seats are entered for {one.name} and {two.name}, so they were not compared with "
            "the level. An administrator of the committee enters them on its page."
        ),
    ]
    seats(one)
    body = seats(two, organisation("Hazel CCG", "ccg"), None)
    said = against_levels(agreement, terms)
    assert f"A seat on {two.name} names no organisation. Say for which one it is held." in said
    assert any(f"{one.name} commissions" in each and "no CCG" in each for each in said)
    Seat.objects.create(
        body=body, organisation=parties_of(agreement)[0].organisation, kind=Seat.Kind.ATTENDEE
    )
    assert against_levels(agreement, terms) == said


def test_a_delegated_committee_lacks_its_scheme_and_a_joint_one_does_not(
    client_of: ClientOf,
) -> None:
    agreement = drafted()
    said_at(agreement, committee_1="joint", committee_2="delegated", committee_3="joint")
    one, two, three = committees(agreement)
    ours = client_of(lives.of(two))
    lacking = f"{two.name} has no scheme of delegation in the list of associated documents."
    everybody = f"{one.name}, {two.name} and {three.name} have no terms of reference"
    for page in ("versions/", "text/freeze/"):
        said = words_at(ours, at(agreement, page))
        assert lacking in said
        assert everybody in said
    page = ours.get(at(agreement, "text/")).content.decode()
    assert "documents/add/?for=scheme_of_delegation" in page
    with pytest.raises(NotYours):
        add(lives.of(one), agreement, term="scheme_of_delegation")
    document = add(lives.of(two), agreement, term="scheme_of_delegation")
    assert (document.is_own, document.kept_by) == (True, two)
    assert lacking not in words_at(ours, at(agreement, "versions/"))
    # A warning, and no bar.
    version = lives.frozen(agreement)
    assert [each["kind"] for each in version.associated_documents or ()] == ["Scheme of delegation"]


@pytest.fixture
def with_chair_and_secretary() -> tuple[Agreement, User, User, User]:
    """One committee whose chair signs and whose secretary acts; somebody of a CCG that has a seat
    on it."""
    team = organisation("Hazel Team", "area_team")
    committee = organisation("Alder Joint Committee", "committee")
    committee.is_legal_body = False
    committee.save()
    ccg = organisation("Rowan CCG", "ccg")
    manager = user("Mo Hazel", team, Role.MANAGER, Role.SIGNATORY)
    chair = user("Cleo Chair", committee, Role.SIGNATORY)
    secretary = user("Sam Secretary", committee, Role.MANAGER, Role.SECRETARY, Role.ADMINISTRATOR)
    member = user("Mel Member", ccg, *Role)
    source = take_from_library(by=acting(manager), source=library()[KEY]).versions.get()
    blanks = {blank.key: f"the {blank.label.lower()}" for blank in source.typed_blanks}
    sides = {"regional_team": team, "committee-1": committee}
    agreement = make(acting(manager), source, sides, blanks)
    body = add_body(
        by=acting(secretary), organisation=committee, name="Alder Joint Committee",
        kind=Body.Kind.JOINT_COMMITTEE,
    )  # fmt: skip
    body.served.create(organisation=ccg)
    add_seat(by=acting(member), body=body, kind="executive", voting=True, person=member.person)
    add_seat(by=acting(secretary), body=body, kind="chair", voting=True, person=chair.person)
    return agreement, chair, secretary, member


def test_the_chair_signs_the_secretary_acts_and_members_see_nothing_through_it(
    with_chair_and_secretary: tuple[Agreement, User, User, User],
    client_of: ClientOf,
    mailbox: Mailbox,
) -> None:
    agreement, chair, secretary, member = with_chair_and_secretary
    said_at(agreement, committee_1="joint")
    version = lives.frozen(agreement)
    manager = lives.of(parties_of(agreement)[0])
    for by in (manager, secretary):
        approve(by, version)
    give(manager, ask(manager, version, manager))
    give(chair, ask(secretary, version, chair))
    agreement.refresh_from_db()
    assert agreement.takes_acts
    document = add(secretary, agreement, "Terms of reference", term="terms_of_reference")
    theirs = client_of(member)
    for page in ("", "people/", "versions/1/", f"documents/{document.pk}/"):
        assert theirs.get(at(agreement, page)).status_code == 404, page
    for page in ("/", "/agreements/", "/meetings/", "/calendar/"):
        answer = theirs.get(page)
        assert agreement.reference not in answer.content.decode(), page
    assert [each for each in mailbox.all if member.email in each.to] == []


def test_a_committee_enters_the_seats_of_others_vacant_and_nobody_else_does(
    with_chair_and_secretary: tuple[Agreement, User, User, User], client_of: ClientOf
) -> None:
    agreement, chair, secretary, member = with_chair_and_secretary
    body, team = Body.objects.get(), parties_of(agreement)[0].organisation
    committee = parties_of(agreement)[1].organisation
    client, page = client_of(secretary), f"/organisations/{committee.pk}/bodies/{body.pk}/"
    said = {"kind": "executive", "voting": "on", "organisation": str(team.pk)}
    with_person = said | {"person": str(person_of(chair).pk)}
    answer = client.post(f"{page}seats/add/", with_person)
    assert "names its own people. Leave this seat vacant." in answer.content.decode()
    assert client.post(f"{page}seats/add/", said).status_code == 302
    [seat] = Seat.objects.filter(organisation=team)
    assert "For Hazel Team" in words_at(client, page)
    with pytest.raises(NotYours):
        add_seat(
            by=acting(member), body=body, kind="lay", voting=True, organisation=team,
        )  # fmt: skip
    with pytest.raises(NotYours):
        end_seat(by=acting(member), seat=seat)
    assert client.post(f"{page}seats/{seat.pk}/end/").status_code == 302
    assert not Seat.objects.current().filter(organisation=team).exists()


def test_a_committee_takes_a_side_only_where_the_side_says_so(
    with_chair_and_secretary: tuple[Agreement, User, User, User],
) -> None:
    agreement, *_ = with_chair_and_secretary
    committee = str(parties_of(agreement)[1].organisation.pk)
    offered = organisations_for(
        [
            Slot(key="any", label="anybody"),
            Slot(key="theirs", label="the Committee", organisation_kinds=("committee",)),
        ]
    )
    assert committee not in dict(offered["any"].few() or [])
    assert committee in dict(offered["theirs"].few() or [])


def test_a_template_names_its_documents_and_which_side_commissions(
    client_of: ClientOf, cast: Cast
) -> None:
    draft = template_draft(cast)
    client = client_of(cast.manager)
    side = url(draft, "sides/ccg/")
    assert client.post(side, opened(client, side) | {"commissions": "on"}).status_code == 302
    page = url(draft, "terms/document/")
    said = {"label": "Scheme of delegation", "of_sides": ["ccg"], "level": "delegated",
            "required": "on"}  # fmt: skip
    assert client.post(page, said).status_code == 302
    draft.refresh_from_db()
    assert [slot.commissions for slot in draft.typed_slots] == [False, True]
    [expected] = draft.typed_terms.documents
    assert (expected.key, expected.slots, expected.level, expected.required) == (
        "scheme_of_delegation", ("ccg",), "delegated", True,
    )  # fmt: skip
    said_there = words_at(client, url(draft))
    assert "Each commissions at a level of its own" in said_there
    whole = "Scheme of delegation: of the ccg that commissions at Level 3 (delegated)."
    assert whole in words_at(client, url(draft, "terms/"))
    # At which level somebody does is a term of each agreement.
    assert client.get(url(draft, "terms/commissioning-joint/")).status_code == 404
    page = url(draft, f"terms/document-{expected.key}/")
    taken_out = opened(client, page) | {"take_out": "on"}
    assert client.post(page, taken_out).status_code == 302
    draft.refresh_from_db()
    assert draft.typed_terms.documents == ()


def test_a_template_from_an_agreement_has_no_levels_of_its_parties() -> None:
    agreement = drafted()
    said_at(agreement, committee_1="joint", committee_2="delegated", committee_3="joint")
    version = lives.frozen(agreement)
    made = template_from(by=lives.first(agreement), version=version, name="Made of it")
    assert made.typed_terms.commissioning == ()
    assert len(made.typed_terms.documents) == 5
    bodies = "\n".join(made.clauses.values_list("body", flat=True))
    assert "{{commissioning:joint}}" in bodies


def test_of_many_committees_one_sentence_says_what_they_lack(
    monkeypatch: pytest.MonkeyPatch, client_of: ClientOf
) -> None:
    monkeypatch.setitem(lives.SHARING, "committee", 48)
    agreement = drafted()
    first = committees(agreement)[0]
    client = client_of(lives.of(parties_of(agreement)[0]))
    said = words_at(client, at(agreement, "versions/"))
    assert f"{first.name} and 47 others have no terms of reference in the list" in said
    said = words_at(client, at(agreement, "people/"))
    assert f"The terms do not say at which level {first.name} and 47 others commission." in said
    page = client.get(at(agreement, "text/terms/commissioning-delegated/")).content.decode()
    assert page.count('name="at_level"') == 48
