"""Form fields whose text is tidied and whose errors say what to do."""

from __future__ import annotations

from typing import Any

from django import forms

from house.text import tidy_line, tidy_text
from nhsuk.date_field import DateField
from nhsuk.widgets import Checkboxes, Radios

__all__ = [
    "CheckboxField",
    "ChecklistField",
    "DateField",
    "EmailField",
    "LineField",
    "PasswordField",
    "RadioField",
    "SelectField",
    "TextField",
    "UploadField",
    "WholeNumberField",
]


class LineField(forms.CharField):
    """One line of text, tidied. `size` is the width in characters that the box suggests."""

    def __init__(
        self, *, max_length: int = 200, size: int = 0, autocomplete: str = "", **options: Any
    ) -> None:
        super().__init__(max_length=max_length, **options)
        _put(self, size=size, autocomplete=autocomplete)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(tidy_line(str(value)) if value is not None else value))


class TextField(forms.CharField):
    """Several lines of text, tidied. `rows` is the height of the box."""

    widget = forms.Textarea

    def __init__(self, *, max_length: int = 20_000, rows: int = 5, **options: Any) -> None:
        super().__init__(max_length=max_length, strip=False, **options)
        _put(self, rows=rows)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(tidy_text(str(value)) if value is not None else value))


class EmailField(forms.EmailField):
    """An e-mail address. `autocomplete="email"` only where it is the person's own."""

    def __init__(self, *, max_length: int = 254, autocomplete: str = "off", **options: Any) -> None:
        super().__init__(max_length=max_length, **options)
        _put(self, autocomplete=autocomplete)


class PasswordField(forms.CharField):
    """A password, kept exactly as typed. For a new one `autocomplete="new-password"`."""

    def __init__(self, *, autocomplete: str = "current-password", **options: Any) -> None:
        options.setdefault("max_length", 128)
        super().__init__(strip=False, widget=forms.PasswordInput, **options)
        _put(self, autocomplete=autocomplete)


class WholeNumberField(forms.IntegerField):
    """A whole number; `suffix` is the unit behind the box, for example "working days"."""

    def __init__(
        self, *, min_value: int = 0, max_value: int = 1_000_000, suffix: str = "", **options: Any
    ) -> None:
        super().__init__(min_value=min_value, max_value=max_value, **options)
        self.suffix = suffix


class RadioField(forms.ChoiceField):
    """One of few, all in view."""

    widget = Radios


class SelectField(forms.ChoiceField):
    """One of many."""


class ChecklistField(forms.MultipleChoiceField):
    """Any of few, all in view."""

    widget = Checkboxes


class CheckboxField(forms.BooleanField):
    """A statement to tick. When required, it must be ticked."""


class UploadField(forms.FileField):
    """A file. `accept` is what the browser's file chooser offers, for example ".pdf"."""

    def __init__(self, *, accept: str = "", **options: Any) -> None:
        super().__init__(**options)
        _put(self, accept=accept)


def _put(field: forms.Field, **attributes: Any) -> None:
    """Sets the widget's attributes that have a value."""
    field.widget.attrs |= {name: value for name, value in attributes.items() if value}
