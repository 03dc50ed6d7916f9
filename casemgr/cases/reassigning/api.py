"""Handing over many cases, through the API: what a run is asked for, and how far it is."""

from __future__ import annotations

from casemgr.actions.resources import Resource
from casemgr.cases.models import Reassignment

REASSIGNMENTS = Resource(
    "reassignments",
    Reassignment,
    lambda user, today: Reassignment.objects.filter(asked_by=user),
    columns=("officer", "reason", "asked_on", "job_id", "total", "finished_at"),
    creating=("cases.reassign",),
)
