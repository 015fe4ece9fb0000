"""The form renderer of the portal's pages. The admin keeps Django's own."""

from __future__ import annotations

from typing import Any

from django.forms.renderers import DjangoTemplates
from django.template.loader import get_template


class Renderer(DjangoTemplates):
    """Forms and fields through our templates; a bare widget still through Django's."""

    form_template_name = "nhsuk/form.jinja"
    field_template_name = "nhsuk/field.jinja"

    def get_template(self, template_name: str) -> Any:
        if template_name.endswith(".jinja"):
            return get_template(template_name)
        return super().get_template(template_name)
