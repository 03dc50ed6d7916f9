"""What screening makes known when the program starts."""

from __future__ import annotations


def connect() -> None:
    """Called from `AppConfig.ready()` of mediation."""
    from django.utils.translation import gettext_lazy as _

    from casemgr.actions import outbox, registry
    from casemgr.audit import evidence
    from casemgr.organisation.roles import roles_for
    from casemgr.web.navigation import BOOKS, Entry, register
    from mediation import models
    from mediation.campaigns.actions import ACTIONS
    from mediation.campaigns.notices import NOTICES

    registry.register(*ACTIONS)
    outbox.declare(*NOTICES)
    evidence.mirror(models.CampaignReturn, "campaign_id", "unit_id", "submitted_on", "is_zero", "figures")
    register(Entry(_("Screening"), "screening", roles_for("mediation"), order=51, group=BOOKS))
