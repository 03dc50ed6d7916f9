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
    "password_change_asked": _("New password asked for"),
    "factor_enrolled": _("Second factor set up"),
    "factor_used": _("Second factor used"),
    "factor_failed": _("Wrong code of the second factor"),
    "factor_locked": _("Second factor locked after wrong codes"),
    "factor_removed": _("Second factor turned off"),
    "factor_reset": _("Second factor taken away"),
    "factor_rule_changed": _("Rule about second factors changed"),
    "recovery_code_used": _("Recovery code used"),
    "recovery_codes_made": _("New recovery codes made"),
    "new_device": _("Log-in from a new device"),
    "session_ended": _("Log-in ended"),
    "sessions_ended": _("All log-ins ended"),
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
