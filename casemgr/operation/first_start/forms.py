"""What the first start asks: who administers the installation, and what the office is called."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.operation.accounts.forms import CreateUserForm
from casemgr.organisation.models import User


def _password(label: Any, **options: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
    return forms.CharField(label=label, widget=widget, strip=False, max_length=128, **options)


class FirstStartForm(CreateUserForm):
    """The first administrator with a password of their own choice, and the name in the header of pages."""

    office_name = forms.CharField(
        label=gettext_lazy("Name of the office"),
        max_length=80,
        help_text=gettext_lazy("Stands in the header of every page, for example 达拉特旗司法局."),
    )
    password = _password(gettext_lazy("Password"), help_text=password_validators_help_text_html)
    password_again = _password(gettext_lazy("Password, once more"))
    must_change_password = forms.BooleanField(required=False, widget=forms.HiddenInput)
    field_order = ("office_name", "full_name", "username", "password", "password_again")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        password = cleaned.get("password")
        if password and cleaned.get("password_again") and password != cleaned["password_again"]:
            self.add_error("password_again", _("The two passwords differ. Type the password again, twice."))
        elif password:
            user = User(username=cleaned.get("username", ""), full_name=cleaned.get("full_name", ""))
            try:
                validate_password(password, user)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return cleaned
