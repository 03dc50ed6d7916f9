"""What is asked for when a token is made or revoked, and when a system gets an account."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.operation.accounts.forms import CreateUserForm
from casemgr.operation.accounts.own_password import OwnPasswordForm
from casemgr.organisation.tokens.scopes import SCOPES, scope_choices
from casemgr.pages.dates import long_date
from casemgr.pages.forms import ContextForm, DateField, SeveralChoicesField

USUAL_DAYS = 90


class ScopesField(SeveralChoicesField):
    def __init__(self, **kwargs) -> None:
        super().__init__(label=gettext_lazy("What it may be used for"), choices=scope_choices(), **kwargs)


class LogInTokenForm(ContextForm):
    """For a program that logs in with its user's password: everything the user may do, unless it asks for less."""

    name = forms.CharField(label=gettext_lazy("What it is for"), max_length=80, required=False)
    scopes = ScopesField(required=False)

    def clean_name(self) -> str:
        return self.cleaned_data["name"] or _("Log-in through the API")

    def clean_scopes(self) -> list[str]:
        return self.cleaned_data["scopes"] or list(SCOPES)


class TokenForm(OwnPasswordForm):
    """A token outlives the log-in in which it was made, so the password is asked once more."""

    name = forms.CharField(
        label=gettext_lazy("What it is for"),
        max_length=80,
        help_text=gettext_lazy("So that you know later which one to revoke, for example “export to the archive”."),
    )
    scopes = ScopesField(help_text=gettext_lazy("Never more than the roles of the account allow."))
    expires_on = DateField(label=gettext_lazy("Last day"))
    field_order = ("name", "scopes", "expires_on", "password")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.today is not None:
            self.fields["expires_on"].initial = self.today + timedelta(
                days=min(USUAL_DAYS, settings.API_TOKEN_MAX_DAYS)
            )

    def clean_expires_on(self) -> date:
        day, most = self.cleaned_data["expires_on"], self.today + timedelta(days=settings.API_TOKEN_MAX_DAYS)
        if day < self.today:
            raise forms.ValidationError(_("This day is over. Choose a later one."))
        if day > most:
            raise forms.ValidationError(_("A token lasts until %(day)s at most.") % {"day": long_date(most)})
        return day


class RevokeForm(ContextForm):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200, required=False)


class SystemAccountForm(CreateUserForm):
    full_name = forms.CharField(label=gettext_lazy("Name of the system"), max_length=50)
    purpose = forms.CharField(label=gettext_lazy("What it is for"), max_length=200)
    contact = forms.CharField(
        label=gettext_lazy("Who answers for it"),
        max_length=100,
        help_text=gettext_lazy("Name and unit; no telephone number."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].help_text = _(
            "A short name for the records, for example court-link. Nobody logs in with it."
        )
