"""Writing a case of the past: its state is where the last known fact leaves it, and no clock runs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.cases.models import Act
from casemgr.cases.queries import NUMBER_PARTS
from reconsideration.models import ReconsiderationCase
from reconsideration.registration.past_form import RecordPastCaseForm
from reconsideration.registration.people import Role
from reconsideration.registration.recording import (
    create_case,
    default_title,
    find_or_create_act,
    law_version_on,
    resolve_people,
)
from reconsideration.same_act import ActIdentity
from reconsideration.terms import Outcome

# What is known to have happened last leaves the case in this state; the first line that fits counts.
REACHED: tuple[tuple[str, str], ...] = (
    ("voided", "VOID"),
    ("archived", "ARCHIVED"),
    ("performed", "PERFORMED"),
    ("performance_opened", "PERFORMING"),
    ("decision_served", "SERVED"),
    ("decided", "DECIDED"),
    ("dismissed", "DISMISSED"),
    ("terminated", "TERMINATED"),
    ("withdrawn", "TERMINATED"),
    ("mediated", "MEDIATED"),
    ("refused", "NOT_ACCEPTED"),
    ("not_handled", "NOT_HANDLED"),
    ("abandoned", "ABANDONED"),
    ("reply_received", "IN_REVIEW"),
    ("reply_missing", "IN_REVIEW"),
    ("hearing_held", "IN_REVIEW"),
    ("opinion_heard", "IN_REVIEW"),
    ("copy_sent", "AWAIT_REPLY"),
    ("copy_served", "AWAIT_REPLY"),
    ("accepted", "ACCEPTED"),
    ("corrected", "RECEIVED"),
    ("correction_notice_issued", "CORRECTING"),
    ("received", "RECEIVED"),
)
_OUTCOMES = {
    "NOT_ACCEPTED": Outcome.NOT_ACCEPTED,
    "NOT_HANDLED": Outcome.NOT_HANDLED,
    "ABANDONED": Outcome.ABANDONED,
    "DISMISSED": Outcome.APPLICATION_DISMISSED,
    "TERMINATED": Outcome.TERMINATED,
    "MEDIATED": Outcome.MEDIATED,
}
_FACTS = ("application_method", "sent_on", "requests", "reasons", "matter", "area", "amount_yuan", "known_on", "track")


def state_reached(kinds: Collection[str]) -> tuple[str, str]:
    """The state that the known events allow, and the one that leads there."""
    return next((state, kind) for kind, state in REACHED if kind in kinds)


def record_past(form: RecordPastCaseForm, data: Mapping[str, Any], actor, today: date) -> ReconsiderationCase:
    """The case, its parties and what is known to have happened."""
    parts = resolve_people(form, actor, today)
    happened = [row.cleaned_data for row in form.happened.filled]
    days = {entry["kind"]: entry["on"][0] for entry in happened if entry["on"][1] == "day"}
    state, last = state_reached({entry["kind"] for entry in happened})
    respondent = next((part.party for part in parts if part.role == Role.RESPONDENT), None)
    case = create_case(
        number=_number(data["number"], days.values()),
        act=_act(respondent, data),
        parts=parts,
        title=data["title"] or default_title(respondent.name if respondent else "", data["act_title"]),
        unit=data["unit"] or form.default_unit,
        lead_handler=data["lead_handler"],
        opened_on=days.get("received"),
        law_version=data["law_version"] or _law_version(days),
        facts={**{name: data[name] for name in _FACTS}, "source_note": data["source_note"]},
        today=today,
        state=state,
        outcome=data["outcome"] or _OUTCOMES.get(state, ""),
        is_past_record=True,
    )
    for entry in happened:
        _record(case, entry, data["outcome"])
    settle(case, days.get(last) or today)
    if case.closed_on and last not in days:
        case.closed_on = None  # closed, nobody knows when
        case.save(update_fields=["closed_on"])
    return case


def _record(case: ReconsiderationCase, entry: Mapping[str, Any], outcome: str) -> None:
    day, precision, written = entry["on"]
    data = {"note": entry["note"], "days": entry["days"]}
    if entry["kind"] == "decided" and outcome:
        data["outcome"] = outcome
    events.record(
        case,
        entry["kind"],
        day,
        precision=precision,
        as_written=entry["as_written"] or written,
        **{name: value for name, value in data.items() if value},
    )


def _act(respondent, data: Mapping[str, Any]) -> Act | None:
    if respondent is None or not data["act_title"]:
        return None
    identity = ActIdentity(frozenset({respondent.pk}), data["act_number"], data["acted_on"], data["matter"] or "other")
    return find_or_create_act(respondent, identity, data["act_title"])


def _number(text: str, days: Collection[date]) -> tuple[str, int, int]:
    """The number as written, with the year and serial number it shows; zero where it shows none."""
    if match := NUMBER_PARTS.search(text):
        return text, int(match[1]), int(match[2])
    return text, min((day.year for day in days if day), default=0), 0


def _law_version(days: Mapping[str, date]) -> str:
    decisive = days.get("accepted") or days.get("received") or max(days.values(), default=None)
    return law_version_on(decisive) if decisive else ""
