"""What the course of a case adds to the rows below: notices, proposed steps, a section of the first page."""

from __future__ import annotations

from casemgr.actions import outbox
from casemgr.cases.panels import register_steps, register_worklist_section
from mediation.actions import endings, risks
from mediation.course.risks import waiting_context


def join() -> None:
    """Called from `AppConfig.ready()`."""
    outbox.declare(*endings.NOTICES, *risks.NOTICES)
    register_steps(endings.proposed)
    register_worklist_section("mediation/_risks_waiting.html", waiting_context)
