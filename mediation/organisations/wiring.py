"""What the organisations of mediation make known when the program starts."""

from __future__ import annotations

STUDIO = (
    *("committee_id", "town_id", "name_giver_id", "full_name", "short_name", "number", "decision_no", "state"),
    *("approved_on", "started_on", "cancelled_on"),
)
ENGAGEMENT = ("mediator_id", "committee_id", "position", "how", "from_on", "until_on", "ended_on", "end_ground")
COVERAGE = ("on", "occasion", "universe", "reading", "covered", "total")


def connect() -> None:
    """Called from `AppConfig.ready()` of mediation."""
    from django.utils.translation import gettext_lazy as _

    from casemgr.actions import registry
    from casemgr.audit import evidence
    from casemgr.organisation.roles import roles_for
    from casemgr.web.navigation import BOOKS, Entry, register
    from mediation import models
    from mediation.organisations.actions import ACTIONS

    registry.register(*ACTIONS)
    evidence.mirror(models.Studio, *STUDIO)
    evidence.mirror(models.StudioPeriod, "studio_id", "from_on", "until_on")
    evidence.mirror(models.Engagement, *ENGAGEMENT)
    evidence.mirror(models.CoverageSnapshot, *COVERAGE)
    register(Entry(_("Organisations"), "organisation_overview", roles_for("mediation"), order=52, group=BOOKS))
