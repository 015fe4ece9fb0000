"""Forms about an organisation: which are listed, what one is called and where it is."""

from __future__ import annotations

from nhsuk import forms
from parties.models import Organisation


class OrganisationFilter(forms.FilterForm):
    text = forms.LineField(label="Name or ODS code", max_length=120)
    kind = forms.SelectField(label="Kind", choices=[("", "All kinds"), *Organisation.Kind.choices])


class NameForm(forms.Form):
    name = forms.LineField(label="Name", max_length=200)
    address = forms.TextField(label="Address", max_length=500, rows=4, required=False)
    starts_on = forms.DateField(
        label="From which day?",
        help_text="The name before stays in what was signed under it. For example, 1 4 2014",
        error_messages={"required": "Enter the day from which this holds"},
    )
