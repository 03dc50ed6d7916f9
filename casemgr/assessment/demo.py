"""The demo's plan of the year with clauses in every state, a unit's sheet with its objection answered, and drafts of
reports; made by the actions users take, each on a believable day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from casemgr.actions.perform import perform
from casemgr.assessment.models import PlanClause, Report, SheetLine, SheetObjection, UnitSheet, YearPlan
from casemgr.assessment.models.report import ReportKind
from casemgr.indicators.definition import indicators
from casemgr.organisation.models import Unit

BUREAU, OFFICE, LAND, TOWN = "150621-SFJ", "150621-SFJ-FY", "150621-ZRJ", "150621100"
SENT, OBJECTED, ANSWERED, UNTIL = (timedelta(days=days) for days in (14, 11, 8, 4))
"""Before today: the sheet."""
Step = tuple[str, str, tuple[int, int], Mapping[str, str]]
"""Action, role of who takes it, month and day, and what is entered."""


@dataclass(frozen=True)
class Clause:
    """One clause of the plan and what became of it. `due`: month and day."""

    text: str
    unit: str
    due: tuple[int, int]
    indicator: str = ""
    measured: str = "whole"
    steps: tuple[Step, ...] = field(default=())


def _reported(role: str, on: tuple[int, int], text: str) -> Step:
    return ("clause.report", role, on, {"text": text})


def _judged(on: tuple[int, int], verdict: str, why: str = "") -> Step:
    return ("clause.judge", "liaison", on, {"verdict": verdict, "judgement": why})


CLAUSES = (
    Clause("生效行政裁判积案化解率年内达到百分之九十八。", BUREAU, (12, 31), "backlog-clearance"),
    Clause("行政机关负责人出庭应诉率达到百分之九十八，有正当理由并附材料的不计入。", BUREAU, (12, 31),
           "head-appearance-justified"),
    Clause("行政复议案件在六十日内办结，确需延期的依法审批。", OFFICE, (12, 31), "sixty-days", "unit"),
    Clause("各苏木镇建成并运行个人调解工作室。", BUREAU, (12, 20), "town-coverage"),
    Clause("修订自然资源领域行政处罚裁量基准，经合法性审核后公布。", LAND, (6, 30), steps=(
        _reported("department", (6, 18), "裁量基准已修订，经合法性审核后于6月16日公布。"),
        _judged((6, 25), "met", "文本和公布截图齐全。"))),
    Clause("建立负责人出庭应诉台账，按季度报送旗司法局。", LAND, (11, 15), steps=(
        _reported("department", (10, 12), "第三季度台账已报送。"),
        _judged((10, 15), "back", "缺第一、第二季度台账，请一并补报。"),
        _reported("department", (11, 10), "第一至第三季度台账已全部补报。"))),
    Clause("组织行政执法人员旁听庭审不少于两次。", LAND, (9, 30), steps=(
        _reported("department", (9, 28), "全年旁听庭审一次。"),
        _judged((10, 9), "unmet", "要求两次，只完成一次。"))),
    Clause("开展矛盾纠纷拉网式排查，逐户建立台账。", TOWN, (11, 20)),
    Clause("编印行政复议典型案例。", OFFICE, (12, 25)),
    Clause("举办调解员书法比赛。", TOWN, (8, 31), steps=(
        ("clause.drop", "liaison", (7, 2), {"reason": "旗委办压减活动，本条不再执行。"}),)),
)  # fmt: skip
BEGUN = (3, 1)
"""Before this day the demo's plan is that of the year before."""


def load(office: Mapping[str, Any], today: date) -> int:
    """Make what is not there yet; how many records were made."""
    year = today.year if today >= date(today.year, *BEGUN) else today.year - 1
    return sum((_plan(office, today, year), _sheet(office, today, year), _reports(office, today, year)))


def _plan(office: Mapping[str, Any], today: date, year: int) -> int:
    if YearPlan.objects.filter(year=year).exists():
        return 0
    entered = date(year, 1, 20)
    sent = {"year": year, "title": f"{year}年度行政争议预防化解工作计划", "basis": f"达党办发〔{year}〕3号"}
    plan = perform("plan.enter", None, sent, office["liaison"], entered)
    for number, clause in enumerate(CLAUSES, 1):
        entry = {
            "number": str(number), "text": clause.text, "unit": _unit(clause.unit).pk,
            "due_on": date(year, *clause.due),
            "indicator": clause.indicator if clause.indicator in indicators() else "", "measured": clause.measured,
        }  # fmt: skip
        perform("plan.add_clause", plan, entry, office["liaison"], entered)
        for action, role, on, data in clause.steps:
            if (day := date(year, *on)) <= today:
                made = PlanClause.objects.get(plan=plan, number=str(number))
                perform(action, made, data, office[role], day)
    return 1


def _sheet(office: Mapping[str, Any], today: date, year: int) -> int:
    """Sent to the department of the demo, which objects to the first number that counts anything."""
    unit, sent_on = _unit(LAND), today - SENT
    if UnitSheet.objects.filter(year=year, unit=unit).exists() or sent_on < date(year, *BEGUN):
        return 0
    sheet = perform("sheet.make", None, {"year": year, "unit": unit.pk}, office["liaison"], sent_on)
    sheet = perform("sheet.send", sheet, {"object_until": today - UNTIL}, office["liaison"], sent_on)
    line = SheetLine.objects.filter(sheet=sheet).order_by("-number", "order").first()
    objection = {"line": line.pk, "text": "其中一件已由上级机关直接承办，请核实责任单位。"}
    sheet = perform("sheet.object", sheet, objection, office["department"], today - OBJECTED)
    answer = {
        "objection": SheetObjection.objects.get(line=line).pk,
        "verdict": "refused",
        "answer": "经查阅卷宗，该件由你单位作出并承办，统计无误。",
    }
    perform("sheet.answer", sheet, answer, office["liaison"], today - ANSWERED)
    return 1


def _reports(office: Mapping[str, Any], today: date, year: int) -> int:
    """Drafts: of the year so far, and of the quarter that ended last."""
    made = 0
    ended = (today.month - 1) // 3
    quarter = (ReportKind.QUARTERLY, today.year if ended else today.year - 1, ended or 4)
    for kind, of, number in ((ReportKind.YEARLY, year, 0), quarter):
        if not Report.objects.filter(kind=kind, year=of, quarter=number).exists():
            sent = {"kind": kind.value, "year": of, "quarter": number or ""}
            perform("report.draft", None, sent, office["liaison"], today)
            made += 1
    return made


def _unit(code: str) -> Unit:
    return Unit.objects.get(code=code)


__all__ = ["load"]
