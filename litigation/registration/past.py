"""A suit that began before casemgr: its instances as a source tells them, in plain words and then as rows.

One of the past is as its source leaves it, and no clock runs. One still before the court runs on by its days.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext as _

from casemgr.actions.errors import InvalidInput
from casemgr.cases import events
from casemgr.cases.actions import settle
from casemgr.cases.bulk.description import CaseDescription, Happening, Part
from casemgr.cases.links import link
from casemgr.cases.models import Case, CaseAccess, CaseLink, Event, Participation
from casemgr.cases.procedure import ENDED_STAGES
from casemgr.cases.registration.past import number_parts
from casemgr.cases.registration.resolving import FindOrCreate, resolve
from casemgr.organisation.models import Unit
from casemgr.pages.dates import moment
from casemgr.parties.models import Party
from litigation.conditions import AGENCY
from litigation.court.appearance import BEFORE_COURT, AgencyView, of_case, verdict_of
from litigation.court.heads import category_of
from litigation.court.judging import day_of
from litigation.court_numbers import parse
from litigation.following import NOTHING_IS_ASKED, follow
from litigation.instances import replace_papers
from litigation.models import (
    PROCEDURE,
    Appearance,
    CourtSession,
    Execution,
    Instance,
    LitigationCase,
    LitigationFacts,
    Ruling,
    Standing,
)
from litigation.outcomes import SERVED_AS, is_retriable, replaces_below
from litigation.registration.entering import create_file, default_title
from litigation.registration.past_form import PastSuitForm
from litigation.registration.rows import Role
from litigation.states import STATES
from litigation.terms import AbsenceGround, AgencyRole, Deed, Direction, FileKind, Level, Outcome

NO_DAY = "台账未记载日期"
IN_COURT = (Level.FIRST, Level.SECOND, Level.RETRIAL, Level.RETRIAL_REVIEW)
EXECUTIONS = (Level.EXECUTION, Level.RESUMED)
RECEIVED_AS: Mapping[str, str] = {Level.SECOND: "appeal_copy_received", Level.REVIEW: "case_filed",
                                  Level.EXECUTION: "execution_opened", Level.RESUMED: "execution_opened"}  # fmt: skip
ANSWERED_AS: Mapping[str, str] = {Level.SECOND: "appeal_answered"}
UNHEARD_STATE: Mapping[str, str] = {Level.SECOND: "APPEALED", Level.RETRIAL: "RETRIAL", Level.RETRIAL_REVIEW: "RETRIAL"}
_STAGES = {state.code: state.stage for state in STATES}
P = TypeVar("P", Part, Participation)
Told = Mapping[str, Any]
"""A cleaned form of one instance, with its `heads` as a list of cleaned rows."""


@dataclass
class PastFile:
    """One file with its instances as they are told, in their order."""

    parts: list[Part]
    unit: Unit
    told: list[Told] = field(default_factory=list)
    case: LitigationCase | None = None
    """Once it is written."""

    @property
    def kind(self) -> str:
        """An agency that asks a court to enforce its act stands on the plaintiff's side."""
        level = self.told[0]["level"]
        is_agency = any(part.party.kind == Party.Kind.AGENCY for part in self.parts if part.role == Role.APPLICANT)
        is_act = level == Level.REVIEW or (level in EXECUTIONS and is_agency)
        return FileKind.ENFORCEMENT if is_act else FileKind.SUIT

    @property
    def agencies(self) -> list[Party]:
        """Those sued."""
        return [part.party for part in _sued(self.parts)]

    def first(self, name: str) -> Any:
        """What the earliest instance says of it that says anything; empty where none does."""
        return next((told[name] for told in self.told if told[name]), "")

    @property
    def runs(self) -> bool:
        """Its last instance is open, and of each before it the day is known on which its paper came."""
        *before, last = self.told
        return bool(last["is_open"]) and all(_is_exact(told["served_on"]) for told in before)


def _sued(parts: Iterable[P]) -> list[P]:
    """The agencies among the defendants."""
    return [part for part in parts if part.role == Role.RESPONDENT and part.party.kind == Party.Kind.AGENCY]


def _is_exact(day: tuple) -> bool:
    return day[0] is not None and day[1] == Event.Precision.DAY


def told_by(form: PastSuitForm) -> dict[str, Any]:
    return {**form.cleaned_data, "heads": [row.cleaned_data for row in form.heads.filled]}


