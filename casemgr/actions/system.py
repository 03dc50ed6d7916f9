"""SYSTEM: the actor of the nightly sweep. It holds one role that no person holds."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from casemgr.organisation.roles import SYSTEM


class SystemActor:
    pk = None
    username = "SYSTEM"
    is_authenticated = True
    is_system = True

    @property
    def full_name(self) -> str:
        return str(_("System"))

    def role_codes(self, today: date) -> frozenset[str]:
        return frozenset({SYSTEM})


system_actor = SystemActor()
