"""The office's old ledger of reconsideration cases, read in as cases of the past and written out again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casemgr.actions.errors import InvalidInput
from casemgr.actions.perform import perform
from casemgr.cases import events
from casemgr.cases.models import Case, Event, Participation
from casemgr.ledgers.definition import CREATED, UNCHANGED, Ledger
from casemgr.organisation.models import User
from casemgr.pages.sheets import cells
from casemgr.pages.sheets.rows import Problem, Row, RowRefused
from casemgr.parties import names
from casemgr.parties.identity import NONE, guess_kind
from casemgr.parties.models import Party
from reconsideration.models import PROCEDURE, ManagementAreaRow, ReconsiderationCase
from reconsideration.terms import ApplicationMethod, Matter, Outcome, Track

NUMBER = "案号"
COLUMNS = (
    NUMBER, "收到日期", "申请方式", "申请人", "申请人证件号码", "被申请人", "行政行为", "行政行为文号", "行政行为日期",
    "知道日期", "事项类别", "管理类别", "受理日期", "审理程序", "答复通知送达日期", "答复日期", "听证日期", "中止日期",
    "恢复日期", "延长天数", "决定文书号", "决定日期", "结案方式", "送达日期", "是否起诉", "承办人", "归档日期",
)  # fmt: skip
METHODS = {
    "当面": ApplicationMethod.IN_PERSON, "邮寄": ApplicationMethod.POST, "网络": ApplicationMethod.ONLINE,
    "口头": ApplicationMethod.ORAL, "经行政机关": ApplicationMethod.VIA_AGENCY,
}  # fmt: skip
TRACKS = {"普通": Track.ORDINARY, "简易": Track.SIMPLIFIED}
MATTERS = {
    "行政处罚": Matter.PENALTY, "行政强制措施": Matter.COERCIVE_MEASURE, "行政强制执行": Matter.COERCIVE_EXECUTION,
    "行政征收": Matter.EXPROPRIATION, "行政许可": Matter.LICENCE, "行政确权": Matter.RIGHT_DETERMINATION,
    "行政确认": Matter.CONFIRMATION, "行政不作为": Matter.OMISSION, "政府信息公开": Matter.DISCLOSURE,
    "举报投诉处理": Matter.COMPLAINT_HANDLING, "行政协议": Matter.AGREEMENT, "行政赔偿": Matter.STATE_COMPENSATION,
    "行政补偿": Matter.INDEMNITY, "工伤认定": Matter.WORK_INJURY, "其他": Matter.OTHER,
}  # fmt: skip
OUTCOMES = {
    "维持": Outcome.UPHELD, "撤销": Outcome.ANNULLED, "部分撤销": Outcome.PARTLY_ANNULLED, "变更": Outcome.CHANGED,
    "确认违法": Outcome.CONFIRMED_ILLEGAL, "确认无效": Outcome.CONFIRMED_VOID, "责令履行": Outcome.PERFORMANCE_ORDERED,
    "协议责任": Outcome.AGREEMENT_LIABILITY, "赔偿": Outcome.COMPENSATION, "驳回请求": Outcome.REQUEST_REJECTED,
    "驳回申请": Outcome.APPLICATION_DISMISSED, "不予受理": Outcome.NOT_ACCEPTED, "告知不再处理": Outcome.NOT_HANDLED,
    "视为放弃": Outcome.ABANDONED, "终止": Outcome.TERMINATED, "调解": Outcome.MEDIATED,
}  # fmt: skip
# How a case ended, as the event that ended it and the one of its service
ENDED: dict[str, tuple[str, str]] = {
    Outcome.APPLICATION_DISMISSED: ("dismissed", "dismissal_served"),
    Outcome.NOT_ACCEPTED: ("refused", "refusal_served"),
    Outcome.NOT_HANDLED: ("not_handled", ""),
    Outcome.ABANDONED: ("abandoned", ""),
    Outcome.TERMINATED: ("terminated", "termination_served"),
    Outcome.MEDIATED: ("mediated", ""),
}
DECIDED = ("decided", "decision_served")
HAPPENED = {
    "收到日期": "received", "受理日期": "accepted", "答复通知送达日期": "copy_served", "答复日期": "reply_received",
    "听证日期": "hearing_held", "中止日期": "suspended", "恢复日期": "resumed", "归档日期": "archived",
}  # fmt: skip
YES, NO = "是", "否"
ENTRIES = {"number": NUMBER, "act_title": "行政行为", "act_number": "行政行为文号", "acted_on": "行政行为日期",
           "known_on": "知道日期"}  # fmt: skip


def load(row: Row, actor: Any, today: date) -> str:
    """One row as a case of the past. A number that is registered with other content is refused, never overwritten."""
    number = cells.text(row, NUMBER)
    known = ReconsiderationCase.objects.filter(number=number).order_by("pk").first()
    if known is not None:
        _refuse_if_different(row, known)
        return UNCHANGED
    data = past_case(row, today)
    try:
        perform("reconsideration.record_past_case", None, data, actor, today)
    except InvalidInput as error:
        raise RowRefused(_problems(error)) from error
    return CREATED


def past_case(row: Row, today: date) -> dict[str, Any]:
    """The form of `record_past_case` for a row. :raises RowRefused: naming the cell that cannot be read."""
    outcome = cells.word(row, "结案方式", OUTCOMES)
    return {
        "number": cells.text(row, NUMBER),
        "application_method": cells.word(row, "申请方式", METHODS),
        "act_title": cells.text(row, "行政行为"),
        "act_number": cells.text(row, "行政行为文号"),
        "acted_on": cells.day(row, "行政行为日期"),
        "known_on": cells.day(row, "知道日期"),
        "matter": cells.word(row, "事项类别", MATTERS),
        "area": _area(row),
        "track": cells.word(row, "审理程序", TRACKS),
        "outcome": outcome,
        "lead_handler": _handler(row),
        "source_note": "",
        "people": _people(row, today),
        "respondents": _respondents(row),
        "happened": _happened(row, outcome),
    }


def _area(row: Row) -> int | None:
    name = cells.text(row, "管理类别")
    if not name:
        return None
    found = ManagementAreaRow.objects.filter(name=name).first()
    if found is None:
        known = "/".join(ManagementAreaRow.objects.values_list("name", flat=True))
        message = _("“%(value)s” is not one of: %(words)s.") % {"value": name, "words": known}
        raise RowRefused([Problem("管理类别", message)])
    return found.pk


def _handler(row: Row) -> int | None:
    name = cells.text(row, "承办人")
    found = User.objects.filter(full_name=name).order_by("pk").first() if name else None
    return found.pk if found else None


def _people(row: Row, today: date) -> list[dict[str, Any]]:
    found, numbers = cells.several(row, "申请人"), cells.several(row, "申请人证件号码")
    if numbers and len(numbers) != len(found):
        message = _("There are %(names)s names and %(numbers)s numbers. Write as many of each, separated by 、.")
        raise RowRefused([Problem("申请人证件号码", message % {"names": len(found), "numbers": len(numbers)})])
    people = []
    for position, name in enumerate(found):
        number = numbers[position] if numbers else ""
        person: dict[str, Any] = {"name": name, "is_another": "on", "kind": _kind(name, number)}
        if number and "*" not in number:
            is_person = person["kind"] == Party.Kind.PERSON
            person |= {"identity_number": number, "identity_kind": guess_kind(number, is_person=is_person, today=today)}
        else:
            person |= {"identity_kind": NONE, "identity_note": number or "台账未记载"}
        people.append(person)
    return people


def _kind(name: str, number: str) -> str:
    """An organisation shows by its code or its name; else a person."""
    is_code = len(number) == 18 and not number[:17].isdigit() and "*" not in number
    return Party.Kind.ORGANISATION if is_code or names.organisation_core(name) != name else Party.Kind.PERSON


def _respondents(row: Row) -> list[dict[str, Any]]:
    found = []
    for name in cells.several(row, "被申请人"):
        agency = Party.objects.filter(
            kind=Party.Kind.AGENCY, name_key=names.name_key(name), merged_into__isnull=True
        ).first()
        found.append({"known_party": agency.pk} if agency else {"name": name})
    return found


def _happened(row: Row, outcome: str) -> list[dict[str, Any]]:
    days = {column: cells.day_or_month(row, column) for column in (*HAPPENED, "决定日期", "送达日期")}
    found = [{"kind": kind, "on": days[column]} for column, kind in HAPPENED.items() if days[column]]
    if not days["收到日期"]:
        found.insert(0, {"kind": "received", "on": ""})
    ended, served = ENDED.get(outcome, DECIDED)
    if outcome or days["决定日期"]:
        found.append({"kind": ended, "on": days["决定日期"], "note": cells.text(row, "决定文书号")})
    if days["送达日期"] and served:
        found.append({"kind": served, "on": days["送达日期"]})
    if extended := cells.text(row, "延长天数"):
        if not extended.isdigit():
            raise RowRefused([Problem("延长天数", _("Enter a number of days."))])
        found.append({"kind": "extended", "on": "", "days": extended})
    if cells.word(row, "是否起诉", {YES: YES, NO: NO}) == YES:
        found.append({"kind": "sued", "on": ""})
    return found


def _refuse_if_different(row: Row, case: ReconsiderationCase) -> None:
    held = row_of(case, lambda party, what: "")
    problems = [
        Problem(column, _("The register holds “%(held)s”. Correct the case, or the ledger.") % {"held": held[column]})
        for column in COLUMNS
        if column in row and column not in (NUMBER, "申请人证件号码", "承办人", "是否起诉")
        if _plain(column, row) != str(held.get(column) or "")
    ]
    if problems:
        raise RowRefused(problems)


def _plain(column: str, row: Row) -> str:
    return cells.day_or_month(row, column) if column.endswith("日期") else cells.text(row, column)


def _problems(error: InvalidInput) -> list[Problem]:
    """The form's errors under the headings of the ledger."""
    found = []
    for refusal in error.refusals:
        name = refusal.field or ""
        if name.startswith("people"):
            column = "申请人证件号码" if "identity" in name else "申请人"
        elif name.startswith("respondents"):
            column = "被申请人"
        else:
            column = ENTRIES.get(name, "")
        found.append(Problem(column, str(refusal.message)))
    return found