def new_file(form: PastSuitForm, find_or_create: FindOrCreate, unit: Unit | None) -> PastFile:
    """The file that begins with what the form says. :raises InvalidInput: a side is missing, or nobody follows."""
    if unit is None:
        form.add_error(None, _("Nobody is court liaison today: ask the administrator to give somebody that role."))
        raise InvalidInput(form)
    parts = resolve(form, form.sides(), find_or_create)
    found = PastFile(parts, unit, [told_by(form)])
    if not any(part.role == Role.APPLICANT for part in parts):
        form.add_error(None, _("Enter the plaintiff."))
    is_suit = found.kind == FileKind.SUIT and found.told[0]["level"] not in EXECUTIONS
    if is_suit and not found.agencies:
        form.add_error(None, _("Enter the agency that is sued."))
    if form.errors:
        raise InvalidInput(form)
    return found


# in plain words


def state_of(file: PastFile) -> str:
    """Where the file stands by what is told of its last instance before the court."""
    suits = [told for told in file.told if told["level"] in IN_COURT]
    last = suits[-1] if suits else file.told[-1]
    outcome = last["outcome"]
    if not suits:
        if file.kind == FileKind.SUIT:
            return "ENFORCED"
        return "TO_PERFORM" if outcome in ("", Outcome.ENFORCEMENT_ALLOWED) else "NOTHING_TO_PERFORM"
    if not outcome:
        if last["heard_on"]:
            return "TRIED"
        if last["answered_on"][0]:
            return "ANSWERED"
        is_remanded = len(suits) > 1 and suits[-2]["outcome"] == Outcome.REMANDED
        return "REMANDED" if is_remanded else UNHEARD_STATE.get(last["level"], "RECEIVED")
    if outcome in (Outcome.WITHDRAWN, Outcome.WITHDRAWN_CHANGED) and last["level"] == Level.FIRST:
        return "WITHDRAWN"
    if outcome == Outcome.REMANDED:
        return "REMANDED"
    if last["effective_on"][0]:
        return "NOTHING_TO_PERFORM" if outcome in NOTHING_IS_ASKED else "EFFECTIVE"
    return "APPEALED" if last["appealed_on"][0] else "JUDGED"


def happenings_of(told: Told, order: int, agencies: Sequence[Party], *, runs: bool) -> Iterator[Happening]:
    """What becomes entries of one instance. Whose day it was is only known of a single agency, and said of each in a
    file that runs: the ledger is the agency's own."""
    subject = f"instance:{order}"
    paper = f"{subject}/ruling:1"
    each: list[Party | None] = list(agencies) if runs or len(agencies) == 1 else [None]
    kept = {"level": told["level"], "court": told["court"], "number": told["court_number"]}
    if told["unheard"]:
        kept["unheard"] = told["unheard"]
    opened = told["received_on"] if runs else (None, Event.Precision.UNKNOWN, "")
    yield _happening("instance_opened", opened, subject, None, kept)
    received, answered = RECEIVED_AS.get(told["level"], "complaint_received"), ANSWERED_AS.get(told["level"])
    for kind, name in ((received, "received_on"), (answered or "answer_filed", "answered_on")):
        if told[name][0]:
            yield from (_happening(kind, told[name], subject, party) for party in each)
    for number, day in enumerate(told["heard_on"], 1):
        heads = {"came": [row["agency"] for row in told["heads"] if row["name"]],
                 "absent": [row["agency"] for row in told["heads"] if not row["name"]]}  # fmt: skip
        heads = {name: found for name, found in heads.items() if found} if number == 1 else {}
        yield _happening("session_held", day, f"{subject}/session:{number}", None, heads)
    if told["kind"]:
        yield from _of_paper(told, paper, each)
    if told["outcome"] in (Outcome.WITHDRAWN, Outcome.WITHDRAWN_CHANGED) and told["level"] == Level.FIRST:
        yield _inferred("suit_withdrawn", told, subject, {})


