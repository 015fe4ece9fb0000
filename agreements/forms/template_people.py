"""Letting somebody edit a template."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from nhsuk import forms
from parties.models import Membership, User


class LetEditForm(forms.Form):
    """By the address that they log in with. `user` is who has it, once the form is valid."""

    email = forms.EmailField(
        label="E-mail address", help_text="The one they log in with. They may be of another party."
    )

    user: User

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        held = Membership.objects.current().filter(user__email=email, user__is_active=True)
        membership = held.select_related("user__person").first()
        if membership is None:
            raise ValidationError(
                "Nobody who works here for an organisation has this address. Check it, or ask "
                "their organisation to invite them first"
            )
        self.user = membership.user
        return email
