"""What a person is told of their own account."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.outbox import NoticeKind

NOTICES = (
    NoticeKind(
        "new_device",
        gettext_lazy("Log-in from a new device"),
        lambda data: (
            _(
                "Your account was used on %(at)s from a browser not seen before (%(device)s, %(address)s). "
                "If that was not you, change your password at once and end the session under “My account”."
            )
            % {**data, "device": data["device"] or _("Unknown device")}
        ),
    ),
    NoticeKind(
        "recovery_code_used",
        gettext_lazy("Recovery code used"),
        lambda data: (
            _(
                "Somebody logged in with a recovery code of your second factor; %(left)s are left. "
                "If that was not you, change your password at once and tell the administrator."
            )
            % data
        ),
    ),
    NoticeKind(
        "factor_locked",
        gettext_lazy("Second factor locked after wrong codes"),
        lambda data: _(
            "Somebody knew your password and typed wrong codes. If that was not you, change your password at once."
        ),
        is_urgent=True,
    ),
    NoticeKind(
        "factor_reset",
        gettext_lazy("Second factor taken away"),
        lambda data: (
            _(
                "%(name)s took away the second factor of your account (%(reason)s). Set it up anew under “My account”. "
                "If you did not ask for it, tell the auditors."
            )
            % data
        ),
        is_urgent=True,
    ),
    NoticeKind(
        "sessions_ended",
        gettext_lazy("Logged out everywhere"),
        lambda data: _("%(name)s ended all log-ins of your account.") % data,
    ),
)
