"""The form of a document that an agreement is read with: a file or an address, and which one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, Final

from django import forms as django_forms

from agreements.associated.bringing import FileOrLinkForm
from agreements.associated.said import Said
from agreements.core.associated import who_brings
from agreements.models import AssociatedDocument, DocumentVersion, Party
from agreements.terms import ExpectedDocument, Terms
from house import clock
from nhsuk import forms
from nhsuk.dates import day

STALE = "This page does not say which document it is about. Load it again. Nothing was changed."
# Before the key of a document that the text names; every other choice is a kind.
NAMED: Final = "text-"


class DetailsForm(FileOrLinkForm):
    """Where the document is, and which one it is; the file may stay what it was."""

    field_order: Sequence[str] = ("title", "file", "is_whole", "link", "follows_by")

    title = forms.LineField(
        label="Title", help_text="As it stands on the document.", max_length=200
    )
    label = forms.LineField(
        label="Version",
        help_text="As the document calls it. For example, 1.4 or final draft.",
        max_length=60,
        size=20,
        required=False,
    )
    dated_on = forms.DateField(
        label="Date of the document", help_text="For example, 1 3 2015", required=False
    )
    review_on = forms.DateField(
        label="Date of its review",
        help_text="Your MoU managers are reminded a month before, while the agreement is in force.",
        required=False,
    )

    follows_by = forms.DateField(
        label="Or the day by which it follows",
        help_text="If it is not there yet. The list and the text say so, and you are reminded.",
        required=False,
    )

    def clean_follows_by(self) -> date | None:
        on: date | None = self.cleaned_data["follows_by"]
        if on and on < clock.today():
            raise django_forms.ValidationError(f"{day(on)} has passed. Enter today or a later day")
        return on

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if (said.get("file") or said.get("mended")) and said.get("link"):
            self.add_error("link", "Choose a file or enter an address, not both")
        elif not self.is_there(said) and not {"file", "link", "follows_by"} & set(self.errors):
            self.add_error("file", "Choose a file, or enter the address of the document")
        return said

    def is_there(self, said: dict[str, Any]) -> bool:
        """Whether a file or an address was given."""
        return any(said.get(name) for name in ("file", "mended", "link", "follows_by"))

    def said(self) -> Said:
        """As the service takes it. Raises Refused for a file that is not taken, and to ask."""
        names = ("title", "link", "label", "dated_on", "review_on", "follows_by")
        said: dict[str, Any] = {name: self.cleaned_data.get(name) for name in names}
        return Said(brought=self.brought_file(), **said)


class AddForm(DetailsForm):
    """A document for the list: one that the text names, or any other."""

    field_order = ("what", "whose", "title", "file", "is_whole", "link", "follows_by")

    what = forms.RadioField(
        label="What it is", error_messages={"required": "Choose what the document is"}
    )
    whose = forms.RadioField(
        label="Whose document it is",
        choices=[
            ("own", "Ours: nobody else replaces it, or takes it off the list"),
            ("all", "One for all: each party may"),
        ],
        initial="own",
        help_text="Of a document that the text names, the text says so.",
    )

    def __init__(
        self, *args: Any, terms: Terms, own: Sequence[Party], there: Collection[str],
        wanted: str = "", **more: Any,
    ) -> None:  # fmt: skip
        """`there` are those of the text that the list has of these parties already."""
        brought = (each for each in terms.documents if _is_brought(each, terms, own))
        named = [each for each in brought if each.key not in there]
        first = f"{NAMED}{wanted}" if any(each.key == wanted for each in named) else None
        super().__init__(*args, initial={"what": first, "whose": "own"}, **more)
        what: Any = self.fields["what"]
        what.choices = [
            *((f"{NAMED}{each.key}", f"{each.label}, which the text names") for each in named),
            *AssociatedDocument.Kind.choices,
        ]

    @property
    def term(self) -> str:
        """The key of the document in the terms that it is; empty for another."""
        what: str = self.cleaned_data["what"]
        return what.removeprefix(NAMED) if what.startswith(NAMED) else ""

    @property
    def kind(self) -> str:
        return AssociatedDocument.Kind.OTHER if self.term else self.cleaned_data["what"]

    @property
    def is_own(self) -> bool:
        return bool(self.cleaned_data["whose"] == "own")


def _is_brought(expected: ExpectedDocument, terms: Terms, own: Sequence[Party]) -> bool:
    return not expected.slots or bool(who_brings(expected, terms, own))


class ChangeForm(DetailsForm):
    """Another version in the place of the one that is there, or other facts, with the reason."""

    edit_no = django_forms.IntegerField(
        widget=django_forms.HiddenInput, min_value=1,
        error_messages={"required": STALE, "invalid": STALE},
    )  # fmt: skip
    because = forms.TextField(
        label="What is different, and why",
        help_text="The parties read it. What the document was stays on its page.",
        rows=3,
        max_length=500,
    )

    def __init__(self, *args: Any, newest: DocumentVersion, **more: Any) -> None:
        names = ("title", "link", "label", "dated_on", "review_on", "follows_by")
        now = {name: getattr(newest, name) for name in names} | {"edit_no": newest.seq}
        super().__init__(*args, initial=now, **more)
        self.is_promised = newest.follows_by is not None
        if not self.is_promised:
            del self.fields["follows_by"]
        if newest.file:
            box = self.fields["file"]
            box.label = "Another file"
            box.help_text = f"Leave it empty to keep {newest.file.name}. {box.help_text}"

    def is_there(self, said: dict[str, Any]) -> bool:
        """It stays where it was; one that is promised has to say by when."""
        return not self.is_promised or super().is_there(said)
