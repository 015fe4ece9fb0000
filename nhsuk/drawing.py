"""How forms and the list of their errors are drawn on the portal's pages.

The admin keeps Django's own renderer. Each error leads to the input it is about.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.forms import BaseForm
from django.forms.formsets import BaseFormSet
from django.forms.renderers import DjangoTemplates
from django.forms.utils import RenderableMixin
from django.template.loader import get_template
from django.utils.safestring import SafeString

from nhsuk.bound_fields import Parameters, error_sentences, first_input_id

Errors = BaseForm | BaseFormSet


class Renderer(DjangoTemplates):
    """Forms and fields through our templates; a bare widget still through Django's."""

    form_template_name = "nhsuk/form.jinja"
    field_template_name = "nhsuk/field.jinja"

    def get_template(self, template_name: str) -> Any:
        if template_name.endswith(".jinja"):
            return get_template(template_name)
        return super().get_template(template_name)


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


def styled(form: BaseForm) -> BaseForm:
    """Any Django form, set to be drawn by our templates."""
    form.renderer = Renderer()
    # A form that was checked already keeps its bound fields, with the renderer of before.
    for bound in form:
        bound.renderer = form.renderer
    return form


def fields_html(form: BaseForm) -> SafeString:
    """Every field of any Django form, drawn by our templates."""
    return styled(form).render(Renderer.form_template_name)
