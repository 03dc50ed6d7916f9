"""What the subsidy makes known when the program starts."""

from __future__ import annotations


def connect() -> None:
    """Called from `AppConfig.ready()` of mediation."""
    from django.utils.translation import gettext_lazy as _

    from casemgr.actions import registry
    from casemgr.audit import evidence, kinds
    from casemgr.web.navigation import STATISTICS, Entry, register
    from mediation import models
    from mediation.subsidy.actions import ACTIONS

    registry.register(*ACTIONS)
    kinds.register(subsidy_exported=_("Subsidies exported"))
    evidence.seal_table(models.SubsidyResult)
    evidence.seal_table(models.SubsidyShare)
    evidence.mirror(models.SubsidyBatch, "unit_id", "first_on", "last_on", "total_yuan", "state", "paid_on", "voucher")
    evidence.mirror(models.SubsidyClaim, "dispute", "result_id")
    register(Entry(_("Subsidy by case"), "subsidy_list", ("finance",), order=53, group=STATISTICS))
