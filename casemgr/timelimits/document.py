"""Rules and answers as plain values, for scripts: what `manage.py timelimit --json` prints and the API answers."""

from __future__ import annotations

from datetime import date
from typing import Any

from casemgr.calendar.current import current_calendar
from casemgr.timelimits import registry
from casemgr.timelimits.citations import cite
from casemgr.timelimits.question import Answer
from casemgr.timelimits.rules import Rule
from casemgr.timelimits.wording import step_words


def _law(rule: Rule) -> str | None:
    """2017 or 2023 for the Reconsideration Law, else the code of the text; None where no text fixes the period."""
    source = rule.law or rule.regulation
    return (source.version or source.code) if source else None


def rule_document(rule: Rule) -> dict[str, Any]:
    """A rule with the keys that scripts rely on."""
    return {
        "code": rule.code,
        "law": _law(rule),
        "name": str(rule.name),
        "length": rule.period.length if rule.period else None,
        "unit": str(rule.period.unit) if rule.period else None,
        "citation": cite(rule),
        "bound_party": rule.bound_party,
        "regulation": rule.regulation.code if rule.regulation else None,
    }


def answer_document(found: Answer) -> dict[str, Any]:
    """The answer with the keys that scripts rely on."""
    rule, result = found.rule, found.computation
    period = rule.period if rule else None
    status = result.calendar_status if result else current_calendar().status_of(found.start)
    document: dict[str, Any] = {
        "rule": found.code,
        "name": str(rule.name) if rule else str(registry.versions(found.code)[0].name),
        "law": _law(rule) if rule else None,
        "start": found.start.isoformat(),
        "length": period.length if period else None,
        "unit": str(period.unit) if period else None,
        "nominal": _iso(result.nominal) if result else None,
        "due": _iso(result.due) if result else None,
        "calendar_status": str(status),
        "citation": cite(rule) if rule else "",
        "bound_party": rule.bound_party if rule else registry.versions(found.code)[0].bound_party,
        "on_expiry": str(rule.on_expiry) if rule else "",
        "steps": [step_words(step) for step in result.steps] if result else [],
    }
    if result is None:
        document["not_computed"] = found.why_not
    return document


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
