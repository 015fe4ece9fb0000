"""Standards and the seats of a panel, as a text prints them."""

from __future__ import annotations

from agreements.drafting.blanks import fill
from agreements.library import library
from agreements.terms import PanelSeat, Standard, Terms, in_words
from agreements.terms.promised import seats_in_words, standard_in_words


def test_a_standard_says_its_days_and_lists_what_it_leaves_out() -> None:
    said = standard_in_words(
        Standard(
            key="queries", label="Queries", promise="The team answers queries.",
            acknowledge_days=5, answer_days=20, exclusions=("old ones", "those of others"),
        )
    )  # fmt: skip
    assert said == (
        "The team answers queries. The acknowledgement comes within five working days. "
        "The answer, or news of it, comes within 20 working days.\n\n"
        "The standard leaves out:\n\n- old ones\n- those of others"
    )
    said = standard_in_words(
        Standard(key="q", label="Q", update_days=10, calendar="united_kingdom", may_pause=True)
    )
    assert said == (
        "After news of it the next comes within ten working days. Bank holidays in any part of "
        "the United Kingdom are no working days. The time stands still while it waits for whoever "
        "asked."
    )
    assert standard_in_words(Standard(key="q", label="Q", promise="It answers.")) == "It answers."


def test_a_text_names_a_standard_by_its_key() -> None:
    terms = library()["regional-team-and-committees"].terms
    said = fill("Before.\n\n{{standard:data_and_information}}", in_words(terms, {}))
    assert "within five working days" in said
    assert "\n- what providers have not validated" in said
    assert not any(name.startswith("standard:") for name in in_words(Terms(), {}))


def test_seats_say_how_many_and_from_where() -> None:
    seat = PanelSeat(key="lay", label="Lay member", number=2, drawn_from="another area")
    assert seats_in_words(seat) == "Lay member: two, from another area"
    assert seats_in_words(PanelSeat(key="chair", label="Chair")) == "Chair: one"