def _of_paper(told: Told, paper: str, each: Iterable[Party | None]) -> Iterator[Happening]:
    said = {"outcome": told["outcome"], "matter": told["matter"], "number": told["court_number"]}
    yield _inferred("judgment_made" if told["outcome"] else "ruling_made", told, paper, said)
    if told["served_on"][0]:
        kept: dict[str, Any] = {"side": AGENCY, **({"appealable": True} if told["is_appealable"] else {})}
        yield from (_happening(SERVED_AS[told["kind"]], told["served_on"], paper, party, kept) for party in each)
    if told["appealed_on"][0]:
        yield _happening("appealed", told["appealed_on"], paper)
    if told["effective_on"][0]:
        kept = {"told": True, **({"retrial": True} if is_retriable(told["outcome"], told["level"]) else {})}
        yield _happening("ruling_effective", told["effective_on"], paper, None, kept)


def _inferred(kind: str, told: Told, subject: str, data: Mapping[str, Any]) -> Happening:
    """What happened on the day on which its paper came, at the latest; unknown where that day is not exact."""
    if not _is_exact(told["served_on"]):
        return Happening(kind, None, as_written=NO_DAY, subject=subject, data=data)
    data = {**data, "inferred_from": SERVED_AS[told["kind"]]}
    return Happening(kind, told["served_on"][0], as_written=NO_DAY, subject=subject, data=data)


def _happening(
    kind: str, day: tuple, subject: str, party: Party | None = None, data: Mapping[str, Any] | None = None
) -> Happening:
    on, precision, written = day
    return Happening(kind, on, precision, written, party, subject, data or {})


def describe(file: PastFile) -> CaseDescription:
    """The file's row, facts and entries, but for the rows of its instances."""
    first, last = file.told[0], file.told[-1]
    state, runs = state_of(file), file.runs
    days = [told[name][0] for told in file.told for name in ("received_on", "served_on") if told[name][0]]
    received = first["received_on"]
    applicants = [part.party for part in file.parts if part.role == Role.APPLICANT]
    responsible = file.first("responsible") or next((one for one in (*file.agencies, *applicants) if one.unit_id), None)
    cause = file.first("cause")
    ended = last["effective_on"] if _is_exact(last["effective_on"]) else last["served_on"]
    opened = received[0] if _is_exact(received) else None
    registered = received if runs else (None, Event.Precision.UNKNOWN, "")
    happenings = [_happening("registered", registered, "")]
    for order, told in enumerate(file.told, 1):
        happenings += happenings_of(told, order, file.agencies, runs=runs)
    if runs:
        happenings.sort(key=lambda one: one.occurred_on or date.min)
    return CaseDescription(
        procedure=PROCEDURE,
        number=_number_of(first["court_number"], days),
        parts=file.parts,
        columns={
            "title": _title(file, cause),
            "unit": file.unit,
            "opened_on": opened,
            "closed_on": ended[0] if _STAGES[state] in ENDED_STAGES and _is_exact(ended) else None,
            "state": state,
            "outcome": next((told["outcome"] for told in reversed(file.told) if told["outcome"]), ""),
            "is_past_record": not runs,
        },
        facts=LitigationFacts(
            file_kind=file.kind,
            cause=cause,
            reconsideration_number=file.first("reconsideration_number"),
            responsible=responsible,
            responsible_unit=responsible.unit if responsible is not None else None,
            running_order=running_order_of(file.told),
            source_note=first["source_note"],
        ),
        happenings=happenings,
    )


def _number_of(written: str, days: Sequence[date]) -> tuple[str, int, int]:
    """The court's number is the file's own, with its year and serial number."""
    number = parse(written)
    return (written, number.year, number.serial) if number is not None else number_parts(written, days)


def running_order_of(told: Sequence[Told]) -> int:
    """The last instance before the court; an execution never runs."""
    return max((order for order, one in enumerate(told, 1) if one["level"] not in EXECUTIONS), default=1)


def _title(file: PastFile, cause: str) -> str:
    if file.kind == FileKind.SUIT:
        return default_title(file.parts, cause)
    names = {role: "、".join(part.party.name for part in file.parts if part.role == role) for role in Role.values}
    return f"{names[Role.APPLICANT]}申请执行{names[Role.RESPONDENT]}{cause}"[:200]


# as rows


@dataclass
class InstanceRows:
    """One instance with what hangs on it, not yet saved; in the order in which it is."""

    instance: Instance
    standings: list[Standing] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)
    sessions: list[CourtSession] = field(default_factory=list)
    appearances: list[Appearance] = field(default_factory=list)
    executions: list[Execution] = field(default_factory=list)

    def all(self) -> Iterator[models.Model]:
        yield self.instance
        for rows in (self.standings, self.rulings, self.sessions, self.appearances, self.executions):
            yield from rows


