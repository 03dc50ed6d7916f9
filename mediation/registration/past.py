"""A dispute that began before casemgr: what its entries say, in plain words, and its rows.

One of the past is as its source leaves it, and no clock runs. One still open runs on by its days, and stands where its
mediation stands by what happened.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models

from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.cases.bulk.description import CaseDescription, Happening, Part
from casemgr.cases.models import Case, Event, Participation
from casemgr.cases.procedure import ENDED_STAGES
from casemgr.cases.registration.past import number_parts
from casemgr.cases.registration.resolving import FindOrCreate, resolve
from casemgr.organisation.models import Unit
from casemgr.parties import registry
from mediation.agreements.standing import numbered, round_subject
from mediation.events import EVENT_KINDS
from mediation.models import PROCEDURE, Agreement, CaseMediator, MediationCase, MediationFacts, Obligation
from mediation.registration.choices import area_of
from mediation.registration.past_form import RecordPastDisputeForm
from mediation.registration.recording import committee_of, create_case, default_title
from mediation.states import STATES
from mediation.terms import AgreementForm, CourtTrack, Ending, ObligationKind, Performance, SubSource

CONTENT = "协议内容见纸质卷宗，台账未载明。"
OWED = "按协议书履行（台账未分项）"
# What is known to have happened last leaves the case in this state; the first line that fits counts.
REACHED: tuple[tuple[str, str], ...] = (
    ("voided", "VOID"),
    ("archived", "ARCHIVED"),
    ("closed", "CLOSED"),
    ("returned", "RETURNED"),
    ("refused", "NOT_ACCEPTED"),
    ("referred_out", "REFERRED_OUT"),
    ("failed", "FAILED"),
    ("terminated", "TERMINATED"),
    ("withdrawn", "WITHDRAWN"),
    ("performed", "TRACKING"),
    ("agreement_effective", "AGREED"),
    ("agreed", "AGREED"),
    ("session_held", "MEDIATING"),
    ("mediation_begun", "MEDIATING"),
    ("accepted", "ACCEPTED"),
    ("registered", "REGISTERED"),
)
AGREED: Mapping[str, str] = {AgreementForm.WRITTEN: "AGREED_W", AgreementForm.ORAL: "AGREED_O", "": "TRACKING"}
"""Whether an agreement is written shows in its state; where that is unknown, only that it is followed."""
OUTCOMES: Mapping[str, str] = {
    "performed": Ending.AGREED,
    "agreement_effective": Ending.AGREED,
    "agreed": Ending.AGREED,
    "failed": Ending.FAILED,
    "terminated": Ending.TERMINATED,
    "withdrawn": Ending.WITHDRAWN,
    "returned": Ending.RETURNED,
    "refused": Ending.NOT_ACCEPTED,
    "referred_out": Ending.REFERRED_OUT,
    "voided": Ending.VOID,
}
OF_THE_ROUND = (
    *("agreed", "agreement_effective", "performed", "breached", "visited", "sued", "enforcement_applied"),
    *(kind.code for kind in EVENT_KINDS if kind.code.startswith("confirmation_")),
)
"""What belongs to one agreement; a source that tells several rounds is entered round by round."""
_COPIED = (
    *("source", "sub_source", "dispute_type", "sub_type", "place", "summary", "claims", "amount_yuan"),
    *(
        "amount_is_approximate",
        "people",
        "other_side_unknown",
        "performance",
        "source_note",
        "committee_as_written",
        "tags",
    ),
)
_STAGES = {state.code: state.stage for state in STATES}
_PLACES = {kind.code: place for place, kind in enumerate(EVENT_KINDS)}


@dataclass
class Described:
    """A dispute in plain words, with what only mediation keeps of it in rows of its own."""

    case: CaseDescription
    agreement: Agreement | None = None
    mediators: list[CaseMediator] = field(default_factory=list)

    def own_rows(self, case: Case) -> Iterable[models.Model]:
        """Rows of a dispute that goes on, to be saved in their order once the case has its number."""
        for row in self.mediators:
            row.case = case
            yield row
        if self.agreement is None:
            return
        self.agreement.case, self.agreement.number = case, numbered(case, 1)
        yield self.agreement
        if self.case.facts.performance != Performance.PERFORMED:
            yield _owed(self.agreement, case)


def _owed(agreement: Agreement, case: Case) -> Obligation:
    """What is owed by an agreement whose terms the source does not list, so that it is followed until performed."""
    parts = list(Participation.objects.filter(case_id=case.pk).order_by("role", "order", "pk"))
    of = {role: next((part for part in parts if part.role == role), None) for role in ("applicant", "respondent")}
    return Obligation(
        agreement=agreement,
        debtor=of["respondent"] or of["applicant"],
        creditor=of["applicant"] if of["respondent"] else None,
        kind=ObligationKind.DO,
        subject=OWED,
    )


def describe(
    data: Mapping[str, Any],
    happened: Sequence[Mapping[str, Any]],
    parts: list[Part],
    default_unit: Unit,
    *,
    derives: bool = False,
) -> Described:
    """The dispute as cleaned entries say it. `derives`: its periods are derived although it ended."""
    runs = data["is_open"] or derives
    days = {entry["kind"]: entry["on"][0] for entry in happened if entry["on"][1] == Event.Precision.DAY}
    happenings = [_happening(entry, data) for entry in happened]
    if data["mediators"]:
        on = days.get("mediation_begun") or days.get("accepted") if runs else None
        happenings.append(Happening("mediators_named", on, data={"names": data["mediators"]}))
    if runs:
        happenings.sort(key=_place)
    kinds = [happening.kind for happening in happenings]
    state, last = _state(kinds, data)
    unit = data["unit"] or default_unit
    facts = MediationFacts(
        **{name: data[name] for name in _COPIED},
        committee=committee_of(unit),
        town=data["town"] or area_of(unit),
        court_track=data["court_track"] or _court_track(data["sub_source"]),
    )
    case = CaseDescription(
        procedure=PROCEDURE,
        number=number_parts(data["number"], days.values()) if data["number"] else None,
        numbered_on=days.get("registered"),
        numbered_by=(facts.committee.code, facts.committee.short_name or facts.committee.name),
        parts=parts,
        columns={
            "title": data["title"] or default_title(parts, facts),
            "unit": unit,
            "lead_handler": data["lead_handler"],
            "opened_on": days.get("registered"),
            "closed_on": days.get("closed") or days.get(last) if _STAGES[state] in ENDED_STAGES else None,
            "state": state,
            "outcome": data["outcome"] or next((OUTCOMES[k] for k in reversed(kinds) if k in OUTCOMES), ""),
            "is_past_record": not runs,
        },
        facts=facts,
        happenings=happenings,
    )
    described = Described(case)
    if runs and "agreement_effective" in days and "agreed" in days:
        described.agreement = _agreement(data, days)
    if data["is_open"] and state in ("MEDIATING", "PAUSED"):
        described.mediators = _mediators(data, days)
    return described


def _happening(entry: Mapping[str, Any], data: Mapping[str, Any]) -> Happening:
    day, precision, written = entry["on"]
    kind = entry["kind"]
    kept: dict[str, Any] = {"note": entry["note"], "days": entry["days"]}
    if kind in ("agreed", "agreement_effective"):
        kept["form"] = data["agreement_form"]
    if kind == "confirmation_valid" and day:
        kept["planned_on"] = day.isoformat()  # no last day of performance is told: art. 250(2)
    return Happening(
        kind=kind,
        occurred_on=day,
        precision=precision,
        as_written=entry["as_written"] or written,
        subject=round_subject(1) if kind in OF_THE_ROUND else "",
        data={name: value for name, value in kept.items() if value},
    )


def _place(happening: Happening) -> tuple[date, int]:
    """As it would have been recorded on its day; of one day, in the order the procedure takes."""
    return happening.occurred_on or date.max, _PLACES[happening.kind]


def _state(kinds: Collection[str], data: Mapping[str, Any]) -> tuple[str, str]:
    """The state that the known events allow, and the one that leads there."""
    state, last = next((state, kind) for kind, state in REACHED if kind in kinds)
    if state == "MEDIATING" and list(kinds).count("paused") > list(kinds).count("resumed"):
        return "PAUSED", "paused"
    if state == "AGREED":
        is_owed = data["is_open"] and data["performance"] != Performance.PERFORMED
        return ("TRACKING" if is_owed else AGREED[data["agreement_form"]]), last
    return state, last


def _court_track(sub_source: str) -> str:
    """After filing the ordinary or the summary procedure runs; a source that does not tell is read strictly."""
    if sub_source == SubSource.COURT_DELEGATED:
        return CourtTrack.DELEGATED
    return CourtTrack.ENTRUSTED_SUMMARY if sub_source == SubSource.COURT_ENTRUSTED else ""


def _agreement(data: Mapping[str, Any], days: Mapping[str, date]) -> Agreement:
    return Agreement(
        round=1,
        form=data["agreement_form"],
        status=Agreement.Status.EFFECTIVE,
        rule=Agreement.Rule.RECORDED,
        made_on=days["agreed"],
        content=CONTENT,
        effective_on=days["agreement_effective"],
    )


def _mediators(data: Mapping[str, Any], days: Mapping[str, date]) -> list[CaseMediator]:
    """Who mediates a dispute that goes on, the first named leading."""
    joined_on = days.get("mediation_begun") or days["accepted"]
    names = [name for name in data["mediators"].split("、") if name]
    roles = [CaseMediator.Role.LEAD, *[CaseMediator.Role.CO] * len(names)]
    handler = data["lead_handler"]
    return [
        CaseMediator(
            name=name,
            role=role,
            joined_on=joined_on,
            user=handler if handler is not None and handler.full_name == name else None,
        )
        for name, role in zip(names, roles, strict=False)
    ]


def resolve_people(form: RecordPastDisputeForm, find_or_create: FindOrCreate) -> list[Part]:
    """The parties of the form's rows. :raises InvalidInput: a contradiction, or a party entered twice."""
    return resolve(form, [(row, row.cleaned_data["role"]) for row in form.people.filled], find_or_create)


def record_past(form: RecordPastDisputeForm, data: Mapping[str, Any], actor: Any, today: date) -> MediationCase:
    """The case, its parties and what is known to have happened."""
    parts = resolve_people(form, lambda party: registry.find_or_create(party, actor, today))
    happened = [row.cleaned_data for row in form.happened.filled]
    described = describe(data, happened, parts, form.default_unit)
    case = create_case(
        number=described.case.number, parts=parts, facts=described.case.facts, today=today, **described.case.columns
    )
    for row in described.own_rows(case):
        row.save()
    for happening in described.case.happenings:
        events.record(
            case,
            happening.kind,
            happening.occurred_on,
            precision=happening.precision,
            as_written=happening.as_written,
            subject=happening.subject,
            **happening.data,
        )
    settle(case, today, closes=False)
    return case
