"""The password asked once more before a step that outlives the log-in: a screen left open is not enough for it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from casemgr.pages.forms import ContextForm


class OwnPasswordForm(ContextForm):
    """The actor's password is compared and dropped: nothing after the form sees it."""

    wrong_password: str | Promise = gettext_lazy("This is not your password.")
    password = forms.CharField(
        label=gettext_lazy("Your password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    takes_numbers = frozenset({"password"})

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        password = data.pop("password", None)
        if password is not None and not self.actor.check_password(password):
            self.add_error("password", self.wrong_password)
        return data
