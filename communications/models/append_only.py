"""Rows of this room that never change: the database itself refuses it."""

from __future__ import annotations

from house.triggers import Trigger, declare

APPEND_ONLY = [
    declare(
        Trigger(
            name=f"communications_{table}_append_only",
            table=f"communications_{table}",
            events=("UPDATE", "DELETE"),
            message=message,
        )
    )
    for table, message in (
        ("draft", "A draft is never overwritten: make the next one."),
        ("read", "Who read a draft does not change."),
        ("acknowledgement", "An acknowledgement does not change."),
        ("comment", "A comment does not change."),
        ("move", "That a release was moved does not change."),
        ("release", "The final text does not change."),
    )
]
