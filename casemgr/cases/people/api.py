"""Absences through the API."""

from __future__ import annotations

from casemgr.actions.resources import Resource
from casemgr.cases.models import Absence
from casemgr.cases.people.absences import visible_absences

ABSENCES = Resource(
    "absences",
    Absence,
    visible_absences,
    columns=("person", "stand_in", "from_on", "until_on", "reason", "ended_on"),
    creating=("absence.record",),
    order=("-from_on", "-pk"),
)