def rows(year: int, numbers: Callable[[Party, str], str]) -> Iterator[Mapping[str, Any]]:
    """Cases numbered in the year, in the order of their numbers."""
    cases = ReconsiderationCase.objects.filter(procedure=PROCEDURE, number_year=year).exclude(state="VOID")
    loaded = cases.select_related("act", "lead_handler", "reconsideration_facts__area").prefetch_related(
        "events", "participations__party"
    )
    for case in loaded.order_by("number_sequence", "pk").iterator(chunk_size=500):
        yield row_of(case, numbers)


def row_of(case: Case, numbers: Callable[[Party, str], str]) -> dict[str, Any]:
    """A case in the ledger's columns; what is not known stays empty."""
    facts = events.facts_of(case)
    own = case.facts
    parts = [part for part in case.participations.all() if not part.left_on]
    parts.sort(key=lambda part: (part.role, part.order, part.pk))
    applicants = [part for part in parts if part.role == Participation.Role.APPLICANT]
    respondents = [part for part in parts if part.role == Participation.Role.RESPONDENT]
    ended, served = ENDED.get(case.outcome, DECIDED)
    end = events.last_of(facts, ended)
    given = [numbers(part.party, "identity") or _hidden(part.party) for part in applicants]
    act = case.act
    row: dict[str, Any] = {
        NUMBER: case.number,
        "申请方式": _word(METHODS, own.application_method),
        "申请人": "、".join(part.name for part in applicants),
        "申请人证件号码": "、".join(given) if any(given) else "",
        "被申请人": "、".join(part.name for part in respondents),
        "行政行为": act.title if act else "",
        "行政行为文号": act.number if act else "",
        "行政行为日期": act.acted_on.isoformat() if act and act.acted_on else "",
        "知道日期": own.known_on.isoformat() if own.known_on else "",
        "事项类别": _word(MATTERS, own.matter),
        "管理类别": own.area.name if own.area else "",
        "审理程序": _word(TRACKS, own.track),
        "延长天数": _extended(facts),
        "决定文书号": end.data.get("note", "") if end else "",
        "决定日期": _day(end),
        "结案方式": _word(OUTCOMES, case.outcome),
        "送达日期": _day(events.last_of(facts, served)) if served else "",
        "是否起诉": YES if events.last_of(facts, "sued") else "",
        "承办人": case.lead_handler.full_name if case.lead_handler else "",
    }
    return row | {column: _day(events.last_of(facts, kind)) for column, kind in HAPPENED.items()}


def _hidden(party: Party) -> str:
    return party.identity_note if "*" in party.identity_note else ""


def _word(words: Mapping[str, str], code: str) -> str:
    return next((word for word, known in words.items() if known == code), "")


def _extended(facts: list[events.Fact]) -> str:
    days = sum(int(fact.data.get("days", 0)) for fact in facts if fact.kind == "extended")
    return str(days) if days else ""


def _day(fact: events.Fact | None) -> str:
    """As exactly as it is known."""
    if fact is None or fact.occurred_on is None:
        return ""
    if fact.root.precision == Event.Precision.MONTH and fact.corrected_by is None:
        return f"{fact.occurred_on:%Y-%m}"
    return fact.occurred_on.isoformat()


LEDGER = Ledger(
    code=PROCEDURE,
    label=gettext_lazy("Administrative reconsideration"),
    columns=COLUMNS,
    load=load,
    rows=rows,
    required=(NUMBER, "申请人", "被申请人"),
    words={
        "申请方式": tuple(METHODS),
        "审理程序": tuple(TRACKS),
        "事项类别": tuple(MATTERS),
        "结案方式": tuple(OUTCOMES),
        "是否起诉": (YES, NO),
    },
)
