"""How a service says no."""

from __future__ import annotations


class Refused(Exception):
    """The rules do not allow this now. The message is a sentence for the person who asked.

    `field` names the form field it is about, if there is one.
    """

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class NotYours(Refused):
    """The person may read this but has no right to act here: the page answers 403."""
