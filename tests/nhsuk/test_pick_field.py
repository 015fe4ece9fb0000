"""One of however many: a list while it is short, else a box for the name."""

from __future__ import annotations

import pytest

from nhsuk import forms
from nhsuk.offers import FEW, Choices, words_in
from tests.nhsuk.markup import Element, Markup
from web.typed_again import filled_again

MANY: Choices = [(str(n), f"Dale Surgery {n}") for n in range(1, FEW + 1)] + [
    ("ann", "Ann Lee, Clerk"), ("anna", "Ann Leeson"), ("park", "St. Peter's & Park (A81)"),
    ("one", "Twin"), ("two", "Twin"),
]  # fmt: skip


class Pick(forms.Form):
    who = forms.PickField(label="Who holds it", nothing="Nobody", required=False)

    def __init__(self, *args: object, of: Choices = MANY, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["who"].offer(of)  # type: ignore[attr-defined]

    def said(self) -> str:
        assert self.is_valid(), self.errors
        return str(self.cleaned_data["who"])

    @property
    def page(self) -> Markup:
        return Markup(self.summary() + self.fields_html())


def radios(form: Pick) -> list[Element]:
    return [each for each in form.page.all("input") if each["type"] == "radio"]


def test_up_to_sixty_are_a_list_and_one_more_is_a_box() -> None:
    few = Pick({"who": "7"}, of=MANY[:FEW])
    assert few.said() == "7"
    assert len(few.page.all("option")) == FEW + 1
    assert not Pick({"who": "999"}, of=MANY[:FEW]).is_valid()
    page = Pick(of=MANY[: FEW + 1]).page
    assert not page.all("option")
    assert page.one("input", name="who")["aria-describedby"] == "id_who-hint"


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("dale surgery 7", "7"),  # exactly so, though 17 has the words too
        ("  Dale  Surgery 60 ", "60"),
        ("ann lee", "ann"),
        ("leeson", "anna"),
        ("Peter and Park", "park"),
        ("St Peters Park", None),
        ("park a81", "park"),
        ("", ""),
    ],
)
def test_a_name_or_its_words_are_one(typed: str, value: str | None) -> None:
    form = Pick({"who": typed})
    if value is None:
        assert not form.is_valid()
        assert form.errors["who"] == [
            f"Nothing here is called “{typed}”. Check it, or type less of the name"
        ]
    else:
        assert form.said() == value


@pytest.mark.parametrize("typed", ["&", "\u200b", "%", "x" * 5_000, "' OR 1=1 --", "{{ 7 }}"])
def test_whatever_is_typed_finds_no_more_than_it_names(typed: str) -> None:
    form = Pick({"who": typed})
    # A sign that does not show is nothing typed.
    assert form.is_valid() == (typed == "\u200b")
    assert form.page.one("input", name="who")["value"] == typed


def test_what_can_mean_several_is_asked_about_below_the_box() -> None:
    form = Pick({"who": "twin"})
    page, offered = form.page, radios(form)
    assert [each["name"] for each in offered] == ["who-pick", "who-pick"]
    assert page.one("input", name="who")["value"] == "twin"
    [link] = page.all("a")
    assert page.with_id(link["href"].removeprefix("#")) == offered[0]
    assert "Choose which “twin” you mean" in link.text
    assert Pick({"who": "twin", "who-pick": offered[1]["value"]}).said() == "two"


def test_of_more_than_ten_ten_are_named() -> None:
    form = Pick({"who": "dale"})
    assert len(radios(form)) == 10
    assert "More than 10 match “dale”" in form.page.all("a")[0].text


def test_other_words_count_more_than_what_was_chosen_for_the_first() -> None:
    """Somebody corrects the name, and the radio that they had chosen is still there."""
    first = radios(Pick({"who": "twin"}))[0]
    assert Pick({"who": "leeson", "who-pick": first["value"]}).said() == "anna"
    not_on_offer = first["value"].replace("one", "nobody")
    assert not Pick({"who": "twin", "who-pick": not_on_offer}).is_valid()


def test_what_stands_there_at_first_is_sent_back_as_the_same() -> None:
    page = Pick(initial={"who": "two"}).page
    sent = {name: page.one("input", name=name)["value"] for name in ("who", "who-pick")}
    assert sent["who"] == "Twin"
    assert Pick(sent, initial={"who": "two"}).said() == "two"


def test_a_choice_outlives_the_error_of_another_field() -> None:
    class Two(Pick):
        title = forms.LineField(label="Title")

    mark = radios(Pick({"who": "twin"}))[1]["value"]
    page = Two({"who": "twin", "who-pick": mark}).page
    sent = {name: page.one("input", name=name)["value"] for name in ("who", "who-pick")}
    assert Two(sent | {"title": "Set"}).is_valid()
    assert Pick(sent).said() == "two"


def test_what_was_kept_over_a_log_in_stands_in_the_box_again() -> None:
    page = f'<form method="post">{Pick().fields_html()}</form>'
    mark = radios(Pick({"who": "twin"}))[0]["value"]
    again = filled_again(page, {"who": ["twin"], "who-pick": [mark]}, lambda _: True)
    assert Markup(again).one("input", name="who")["value"] == "twin"
    assert "no place here" not in again


@pytest.mark.parametrize(
    ("typed", "words"),
    [("The Park of Dale", ["Park", "Dale"]), ("and the", ["and", "the"]), ("—", [])],
)
def test_words_to_look_for(typed: str, words: list[str]) -> None:
    assert words_in(typed) == words
