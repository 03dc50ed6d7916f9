"""What administrative mediation makes known when the program starts."""

from __future__ import annotations


def connect() -> None:
    """Called from `AppConfig.ready()` of mediation."""
    from django.utils.translation import gettext_lazy as _

    from casemgr.actions import registry
    from casemgr.organisation.roles import roles_for
    from casemgr.web.navigation import BOOKS, Entry, register
    from mediation.administrative.actions import ACTIONS

    registry.register(*ACTIONS)
    register(
        Entry(
            _("Administrative mediation"),
            "administrative_list",
            (*roles_for("mediation"), "department"),
            order=53,
            group=BOOKS,
        )
    )
