"""Forms of templates: what one is called, its sides and blanks, a clause, who may edit it."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms

from agreements.core.choices import organisations_beside
from agreements.drafting.forms.text import ClauseForm
from agreements.templates.services.parts import mark_of
from agreements.terms import Blank, Slot
from documents.markdown import HOW_TO_MARK
from nhsuk import forms
from parties.models import Organisation, User


class DescribeForm(forms.Form):
    """How people find the template, and what they read before they choose it."""

    name = forms.LineField(label="Name", max_length=200)
    description = forms.TextField(label="Description", max_length=1_000, rows=4, required=False)


class FromAgreementForm(DescribeForm):
    """The same for a template from an agreement; `shown` is the mark of the text that is shown."""

    shown = django_forms.CharField(widget=django_forms.HiddenInput, required=False)


class SideForm(forms.Form):
    """A side: what the text calls it, and who may take it."""

    shown = django_forms.CharField(widget=django_forms.HiddenInput, required=False)
    label = forms.LineField(
        label="What the text calls it",
        help_text="With “the” where the text has it. For example, the Federation.",
        max_length=120,
    )
    how_many = forms.RadioField(
        label="How many organisations take it",
        choices=[("one", "One"), ("many", "Many, as one side")],
        widget=forms.Radios(
            hints={
                "one": "For example, one CCG.",
                "many": "For example, nine federations. The terms are the same for each of them.",
            }
        ),
        error_messages={"required": "Choose how many organisations take it"},
    )
    plural = forms.LineField(
        label="If many: what the text calls all of them",
        help_text="For example, the Federations.",
        max_length=120,
        required=False,
    )
    organisation_kinds = forms.ChecklistField(
        label="Which kinds of organisation may take it",
        help_text="Tick none when any organisation may.",
        choices=Organisation.Kind.choices,
        widget=forms.Checkboxes(small=True),
        required=False,
    )

    commissions = forms.CheckboxField(
        label="Each of them commissions at a level of its own: joint or delegated",
        required=False,
    )

    mark_optional = False

    def __init__(self, data: Any = None, *, part: Slot | None = None) -> None:
        super().__init__(data, initial=_side_as_typed(part) if part else {"how_many": "one"})
        self.before = part

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("how_many") == "many" and not self.cleaned_data.get("plural"):
            self.add_error("plural", "Enter what the text calls all of them, such as the CCGs")
        return self.cleaned_data

    def said(self) -> dict[str, Any]:
        """As the service takes it. Call it on a valid form."""
        typed, many = self.cleaned_data, self.cleaned_data["how_many"] == "many"
        before = self.before.organisation_kinds if self.before else ()
        kinds = sorted(typed["organisation_kinds"], key=lambda kind: kind not in before)
        return {
            "label": typed["label"],
            "many": many,
            "plural": typed["plural"] if many else "",
            "organisation_kinds": tuple(kinds),
            "commissions": typed["commissions"],
        }


def _side_as_typed(side: Slot) -> dict[str, Any]:
    return {
        "shown": mark_of(side),
        "label": side.label,
        "how_many": "many" if side.many else "one",
        "plural": side.plural,
        "organisation_kinds": list(side.organisation_kinds),
        "commissions": side.commissions,
    }


class BlankForm(forms.Form):
    """A blank: what each agreement is asked for."""

    shown = django_forms.CharField(widget=django_forms.HiddenInput, required=False)
    label = forms.LineField(
        label="What each agreement fills in", help_text="For example, Area covered.", max_length=120
    )
    hint = forms.LineField(
        label="Hint for whoever fills it in",
        help_text="For example, The places this MoU covers.",
        max_length=300,
        required=False,
    )

    def __init__(self, data: Any = None, *, part: Blank | None = None) -> None:
        now = {"shown": mark_of(part), "label": part.label, "hint": part.hint} if part else {}
        super().__init__(data, initial=now)

    def said(self) -> dict[str, Any]:
        return {"label": self.cleaned_data["label"], "hint": self.cleaned_data["hint"]}


class ShareForm(forms.Form):
    """Another organisation that is to start agreements from the template."""

    organisation = forms.PickField(
        label="Organisation", help_text="We tell its MoU managers by e-mail."
    )

    def __init__(self, data: Any = None, *, keeper: Organisation) -> None:
        super().__init__(data)
        field = self.fields["organisation"]
        assert isinstance(field, forms.PickField)  # noqa: S101 - for mypy
        field.offer(organisations_beside(keeper))


class LetEditForm(forms.Form):
    """By the address that they log in with. `user` is a colleague who has it, if one does: whether
    somebody of another organisation has, nobody is told."""

    email = forms.EmailField(
        label="E-mail address", help_text="The one they log in with. They may be of another party."
    )

    user: User | None = None

    def __init__(self, data: Any = None, *, organisation: Organisation) -> None:
        super().__init__(data)
        self.organisation = organisation

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        here = self.organisation.memberships.current()
        held = here.filter(user__email=email, user__is_active=True)
        membership = held.select_related("user__person").first()
        self.user = membership.user if membership else None
        return email


class TemplateClauseForm(ClauseForm):
    """One clause of a template. What it leaves for a later version, its agreements begin with."""

    body = forms.TextField(label="Text", help_text=HOW_TO_MARK, rows=14, required=False)
