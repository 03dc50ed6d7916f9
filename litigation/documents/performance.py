"""履行方案 and 履行情况报告: how an effective ruling is performed, and what was done (Litigation Law, art. 94, 96)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, Missing, Part
from casemgr.documents.rendering import Cell, Table, chinese_date, figures
from casemgr.organisation.office import office_on
from litigation.documents.shapes import AgencyForm, agency_paper, needs, text_field
from litigation.documents.suitfile import GAP, SuitFile, file_of, lines, paper_of, said
from litigation.models import Obligation
from litigation.obligations import obligations_of, paid_of, stands
from litigation.terms import TermUnit

STATES = ("EFFECTIVE", "TO_PERFORM", "ENFORCED", "CLEARED")
UNIT_WORDS: dict[str, str] = {TermUnit.DAYS: "日", TermUnit.WORKING_DAYS: "个工作日", TermUnit.MONTHS: "个月"}


def owed_by(file: SuitFile, data: Data) -> list[Obligation]:
    """What the agency is to do under papers that stand."""
    part = file.agency(data)
    found = [one for one in obligations_of(file.case) if stands(one)]
    return [one for one in found if part is not None and one.debtor_id == part.pk]


def term_of(one: Obligation) -> str:
    if one.due_on is not None:
        return chinese_date(one.due_on)
    if one.term_length:
        return f"生效后{one.term_length}{UNIT_WORDS.get(one.term_unit, '日')}内"
    return "裁判文书未载明"


def amount_of(one: Obligation) -> str:
    return figures(one.amount_yuan) if one.amount_yuan is not None else "—"


def label(text: str) -> Cell:
    return Cell(text, label=True)


def paper_owed(file: SuitFile, data: Data) -> str:
    owed = owed_by(file, data)
    return paper_of(owed[-1].ruling if owed else file.ruling)


class PlanForm(AgencyForm):
    leader = forms.CharField(label=_("Leader in charge, with post"), required=False, max_length=80)
    person = forms.CharField(label=_("Person responsible, with post"), required=False, max_length=80)
    steps = text_field(_("Steps with their dates"), 5)
    funds = text_field(_("Source of the money"), 2, _("Left empty where nothing is to be paid."))
    risks = text_field(_("Difficulties, and how they are met"), 3)


def plan_text(case: Case, data: Data, today: date) -> Composed:
    file = file_of(case)
    funds = (Part("funds", said(data, "funds"), "四、资金来源"),) if data.get("funds") else ()
    risks = (Part("risks", said(data, "risks"), f"{'五' if funds else '四'}、困难及应对"),) if data.get("risks") else ()
    return Composed(
        (
            Part(
                "introduction",
                (f"{paper_owed(file, data)}已经发生法律效力。为依法全面履行生效裁判，制定本履行方案。",),
            ),
            Part("form", (), "一、履行内容和期限"),
            Part(
                "people",
                (f"分管领导：{data.get('leader') or GAP}。", f"责任人：{data.get('person') or GAP}。"),
                "二、责任分工",
            ),
            Part("steps", said(data, "steps"), "三、履行步骤"),
            *funds,
            *risks,
        ),
        addressee=office_on(today).office,
    )


def plan_blocks(case: Case, data: Data) -> dict[str, tuple[Any, ...]]:
    rows = [
        (Cell(str(number), align="center"), Cell(one.text), Cell(amount_of(one)), Cell(term_of(one)))
        for number, one in enumerate(owed_by(file_of(case), data), 1)
    ]
    head = tuple(label(text) for text in ("序号", "履行内容", "金额", "履行期限"))
    return {"form": (Table((head, *rows), widths=(1.1, 4.2, 2, 2.6), header_rows=1),)}


def needs_obligations(case: Case, data: Data) -> list[Missing]:
    if owed_by(file_of(case), data):
        return []
    message = _("Nothing that this agency is to perform is entered.")
    return [Missing("obligations", message, mended_by="litigation.open_performance")]


def plan_requires(case: Case, data: Data) -> list[Missing]:
    found = needs_obligations(case, data)
    found += needs(
        data,
        ("leader", _("Name the leader in charge.")),
        ("person", _("Name the person responsible.")),
        ("steps", _("Set the steps with their dates.")),
    )
    if any(one.amount_yuan for one in owed_by(file_of(case), data)):
        found += needs(data, ("funds", _("Something is to be paid: say where the money comes from.")))
    return found


PERFORMANCE_PLAN = agency_paper(
    code="performance_plan",
    name=_("Plan of performance"),
    title="生效裁判履行方案",
    form=PlanForm,
    compose=plan_text,
    blocks=plan_blocks,
    states=STATES,
    requires=plan_requires,
    primary=33,
)


class ReportForm(AgencyForm):
    """To the court that decided, or to the justice bureau."""

    to_court = forms.BooleanField(label=_("Addressed to the court that decided"), required=False)
    course = text_field(_("How it was performed"), 5)
    proofs = text_field(_("Proof that is attached"), 3, _("One a line."))
    rest = text_field(_("What is not performed, why, and until when it will be"), 3)


def report_text(case: Case, data: Data, today: date) -> Composed:
    file = file_of(case)
    owed = owed_by(file, data)
    rest = (Part("rest", said(data, "rest"), "三、尚未履行的内容及计划"),) if data.get("rest") else ()
    ruling = owed[-1].ruling if owed else file.ruling
    court = ruling.in_instance.court if ruling is not None else file.court
    return Composed(
        (
            Part("introduction", (f"现将{paper_of(ruling)}的履行情况报告如下：",)),
            Part("form", (), "一、逐项履行情况"),
            Part("course", said(data, "course"), "二、履行经过"),
            *rest,
        ),
        addressee=court if data.get("to_court") else office_on(today).office,
    )


def done_of(one: Obligation) -> str:
    """已于……履行, or what was done so far."""
    if one.waived_on is not None:
        return f"{chinese_date(one.waived_on)}经权利人放弃"
    told = [f"{chinese_date(row.on)}：{row.proof}" for row in one.performances.all() if row.counts]
    if one.done_on is not None:
        return "\n".join([f"已于{chinese_date(one.done_on)}履行完毕", *told])
    if one.amount_yuan is not None and (paid := paid_of(one)):
        return "\n".join([f"已付{figures(paid)}，尚欠{figures(one.amount_yuan - paid)}", *told])
    return "\n".join(["尚未履行完毕", *told])


def report_blocks(case: Case, data: Data) -> dict[str, tuple[Any, ...]]:
    rows = [
        (Cell(str(number), align="center"), Cell(f"{one.text}\n{amount_of(one)}".removesuffix("\n—")),
         Cell(term_of(one)), Cell(done_of(one)))
        for number, one in enumerate(owed_by(file_of(case), data), 1)
    ]  # fmt: skip
    head = tuple(label(text) for text in ("序号", "履行内容", "履行期限", "履行情况"))
    return {"form": (Table((head, *rows), widths=(1.1, 3.2, 2.2, 3.6), header_rows=1),)}


def report_requires(case: Case, data: Data) -> list[Missing]:
    found = needs_obligations(case, data)
    found += needs(data, ("course", _("Say how it was performed.")), ("proofs", _("Name the proof that is attached.")))
    if any(not one.is_settled for one in owed_by(file_of(case), data)):
        found += needs(data, ("rest", _("Not everything is performed: say why, and until when it will be.")))
    return found


def attached(case: Case, data: Data) -> tuple[str, ...]:
    return tuple(line.rstrip("。；;") for line in lines(data, "proofs"))


PERFORMANCE_REPORT = agency_paper(
    code="performance_report",
    name=_("Report on the performance"),
    title="生效裁判履行情况报告",
    form=ReportForm,
    compose=report_text,
    blocks=report_blocks,
    states=STATES,
    requires=report_requires,
    attachments=attached,
    primary=32,
)