def rows_of(
    case: Case, told: Told, order: int, parts: Iterable[Participation], earlier: Instance | None, *, has_decided: bool
) -> InstanceRows:
    """`has_decided`: a reconsideration came before the suit, so that a government sued beside another decided it."""
    instance = Instance(
        case=case,
        order=order,
        level=told["level"],
        court=told["court"],
        court_number=told["court_number"],
        court_key=told["court_key"],
        earlier=earlier if told["level"] in IN_COURT else None,
        is_remanded=told["level"] == Level.FIRST and earlier is not None,
        outcome=told["outcome"],
    )
    found = InstanceRows(instance)
    if told["level"] in BEFORE_COURT:
        _enter_agencies(found, told, parts, has_decided=has_decided)
    if told["level"] in EXECUTIONS:
        found.executions = [_execution(instance, parts)]
    if told["kind"]:
        effective = told["effective_on"][0]
        found.rulings = [Ruling(in_instance=instance, order=1, kind=told["kind"], matter=told["matter"],
                                outcome=told["outcome"], number=told["court_number"],
                                is_appealable=told["is_appealable"], effective_on=effective)]  # fmt: skip
    return found


def _enter_agencies(found: InstanceRows, told: Told, parts: Iterable[Participation], *, has_decided: bool) -> None:
    for place, part in enumerate(sorted(_sued(parts), key=lambda part: part.order)):
        decided = has_decided and place > 0 and part.name.endswith("人民政府")
        role = AgencyRole.CO_DEFENDANT if place else AgencyRole.DEFENDANT
        deed = Deed.RECONSIDERED if decided else Deed.ACTED
        found.standings.append(Standing(in_instance=found.instance, participation=part, role=role, deed=deed))
    for number, (day, precision, _written) in enumerate(told["heard_on"], 1):
        if day is not None:
            found.sessions.append(CourtSession(in_instance=found.instance, number=number, planned_at=moment(day),
                                               held_on=day,
                                               is_month_only=precision == Event.Precision.MONTH))  # fmt: skip
    views = []
    for standing in found.standings:
        days = []
        for session in found.sessions:
            row = _appearance(session, standing, told["heads"])
            found.appearances.append(row)
            days.append(day_of(session, row))
        verdict = verdict_of(days, told["level"])
        standing.heard_on, standing.seen, standing.remarks = verdict.on, verdict.seen, list(verdict.remarks)
        views.append(AgencyView(verdict))
    whole = of_case(views)
    found.instance.heard_on, found.instance.seen = whole.on, whole.seen


def _appearance(session: CourtSession, standing: Standing, heads: Sequence[Mapping[str, str]]) -> Appearance:
    """A head who came to the first session need not come again (Appearance Provisions 2020, art. 7(1))."""
    told = next((row for row in heads if row["agency"] == standing.participation.name), None)
    row = Appearance(session=session, standing=standing, is_recorded=True)
    if told is None:
        return row
    if told["name"] and session.number == 1:
        row.head_came, row.head_name, row.head_post = True, told["name"], told["post"]
        row.head_category = category_of(told["post"], told["agency"])
    elif not told["name"] and told["reason"]:
        row.absence_ground, row.absence_note = AbsenceGround.OTHER, told["reason"]
    if not told["name"]:
        row.head_came = False
    return row


def _execution(instance: Instance, parts: Iterable[Participation]) -> Execution:
    applicants = [part for part in parts if part.role == Role.APPLICANT]
    is_agency = any(part.party.kind == Party.Kind.AGENCY for part in applicants)
    direction = Direction.NON_LITIGATION if is_agency else Direction.AGENCY_OWES
    return Execution(in_instance=instance, direction=direction, applicant=applicants[0] if applicants else None)


def accesses_of(case: Case, parts: Iterable[Participation]) -> list[CaseAccess]:
    """The agencies' units of the banner work on the file, as if they had been entered one by one."""
    units = {part.party.unit_id for part in parts if part.party.kind == Party.Kind.AGENCY} - {None, case.unit_id}
    return [CaseAccess(case=case, unit_id=unit, level=CaseAccess.Level.WORK) for unit in sorted(units)]


