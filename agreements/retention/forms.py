"""The forms about keeping an MoU."""

from __future__ import annotations

from agreements.models import Hold
from nhsuk import forms


class HoldForm(forms.Form):
    kind = forms.RadioField(label="What is it for?", choices=Hold.Kind.choices)
    because = forms.TextField(
        label="Why, and who asked for it",
        help_text="Your own organisation alone reads this. The others read what it is for.",
        rows=4,
        max_length=500,
    )


class KeepLongerForm(forms.Form):
    until = forms.DateField(label="Keep it until", help_text="For example, 31 3 2032")
    because = forms.TextField(
        label="Why it is kept longer", help_text="The parties read it.", rows=4, max_length=500
    )
