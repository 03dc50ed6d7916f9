"""A case that began before casemgr: what its entries say, in plain words, and its rows.

One of the past is as its source leaves it, and no clock runs. One still open runs on by its days: every period that
follows from them is derived, and it stands where the trial stands by what happened.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.cases.bulk.description import ActDescription, CaseDescription, Happening, Part
from casemgr.cases.matters import Matter
from casemgr.cases.models import Act, Event
from casemgr.cases.procedure import ENDED_STAGES
from casemgr.cases.registration.past import number_parts
from casemgr.cases.same_act import ActIdentity, find_or_create_act
from casemgr.parties import registry
from reconsideration.events import EVENT_KINDS
from reconsideration.models import PROCEDURE, ReconsiderationCase, ReconsiderationFacts
from reconsideration.registration.past_form import BEFORE_ACCEPTANCE, RecordPastCaseForm
from reconsideration.registration.people import Role
from reconsideration.registration.recording import (
    create_case,
    default_title,
    law_version_on,
    resolve_people,
)
from reconsideration.states import STATES
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
    ("handed_up", "TAKEN_UP"),
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
    "TAKEN_UP": Outcome.TAKEN_UP,
}
_FACTS = ("application_method", "sent_on", "requests", "reasons", "matter", "area", "amount_yuan", "known_on", "track")
_STAGES = {state.code: state.stage for state in STATES}
# In a running case these are told per party: each one's receipt, reply or opinion counts for itself (art. 48, 49, 75).
_SERVED = (Role.APPLICANT, Role.RESPONDENT, Role.THIRD_PARTY)
PER_PARTY: Mapping[str, tuple[str, ...]] = {
    "correction_notice_served": (Role.APPLICANT,),
    "copy_served": (Role.RESPONDENT,),
    "reply_received": (Role.RESPONDENT,),
    "reply_missing": (Role.RESPONDENT,),
    "opinion_heard": (Role.APPLICANT, Role.THIRD_PARTY),
    "decision_served": _SERVED,
    "refusal_served": _SERVED,
    "dismissal_served": _SERVED,
    "termination_served": _SERVED,
}


def state_reached(kinds: Collection[str]) -> tuple[str, str]:
    """The state that the known events allow, and the one that leads there."""
    return next((state, kind) for kind, state in REACHED if kind in kinds)


def running_state(happenings: Iterable[Happening], parts: Iterable[Part]) -> str:
    """Where an undecided case stands; for its trial as `ReconsiderationCase.trial_state` says."""
    found = list(happenings)
    kinds = [happening.kind for happening in found]
    if kinds.count("suspended") > kinds.count("resumed"):
        return "SUSPENDED"
    if "accepted" not in kinds:
        return state_reached([kind for kind in kinds if kind in BEFORE_ACCEPTANCE])[0]
    if "copy_sent" not in kinds:
        return "ACCEPTED"
    answered = {h.party.pk or id(h.party) for h in found if h.kind in ("reply_received", "reply_missing") and h.party}
    respondents = {part.party.pk or id(part.party) for part in parts if part.role == Role.RESPONDENT}
    return "IN_REVIEW" if respondents <= answered else "AWAIT_REPLY"


def describe(
    data: Mapping[str, Any], happened: Sequence[Mapping[str, Any]], parts: list[Part], unit, *, runs: bool | None = None
) -> CaseDescription:
    """The case as cleaned entries say it. `unit`: the one where none is named.

    `runs`: whether its periods are derived; by default those of a case that is said to be still open.
    """
    runs = data["is_open"] if runs is None else runs
    days = {entry["kind"]: entry["on"][0] for entry in happened if entry["on"][1] == Event.Precision.DAY}
    happenings = [part for entry in happened for part in _happenings(entry, data["outcome"], parts, runs)]
    if runs:
        happenings = _in_order(_with_the_sending(happenings))
    state, last = state_reached({happening.kind for happening in happenings})
    if data["is_open"]:
        state = running_state(happenings, parts)
    respondent = next((part.party for part in parts if part.role == Role.RESPONDENT), None)
    return CaseDescription(
        procedure=PROCEDURE,
        number=number_parts(data["number"], days.values()) if data["number"] else None,
        numbered_on=days.get("received"),
        act=_act(respondent, data),
        parts=parts,
        columns={
            "title": data["title"] or default_title(respondent.name if respondent else "", data["act_title"]),
            "unit": data["unit"] or unit,
            "lead_handler": data["lead_handler"],
            "opened_on": days.get("received"),
            "closed_on": days.get(last) if _STAGES[state] in ENDED_STAGES else None,
            "law_version": data["law_version"] or _law_version(days),
            "state": state,
            "outcome": data["outcome"] or _OUTCOMES.get(state, ""),
            "is_past_record": not runs,
        },
        facts=ReconsiderationFacts(
            **{name: data[name] for name in _FACTS},
            source_note=data["source_note"],
            reply_is_missing=runs and any(happening.kind == "reply_missing" for happening in happenings),
        ),
        happenings=happenings,
    )


def record_past(form: RecordPastCaseForm, data: Mapping[str, Any], actor, today: date) -> ReconsiderationCase:
    """The case, its parties and what is known to have happened."""
    parts = resolve_people(form, lambda party: registry.find_or_create(party, actor, today))
    happened = [row.cleaned_data for row in form.happened.filled]
    described = describe(data, happened, parts, form.default_unit)
    case = create_case(
        number=described.number,
        act=_find_or_create(described.act),
        parts=parts,
        facts=described.facts,
        today=today,
        **described.columns,
    )
    for happening in described.happenings:
        events.record(
            case,
            happening.kind,
            happening.occurred_on,
            precision=happening.precision,
            as_written=happening.as_written,
            party=happening.party,
            **happening.data,
        )
    settle(case, today, closes=False)
    return case


def _happenings(entry: Mapping[str, Any], outcome: str, parts: list[Part], runs: bool) -> list[Happening]:
    """What an entry says, once or for each party it concerns."""
    day, precision, written = entry["on"]
    kind = entry["kind"]
    data = {"note": entry["note"], "days": entry["days"], "due_on": entry["due_on"] and entry["due_on"].isoformat()}
    if kind == "decided" and outcome:
        data["outcome"] = outcome
    told = Happening(
        kind=kind,
        occurred_on=day,
        precision=precision,
        as_written=entry["as_written"] or written,
        data={name: value for name, value in data.items() if value},
    )
    if not runs:
        return [told]
    if kind == "sued":
        return [replace(told, party=next((part.party for part in parts if part.role == Role.APPLICANT), None))]
    roles = PER_PARTY.get(kind)
    return [replace(told, party=part.party) for part in parts if part.role in roles] if roles else [told]


def _with_the_sending(happenings: list[Happening]) -> list[Happening]:
    """A copy that was served was sent, on that day at the latest (art. 48)."""
    served = next((happening for happening in happenings if happening.kind == "copy_served"), None)
    if served is None or any(happening.kind == "copy_sent" for happening in happenings):
        return happenings
    return [*happenings, Happening("copy_sent", served.occurred_on, data={"inferred_from": "copy_served"})]


def _in_order(happenings: list[Happening]) -> list[Happening]:
    """As they would have been recorded on their days; of one day, in the order the procedure takes."""
    places = {kind.code: place for place, kind in enumerate(EVENT_KINDS)}
    return sorted(happenings, key=lambda h: (h.occurred_on or date.max, places[h.kind]))


def _find_or_create(act: ActDescription | None) -> Act | None:
    if act is None:
        return None
    identity = ActIdentity(frozenset({act.agency.pk}), act.number, act.acted_on, act.kind)
    return find_or_create_act(act.agency, identity, act.title)


def _act(respondent, data: Mapping[str, Any]) -> ActDescription | None:
    if respondent is None or not data["act_title"]:
        return None
    return ActDescription(
        respondent, data["act_number"], data["acted_on"], data["matter"] or Matter.OTHER, data["act_title"]
    )


def _law_version(days: Mapping[str, date]) -> str:
    decisive = days.get("accepted") or days.get("received") or max(days.values(), default=None)
    return law_version_on(decisive) if decisive else ""
