"""What the tables make known when the program starts."""

from __future__ import annotations


def connect() -> None:
    """Called from `AppConfig.ready()` of mediation."""
    from django.utils.translation import pgettext_lazy

    from casemgr.actions import registry
    from casemgr.audit import evidence
    from casemgr.organisation.roles import roles_for
    from casemgr.web.navigation import STATISTICS, Entry, register
    from mediation import models
    from mediation.tables import definition
    from mediation.tables.actions import ACTIONS
    from mediation.tables.m1 import M1
    from mediation.tables.organisations import M2, M3
    from mediation.tables.others import M4, M5, M6

    definition.register(M1, M2, M3, M4, M5, M6)
    registry.register(*ACTIONS)
    evidence.mirror(models.TableReturn, "table", "unit_id", "year", "month", "first_on", "last_on", "state")
    evidence.mirror(models.ReturnLine, "table_id", "committee_id", "values")
    evidence.mirror(models.Correction, "corrected_id", "committee_id", "differences", "reason", "by", "made_on")
    register(
        Entry(pgettext_lazy("navigation", "Tables"), "table_list", roles_for("mediation"), order=53, group=STATISTICS)
    )
