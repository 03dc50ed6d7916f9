"""What the kinds of the access log are called. A package adds its own in `AppConfig.ready()`."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LABELS: dict[str, str | Promise] = {
    "log_in": _("Logged in"),
    "log_out": _("Logged out"),
    "log_in_failed": _("Log-in failed"),
    "locked_out": _("Log-in locked after failures"),
    "unlocked": _("Log-in unlocked"),
    "password_changed": _("Password changed"),
    "password_reset": _("Temporary password given"),
    "user_created": _("Account opened"),
    "account_opened": _("Account opened again"),
    "account_closed": _("Account closed"),
    "role_given": _("Role given"),
    "role_ended": _("Role ended"),
    "unit_created": _("Unit added"),
    "unit_changed": _("Unit changed"),
    "unit_ended": _("Unit closed"),
    "full_number_seen": _("Number seen in full"),
    "party_opened": _("Party's page opened"),
}


def register(**labels: str | Promise) -> None:
    LABELS.update(labels)


def label_of(kind: str) -> str:
    """The label in the reader's language; the bare kind when nobody named it."""
    return str(LABELS.get(kind, kind))
