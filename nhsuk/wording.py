"""Error messages in the field's words: "Enter a title", never "This field is required."."""

from __future__ import annotations

from collections.abc import Iterator

from django import forms
from django.core.exceptions import ValidationError

from nhsuk.words import ask, in_sentence, noun

EMAIL_FORMAT = "Enter an e-mail address in the correct format, like name@example.com"


def put_words(field: forms.Field, label: str) -> None:
    """Replaces the messages that are still Django's own; what a form wrote itself stays."""
    stock = _stock_messages(field)
    for code, sentence in sentences_for(field, label).items():
        if field.error_messages.get(code) == stock.get(code):
            field.error_messages[code] = sentence


def in_own_words(error: ValidationError, field: forms.Field, label: str) -> list[str]:
    """The messages of one error, with Django's own replaced: for forms that are not ours."""
    code = error.code or ""
    sentence = sentences_for(field, label).get(code)
    if sentence and error.message == _stock_messages(field).get(code):
        return [sentence % error.params if error.params else sentence]
    return [str(message) for message in error.messages]


def sentences_for(field: forms.Field, label: str) -> dict[str, str]:
    """Error code -> sentence, for the codes that this kind of field can raise."""
    # A label may hold a percent sign, and Django fills these sentences in with %.
    label = label.replace("%", "%%")
    return dict(_sentences(field, label))


def _sentences(field: forms.Field, label: str) -> Iterator[tuple[str, str]]:
    yield "required", _required(field, label)
    if isinstance(field, forms.EmailField):
        yield "invalid", EMAIL_FORMAT
    if isinstance(field, forms.FileField):
        yield "empty", "This file is empty. Choose another file"
        yield "invalid", "The file did not arrive. Choose it again"
        yield "max_length", "The name of the file must be %(max)d characters or fewer"
    elif isinstance(field, forms.CharField):
        yield from _length(field, label)
    elif isinstance(field, forms.IntegerField):
        yield from _number(field, label)
    elif isinstance(field, forms.ChoiceField):
        yield "invalid_choice", f"{ask('Choose', label)} from the list"


def _required(field: forms.Field, label: str) -> str:
    if isinstance(field, forms.BooleanField):
        return f"Tick the box: {in_sentence(label) if len(label) < 20 else label}"
    chosen = isinstance(field, forms.ChoiceField | forms.FileField)
    return ask("Choose" if chosen else "Enter", label)


def _length(field: forms.CharField, label: str) -> Iterator[tuple[str, str]]:
    if field.max_length is not None:
        limit = f"{field.max_length:,}"
        yield (
            "max_length",
            f"{label} must be {limit} characters or fewer. It has %(show_value)d now",
        )
    if field.min_length is not None:
        yield "min_length", f"{label} must be {field.min_length:,} characters or more"


def _number(field: forms.IntegerField, label: str) -> Iterator[tuple[str, str]]:
    broken = isinstance(field, forms.FloatField | forms.DecimalField)
    yield "invalid", f"Enter {noun(label)} as a {'number' if broken else 'whole number'}"
    yield "min_value", f"{label} must be %(limit_value)s or more"
    yield "max_value", f"{label} must be %(limit_value)s or fewer"


def _stock_messages(field: forms.Field) -> dict[str, str]:
    stock: dict[str, str] = {}
    for kind in reversed(type(field).__mro__):
        stock.update(getattr(kind, "default_error_messages", {}))
    return stock
