"""Conditions of a session."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy

from casemgr.actions.action import Guard
from mediation.course.session_form import INVITED
from mediation.models import MediationCase
from mediation.terms import RiskFlag

Data = Mapping[str, Any] | None


def _invited(data: Data) -> list[str]:
    return [other["name"] for other in data.get("others", ()) if other["capacity"] in INVITED]


# People's Mediation Law, art. 20
invitation_is_agreed = Guard(
    "invitation-not-agreed",
    "20",
    gettext_lazy("Others are invited only with the parties' consent. Record it, or leave out:"),
    lambda case, data, today: not _invited(data) or bool(data.get("invitation_agreed")),
    field="invitation_agreed",
    needs_data=True,
    detail=lambda case, data, today: "、".join(_invited(data)),
)


def _departments_came(case: MediationCase, data: Data, today: date) -> bool:
    return not data.get("is_joint") or any(other["capacity"] == "department" for other in data.get("others", ()))


departments_came = Guard(
    "no-department",
    "",
    gettext_lazy("A joint session names the departments that took part: enter them among the others."),
    _departments_came,
    field="is_joint",
    needs_data=True,
)


def _sides_are_apart(case: MediationCase, data: Data, today: date) -> bool:
    if RiskFlag.VIOLENCE not in case.facts.risk_flags:
        return True
    return bool(data.get("is_separate") or data.get("together_reason"))


# Domestic violence and minors: dossier §1.2, E7
sides_are_apart = Guard(
    "violence",
    "",
    gettext_lazy(
        "Domestic violence is noted in this case: hold the session with each side alone, or say why they could meet."
    ),
    _sides_are_apart,
    field="is_separate",
    needs_data=True,
)
