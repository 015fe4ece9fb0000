"""A page reads once what several of its parts ask for."""

from __future__ import annotations

from house.once import once_a_page, one_page

asked: list[str] = []


@once_a_page
def read(what: str) -> list[str]:
    asked.append(what)
    return list(asked)


def test_a_page_reads_once_and_the_next_page_anew() -> None:
    asked.clear()
    for _ in range(2):
        with one_page():
            assert read("parties") is read("parties")
            read("holidays")
    assert asked == ["parties", "holidays"] * 2


def test_elsewhere_each_time_is_another_read() -> None:
    asked.clear()
    read("parties")
    assert read("parties") == ["parties", "parties"]


def test_a_page_within_a_page_keeps_to_itself() -> None:
    asked.clear()
    with one_page():
        read("parties")
        with one_page():
            read("parties")
        read("parties")
    assert asked == ["parties", "parties"]