def all_rows(file: PastFile, case: Case, parts: Sequence[Participation]) -> list[InstanceRows]:
    """Of every instance; what a court above replaced is marked."""
    found: list[InstanceRows] = []
    has_decided = bool(file.first("reconsideration_number"))
    for order, told in enumerate(file.told, 1):
        before = next((one for one in reversed(found) if one.instance.level in IN_COURT), None)
        earlier = before.instance if before is not None else None
        rows = rows_of(case, told, order, parts, earlier, has_decided=has_decided)
        if before is not None and told["level"] in IN_COURT[1:] and replaces_below(told["outcome"]):
            for below in before.rulings:
                below.is_replaced = True
        found.append(rows)
    return found


# one by one


def record_past(file: PastFile, today: date) -> LitigationCase:
    """Write one file, with its clocks if it runs."""
    described = describe(file)
    columns = {name: value for name, value in described.columns.items() if name not in ("unit", "opened_on", "title")}
    case = create_file(
        parts=file.parts,
        facts=described.facts,
        act=None,
        unit=file.unit,
        lead_handler=None,
        opened_on=described.columns["opened_on"],
        title=described.columns["title"],
        today=today,
        number=described.number,
        **columns,
    )
    parts = list(Participation.objects.filter(case_id=case.pk).select_related("party"))
    for rows in all_rows(file, case, parts):
        for row in rows.all():
            row.save()
    for access in accesses_of(case, parts):
        access.save()
    _record(case, described.happenings)
    link_reconsideration(case, described.facts.reconsideration_number)
    _settle(case, today, runs=file.runs)
    return case


def _record(case: Case, happenings: Iterable[Happening]) -> None:
    for one in happenings:
        events.record(
            case, one.kind, one.occurred_on, precision=one.precision, as_written=one.as_written, party=one.party,
            subject=one.subject, **one.data,
        )  # fmt: skip


def _settle(case: LitigationCase, today: date, *, runs: bool) -> None:
    if runs:
        follow(case, today)
    settle(case, today, closes=False)


def link_reconsideration(case: Case, number: str) -> None:
    if number and (earlier := Case.objects.filter(procedure="reconsideration", number=number).order_by("pk").first()):
        link(CaseLink.Kind.SUED_OVER, case, earlier)


def record_later(case: LitigationCase, told: Told, today: date) -> LitigationCase:
    """A further instance of a written file."""
    known = list(case.instances.order_by("order"))
    parts = list(Participation.objects.filter(case_id=case.pk, left_on__isnull=True).select_related("party"))
    before = next((one for one in reversed(known) if one.level in IN_COURT), None)
    order = known[-1].order + 1
    for name in ("reconsideration_number", "cause"):
        if told[name] and not getattr(case.facts, name):
            setattr(case.facts, name, told[name])
    rows = rows_of(case, told, order, parts, before, has_decided=bool(case.facts.reconsideration_number))
    for row in rows.all():
        row.save()
    if before is not None and told["level"] in IN_COURT[1:] and replaces_below(told["outcome"]):
        replace_papers(before)
    runs = bool(told["is_open"]) and (not case.is_past_record or _all_dated(case))
    if told["level"] not in EXECUTIONS:
        case.facts.running_order = order
        case.go_on_as_told(state_of(PastFile([], case.unit, [_ended(before), told] if before is not None else [told])))
        case.is_past_record = not runs
    case.facts.save()
    case.outcome = told["outcome"] or case.outcome
    agencies = [part.party for part in sorted(_sued(parts), key=lambda part: part.order)]
    _record(case, happenings_of(told, order, agencies, runs=runs))
    link_reconsideration(case, case.facts.reconsideration_number)
    _settle(case, today, runs=runs)
    return case


def _ended(before: Instance) -> Told:
    return {"level": before.level, "outcome": before.outcome}


def _all_dated(case: Case) -> bool:
    """Every instance so far ended on a known day, so that none of its periods stays open."""
    made = {fact.subject.partition("/")[0] for fact in events.facts_of(case)
            if fact.kind == "judgment_made" and fact.occurred_on}  # fmt: skip
    return made >= {one.subject for one in case.instances.all() if one.level in IN_COURT}


__all__ = [
    "PastFile",
    "accesses_of",
    "all_rows",
    "describe",
    "link_reconsideration",
    "new_file",
    "record_later",
    "record_past",
    "told_by",
]  # fmt: skip
