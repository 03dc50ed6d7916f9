"""Cases entered by mistake: never validly registered, they are nobody's work and count nowhere."""

from __future__ import annotations

from django.db.models import Q

from casemgr.cases.procedure import procedures


def void_cases(prefix: str = "") -> Q:
    """The condition on a case, or on the case that `prefix` leads to (`"case__"`), in any procedure."""
    found = Q(pk__in=[])
    for procedure in procedures():
        states = procedure.extra.get("void_states", ())
        found |= Q(**{f"{prefix}procedure": procedure.code, f"{prefix}state__in": states})
    return found


__all__ = ["void_cases"]
