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


class NotNow(Refused):
    """It could not be done at this moment, whatever was asked: the page answers 503."""


class ChangedMeanwhile(Refused):
    """Somebody else saved it first; `edit_no` is its number now.

    A form that takes this number on replaces theirs with what was typed when it is sent again.
    `said` is the sentence where nothing is replaced.
    """

    def __init__(self, what: str, edit_no: int, said: str = "") -> None:
        super().__init__(
            said
            or f"Somebody changed this {what} since you opened this page. Look at it in another "
            "window, then save again to put yours in its place."
        )
        self.edit_no = edit_no
