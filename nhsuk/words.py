"""Counts and lists in words, and errors in the words of their field: "Enter a title"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from django import forms
from django.core.exceptions import ValidationError

EMAIL_FORMAT = "Enter an e-mail address in the correct format, like name@example.com"
# Letters whose names begin with a vowel: "an MoU", "an NHS number".
_SOUNDS_LIKE_VOWEL = "AEFHILMNORSX"
# What a label may begin with that takes no article: "Choose who signs first".
_NO_ARTICLE = tuple(
    f"{word} "
    for word in (
        *("your", "the", "a", "an", "this", "these", "any", "all", "no", "their", "its"),
        *("who", "whom", "what", "when", "where", "which", "why", "how", "whether", "if"),
    )
)


# Of more a title names the first.
MOST_IN_TITLE = 3


def plural(count: int, one: str, many: str = "") -> str:
    """A count with its noun, "1 clause", "1,204 clauses"; `many` for nouns that do not add s."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def and_list(names: Iterable[str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    return _list(names, "and")


def or_list(names: Iterable[str]) -> str:
    """ "A", "A or B", "A, B or C"."""
    return _list(names, "or")


def _list(names: Iterable[str], word: str) -> str:
    *most, last = list(names) or [""]
    return f"{', '.join(most)} {word} {last}" if most else last


def in_short(names: Sequence[str]) -> str:
    """The first, and how many more there are: "Eastmoor CCG and 8 others". Who takes two sides is
    named once."""
    names = list(dict.fromkeys(names))
    more = len(names) - 1
    return names[0] + (f" and {plural(more, 'other')}" if more else "")


def in_title(names: Sequence[str]) -> str:
    """Up to three by name; of more the first: "Eastmoor CCG and 8 others". Each once."""
    names = list(dict.fromkeys(names))
    return and_list(names) if len(names) <= MOST_IN_TITLE else in_short(names)


def with_whom(others: Sequence[str]) -> str:
    """ "with Eastmoor CCG and 8 others"."""
    return f"with {in_short(others)}" if others else "with no other party"


_SPELLED = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)


def spelled(number: int) -> str:
    """A count in words up to twelve, "six"; above that in figures, "18"."""
    return _SPELLED[number] if 0 <= number < len(_SPELLED) else f"{number:,}"


def capital(text: str) -> str:
    """The text with its first letter in capitals, and nothing else changed."""
    return text[:1].upper() + text[1:]


def in_sentence(label: str) -> str:
    """A label as it stands inside a sentence: "Key contact" as "key contact".

    Abbreviations and names keep their capitals: "MoU", "Governing Body".
    """
    label = label.strip().rstrip(":?")
    words = label.split()
    if not words or any(letter.isupper() for letter in words[0][1:]):
        return label
    if len(words) > 1 and words[1][0].isupper() and words[1][1:].islower():
        return label
    return label[0].lower() + label[1:]


def noun(label: str) -> str:
    """A label with the article that fits: "a title", "an MoU", "the date of review", "parties"."""
    phrase = in_sentence(label)
    lowered = phrase.lower()
    if not phrase or lowered.startswith(_NO_ARTICLE) or _is_plural(lowered):
        return phrase
    if " of " in lowered or lowered.startswith(("date", "first ", "last ")):
        return f"the {phrase}"
    return f"{'an' if _begins_with_vowel_sound(phrase) else 'a'} {phrase}"


def ask(verb: str, label: str) -> str:
    """What to do, "Enter a title"; for a label that is a question, "Enter an answer to: …"."""
    if label.strip().endswith("?"):
        return f"{verb} an answer to: {label.strip()}"
    return f"{verb} {noun(label)}"


def _is_plural(phrase: str) -> bool:
    head = re.split(r" (?:of|for|in|to|with|at|by) ", phrase)[0]
    return head.endswith("s") and not head.endswith(("ss", "us", "is"))


def _begins_with_vowel_sound(phrase: str) -> bool:
    first = phrase.split()[0]
    if any(letter.isupper() for letter in first[1:]):
        return first[0].upper() in _SOUNDS_LIKE_VOWEL
    if re.match(r"(?:uni|use|user|eu|one)", first.lower()):
        return False
    return first[0].lower() in "aeiou" or first.lower().startswith(("hour", "honest"))


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
