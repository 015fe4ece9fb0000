"""A template from an agreement: names and what was filled in become blanks again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from agreements.drafting.blanks import Mark, fill, pieces_of
from agreements.drafting.filled_in import between
from agreements.drafting.services.editing import edit_clause, fill_blanks
from agreements.library import library
from agreements.models import Agreement, Template
from agreements.templates.services.keeping import take_from_library
from agreements.templates.services.turning_back import as_template, template_from
from house.refusals import NotYours, Refused
from parties.models import User
from tests import federations
from tests.cast import Cast, acting
from tests.stages import clause, draft_of, drafted, frozen
from tests.typed import fields_of

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def at(agreement: Agreement) -> str:
    return f"/templates/from/{agreement.reference}/"


def bodies(made: object) -> dict[str, str]:
    return {each.key: each.body for each in made.clauses}  # type: ignore[attr-defined]


def write(cast: Cast, agreement: Agreement, key: str, body: str, by: User | None = None) -> None:
    text = clause(agreement, key)
    edit_clause(by=acting(by or cast.manager), clause=text, edit_no=text.edit_no, body=body)


def test_a_manager_reads_what_is_turned_back_and_makes_it(cast: Cast, client_of: ClientOf) -> None:
    agreement, client = drafted(cast, values={"area": "Upper Dale"}), client_of(cast.other_manager)
    write(cast, agreement, "openness", "Eastmoor CCG is open in Upper Dale.")
    assert (
        at(agreement) in client.get(f"/agreements/{agreement.reference}/versions/").content.decode()
    )
    page = client.get(at(agreement)).content.decode()
    assert "Area covered" in page
    assert "[Name of the ccg] is open in [Area covered]." in page
    assert not Template.objects.filter(organisation=cast.ccg).exists()
    done = client.post(at(agreement), fields_of(page) | {"name": "Ours"}, follow=True)
    assert "“Ours” is made." in done.content.decode()
    draft = Template.objects.get(organisation=cast.ccg).versions.get()
    source = agreement.template_version
    assert (draft.slots, draft.blanks, draft.is_draft) == (source.slots, source.blanks, True)
    assert draft.typed_terms == draft_of(agreement).typed_terms
    assert dict(draft.clauses.values_list("key", "body"))["openness"] == (
        "{{ccg}} is open in {{area}}."
    )


def test_what_was_only_filled_in_is_the_templates_wording_again(cast: Cast) -> None:
    source = library()["area-team-and-ccg"]
    taken = take_from_library(by=acting(cast.manager), source=source).versions.get()
    agreement = drafted(cast, source=taken)
    values = {"area": "Eastmoor", "lmc": "GP"}
    fill_blanks(by=acting(cast.manager), version=draft_of(agreement), values=values)
    made = as_template(draft_of(agreement))
    assert bodies(made) == {each.key: each.body for each in source.clauses}
    assert [each.heading for each in made.clauses] == [each.heading for each in source.clauses]
    assert [each.bindings for each in made.clauses] == [[*each.bindings] for each in source.clauses]
    assert [(each.kind, each.owed_by) for each in made.clauses] == [
        (each.kind, [*each.owed_by]) for each in source.clauses
    ]


def test_figures_of_a_numbered_text_follow_the_terms_again(cast: Cast) -> None:
    agreement = drafted(cast, values={"area": "Dale"})
    write(cast, agreement, "meet", "We meet {{meetings:often}} a year.")
    version = frozen(cast, agreement)
    made = template_from(by=acting(cast.manager), version=version, name="Ours")
    assert made.clauses.get(key="meet").body == "We meet {{meetings:often}} a year."
    assert version.texts.get(clause__key="meet").body == "We meet twice a year."


def test_no_word_is_turned_back_inside_another(cast: Cast) -> None:
    agreement = drafted(cast, values={"area": "Dale"})
    write(cast, agreement, "openness", "Dales and Daleside, not Dale.")
    made = as_template(draft_of(agreement))
    assert bodies(made)["openness"] == "Dales and Daleside, not {{area}}."


def test_the_names_of_nine_are_one_blank(cast: Cast) -> None:
    agreement = federations.drafted(cast)
    made = as_template(draft_of(agreement))
    assert bodies(made)["between"] == "Between {{ccg}} and {{federation}}."
    said = f"For {cast.ccg.name}, Ash Federation writes a plan."
    write(cast, agreement, "plan", said, by=cast.other_manager)
    made = as_template(draft_of(agreement))
    assert bodies(made)["plan"] == "For {{ccg}}, Ash Federation writes a plan."


def test_a_text_that_changed_since_the_page_is_not_made_unseen(
    cast: Cast, client_of: ClientOf
) -> None:
    agreement, client = drafted(cast, values={"area": "Dale"}), client_of(cast.manager)
    shown = fields_of(client.get(at(agreement)).content.decode()) | {"name": "Mine"}
    write(cast, agreement, "openness", "Another word.")
    page = client.post(at(agreement), shown).content.decode()
    assert "Somebody changed the text of this agreement" in page
    assert not Template.objects.filter(name="Mine").exists()
    with pytest.raises(Refused):
        template_from(
            by=acting(cast.manager), version=draft_of(agreement), name="Mine", shown="old"
        )


def test_who_is_no_manager_or_no_party_makes_none(cast: Cast, client_of: ClientOf) -> None:
    agreement = drafted(cast)
    assert client_of(cast.stranger).get(at(agreement)).status_code in (403, 404)
    page = client_of(cast.colleague).get(f"/agreements/{agreement.reference}/versions/")
    assert at(agreement) not in page.content.decode()
    with pytest.raises(NotYours):
        template_from(by=acting(cast.colleague), version=draft_of(agreement), name="No")


def _written(piece: str | Mark) -> str:
    return piece.written if isinstance(piece, Mark) else piece


@pytest.mark.parametrize(("area", "body"), [("Wye", "Along {{area}}."), ("Ox", "Along Ox.")])
def test_a_word_of_three_letters_is_turned_back_and_a_shorter_one_stays(
    cast: Cast, area: str, body: str
) -> None:
    agreement = drafted(cast, values={"area": area})
    write(cast, agreement, "openness", f"Along {area}.")
    assert bodies(as_template(draft_of(agreement)))["openness"] == body


@pytest.mark.parametrize(
    ("wording", "text"),
    [
        ("In {{a}} and {{b}}.", "In Dale or Wye."),
        ("In {{a}}, by {{b}}.", "By day, in Dale."),
        ("In {{a}}.", "In ."),
        ("In {{a}}.", "In a\nb."),
        ("{{a}} is {{a}}.", "Dale is Wye."),
        ("Plain.", "Plain. More."),
    ],
)
def test_what_is_not_the_wording_filled_in_gives_no_values(wording: str, text: str) -> None:
    assert between(wording, text) is None


WORDS = st.text("ab. ", min_size=1, max_size=6).filter(str.strip)


@given(
    st.lists(st.sampled_from(["x ", "y. ", "{{one}}", "z ", "{{two}}"]), max_size=7), WORDS, WORDS
)
def test_what_was_filled_in_is_found_or_left_alone(parts: list[str], one: str, two: str) -> None:
    wording, values = "".join(parts), {"one": one, "two": two}
    text = fill(wording, values)
    found = between(wording, text)
    assert found is None or fill(wording, found) == text
    assert "".join(_written(each) for each in pieces_of(wording)) == wording
