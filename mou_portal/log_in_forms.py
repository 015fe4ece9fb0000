"""The forms of django-allauth in our words and with our components."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.http import HttpRequest

from house.text import tidy_address
from nhsuk.forms import Styled
from parties.links import queue_link

HOW_TO_CHOOSE = "At least 12 characters. Three random words make a good one."
SIX_DIGITS = "The 6 digits that your authenticator app shows now."


class FieldWords:
    """Gives fields of allauth's our labels and hints, before Styled writes the sentences."""

    labels: dict[str, str] = {}
    hints: dict[str, str] = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            if isinstance(field, forms.EmailField):
                field.to_python = _tidied(field)  # type: ignore[assignment,method-assign]
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")


def _tidied(field: forms.EmailField) -> Callable[[Any], Any]:
    """How the field reads an address: what does not show in it is no part of it."""
    read = field.to_python
    return lambda value: read(tidy_address(str(value)) if value is not None else value)


class LoginForm(Styled, FieldWords, account.LoginForm):
    labels = {"login": "E-mail address", "password": "Password"}

    @property
    def is_barred(self) -> bool:
        """Whether wrong tries, whoever made them, keep even the right password out for now."""
        found = self.non_field_errors().as_data()
        return any(error.code == "too_many_login_attempts" for error in found)


class ReauthenticateForm(Styled, FieldWords, account.ReauthenticateForm):
    labels = {"password": "Your password"}


class ChangePasswordForm(Styled, FieldWords, account.ChangePasswordForm):
    labels = {
        "oldpassword": "Your password now",
        "password1": "New password",
        "password2": "New password again",
    }
    hints = {"password1": HOW_TO_CHOOSE}


class ResetPasswordForm(Styled, FieldWords, account.ResetPasswordForm):
    labels = {"email": "E-mail address"}
    hints = {"email": "The one you log in with."}

    def clean_email(self) -> str:
        """Nobody looks here whose it is: the answer takes as long for a stranger's address."""
        return str(self.cleaned_data["email"]).lower()

    def save(self, request: HttpRequest, **_: Any) -> str:
        queue_link("password_reset", self.cleaned_data["email"])
        return str(self.cleaned_data["email"])


class AddressForm(Styled, FieldWords, forms.Form):
    email = forms.EmailField()
    labels = {"email": "E-mail address"}
    hints = {"email": "The one you log in with."}


class NewPasswordForm(Styled, FieldWords, account.ResetPasswordKeyForm):
    labels = {"password1": "New password", "password2": "New password again"}
    hints = {"password1": HOW_TO_CHOOSE}


class CodeForm(Styled, FieldWords, mfa.AuthenticateForm):
    labels = {"code": "Code"}
    hints = {"code": f"{SIX_DIGITS} A recovery code does too."}


class ReauthenticateCodeForm(Styled, FieldWords, mfa.ReauthenticateForm):
    labels = {"code": "Code"}
    hints = {"code": f"{SIX_DIGITS} A recovery code does too."}


class ActivateForm(Styled, FieldWords, totp.ActivateTOTPForm):
    labels = {"code": "Code"}
    hints = {"code": SIX_DIGITS}


class Credential(forms.JSONField):
    """What a device answers. JSON that cannot be read is no answer either: nested too deep, or with
    a number of thousands of digits."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except (RecursionError, ValueError):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None


def credential() -> Credential:
    return Credential(widget=forms.HiddenInput)


class PasskeyCodeForm(webauthn.AuthenticateWebAuthnForm):
    credential = credential()


class LoginPasskeyForm(webauthn.LoginWebAuthnForm):
    credential = credential()


class ReauthenticatePasskeyForm(webauthn.ReauthenticateWebAuthnForm):
    credential = credential()


class AddPasskeyForm(Styled, FieldWords, webauthn.AddWebAuthnForm):
    credential = credential()
    labels = {"name": "Name of this passkey", "passwordless": "Log in with it without a password"}
    hints = {
        "name": "So that you know it from others, for example “work laptop”.",
        "passwordless": "The device then asks for your fingerprint, face or PIN.",
    }


class RenamePasskeyForm(Styled, FieldWords, webauthn.EditWebAuthnForm):
    labels = {"name": "Name of this passkey"}
