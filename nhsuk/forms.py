"""The bases of every form on a portal page; from here pages import fields and widgets too."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.forms.renderers import BaseRenderer
from django.forms.utils import ErrorDict, pretty_name
from django.utils.safestring import SafeString

from house.refusals import NotNow, Refused
from nhsuk.date_field import DateField
from nhsuk.drawing import Renderer, fields_html, summary
from nhsuk.fields import (
    CheckboxField,
    ChecklistField,
    EmailField,
    LineField,
    PasswordField,
    RadioField,
    SelectField,
    TextField,
    TimeField,
    UploadField,
    WholeNumberField,
)
from nhsuk.pick_field import PickField
from nhsuk.pick_several import PickSeveralField
from nhsuk.widgets import Checkboxes, DateInput, Radios, date_boxes
from nhsuk.words import put_words


class Styled:
    """Mix in before a form of another package: our look, our words, and refusals."""

    # On the class: a global FORM_RENDERER would break the admin.
    default_renderer: BaseRenderer | type[BaseRenderer] | None = Renderer
    # "(optional)" behind the label of what may stay empty.
    mark_optional = True
    # The design system's label size: "", "s", "m", "l", "xl".
    label_size = "s"
    # Of the page that shows the form again.
    http_status = 200

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)

    def full_clean(self) -> None:
        # Only now: a form may still add fields or change labels after it was made.
        for name, field in self.fields.items():
            field.label = field.label or pretty_name(name)
            put_words(field, str(field.label))
        super().full_clean()  # type: ignore[misc]

    def not_judged_yet(self) -> None:
        """Shows again what was typed without saying what is wrong: somebody is still typing."""
        self._errors = ErrorDict()

    def add_refusal(self, refusal: Refused) -> None:
        """Shows a service's refusal at the field it names, otherwise above the form."""
        field = refusal.field if refusal.field in self.fields else None
        self.add_error(field, refusal.sentence)  # type: ignore[attr-defined]
        self.take_moment(refusal)

    def take_moment(self, refusal: Refused) -> None:
        """Lets the page say to programs too that it was the moment and not what was typed."""
        if isinstance(refusal, NotNow):
            self.http_status = 503

    def summary(self) -> SafeString:
        """The list of errors for the top of the page; nothing when there is none."""
        return summary(self)  # type: ignore[arg-type]

    def fields_html(self) -> SafeString:
        """Every field with its label, hint, error and input."""
        return fields_html(self)  # type: ignore[arg-type]


class Form(Styled, forms.Form):
    """The base of every form on a page."""


class FilterForm(Form):
    """What narrows a list: sent with GET, nothing required, nothing called optional."""

    mark_optional = False

    def full_clean(self) -> None:
        for field in self.fields.values():
            field.required = False
        super().full_clean()

    @property
    def wanted(self) -> dict[str, Any]:
        """What was asked for; what cannot be understood narrows nothing."""
        self.is_valid()
        return self.cleaned_data if self.is_bound else {}


def field_for(model_field: models.Field[Any, Any], **options: Any) -> forms.Field | None:
    """The form field of a model's field: text is tidied, a date has three boxes."""
    kind = _OURS.get(type(model_field))
    # With choices Django makes a select; a widget of the form's own is the form's to judge.
    if kind is not None and not model_field.choices and "widget" not in options:
        options |= {"form_class": kind, "widget": kind.widget}
    return model_field.formfield(**options)


_OURS: dict[type[models.Field[Any, Any]], type[forms.Field]] = {
    models.CharField: LineField,
    models.TextField: TextField,
    models.EmailField: EmailField,
    models.DateField: DateField,
}


class _OurFields(forms.models.ModelFormMetaclass):
    """Gives each model form our fields without a line in its Meta."""

    def __new__(cls, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> Any:
        meta = attrs.get("Meta")
        if meta is not None and not hasattr(meta, "formfield_callback"):
            meta.formfield_callback = staticmethod(field_for)
        return super().__new__(cls, name, bases, attrs)


class ModelForm(Styled, forms.ModelForm, metaclass=_OurFields):
    """A form of one model's fields."""


class AsksFirst(Form):
    """Asks about what looks odd, and takes it once somebody says that it is so.

    What looks odd stands beside a box to tick; there is no box where nothing does.

    `field_order` of the form puts the box behind what is asked about.
    """

    as_it_is = CheckboxField(label="Go on all the same", required=False)

    def ask_about(self, odd: list[str]) -> None:
        """Called once: sentences about what was typed, or about how things stand for a new form."""
        said = " ".join(odd)
        box = self.fields["as_it_is"]
        if not odd:
            del self.fields["as_it_is"]
        box.help_text = said
        if odd and self.is_bound and not self.cleaned_data.get("as_it_is"):
            self.add_error("as_it_is", f"{said} Tick this to go on")
