"""The list of errors at the top of a page, each leading to the input it is about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.forms import BaseForm
from django.forms.formsets import BaseFormSet
from django.forms.utils import RenderableMixin
from django.utils.safestring import SafeString

from nhsuk.bound_fields import Parameters, error_sentences, first_input_id
from nhsuk.renderer import Renderer

Errors = BaseForm | BaseFormSet


class ErrorSummary(RenderableMixin):
    """The errors of all forms of a page, drawn by the design system's macro."""

    template_name = "nhsuk/summary.jinja"

    def __init__(self, *forms: Errors) -> None:
        self.renderer = Renderer()
        self.items = [item for form in forms for item in all_errors(form)]

    def get_context(self) -> dict[str, Any]:
        return {"items": self.items}


def summary(*forms: Errors) -> SafeString:
    """The summary as HTML; nothing when there is no error."""
    errors = ErrorSummary(*forms)
    return errors.render() if errors.items else SafeString("")


def all_errors(form: Errors) -> Iterator[Parameters]:
    """What is wrong, those of the whole form first, then in the order of the fields."""
    if isinstance(form, BaseFormSet):
        for sentence in form.non_form_errors():
            yield {"text": str(sentence)}
        for member in form.forms:
            yield from all_errors(member)
        return
    for sentence in form.non_field_errors():
        yield {"text": str(sentence)}
    for bound in form:
        # Nothing on the page leads to a hidden input.
        link = {} if bound.is_hidden else {"href": f"#{first_input_id(bound)}"}
        for sentence in error_sentences(bound):
            yield {"text": sentence} | link
