"""D20 结案报告表 and D23 激化风险报告单."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case
from casemgr.documents.kinds import Data
from casemgr.documents.rendering import Cell, SignLines, Table, chinese_date, figures
from mediation.documents.casefile import CaseFile, file_of, lines, moment
from mediation.documents.obligations import items, numbered
from mediation.documents.shapes import ChoiceForm, no_text, printed_form, sealed_form, wants
from mediation.documents.words import (
    CHANNEL_WORDS,
    ENDING_WORDS,
    PERFORMANCE_WORDS,
    RISK_WORDS,
    SOURCE_WORDS,
    SUB_SOURCE_WORDS,
)
from mediation.models import RiskReport


def _label(text: str) -> Cell:
    return Cell(text, label=True)


def closing_blocks(case: Case, data: Data) -> dict[str, tuple[Any, ...]]:
    file = file_of(case)
    facts = file.facts
    source = SOURCE_WORDS.get(facts.source, "")
    detail = SUB_SOURCE_WORDS.get(facts.sub_source, "")
    table = Table.of(
        (_label("案号"), case.number, _label("纠纷类型"), file.dispute),
        (_label("受理日期"), _day(file, "accepted"), _label("结案日期"), _day(file, "closed")),
        (_label("纠纷来源"), f"{source}{f'（{detail}）' if detail else ''}", _label("涉及人数"), f"{facts.people}人"),
        (_label("当事人"), Cell(file.both_sides, span=3)),
        (
            _label("调解员"),
            file.mediator_names,
            _label("涉及金额"),
            figures(facts.amount_yuan) if facts.amount_yuan else "—",
        ),
        (_label("纠纷事实"), Cell("\n".join(lines(facts.summary)), span=3)),
        (_label("调解结果"), Cell("\n".join(_result(file)), span=3)),
        (_label("履行情况"), Cell(PERFORMANCE_WORDS.get(facts.performance, "—"), span=3)),
        (_label("调解员意见"), Cell("", span=3, dated=True)),
        (_label("人民调解\n委员会\n负责人意见"), Cell("", span=3, dated=True)),
        widths=(1.8, 3.6, 1.7, 2.9),
        heights=(10, 10, 10, 10, 10, 34, 36, 10, 22, 24),
    )
    return {"form": (table,)}


def _day(file: CaseFile, kind: str) -> str:
    day = file.day(kind)
    return chinese_date(day) if day else "—"


def _result(file: CaseFile) -> list[str]:
    ending = ENDING_WORDS.get(file.case.outcome, "")
    agreement = file.agreement
    if agreement is None or file.case.outcome != "agreed":
        return [ending]
    return [f"{ending}（{agreement.number}）：", *numbered(items(agreement))]


CLOSING_REPORT = printed_form(
    code="closing_report",
    name=_("Closing report"),
    title="人民调解结案报告表",
    compose=no_text,
    blocks=closing_blocks,
    offered_if=lambda case: bool(case.outcome),
)


class ReportForm(ChoiceForm):
    rows: ClassVar = {
        "report": lambda case: RiskReport.objects.filter(risk__case=case.pk).order_by("reported_at", "id")
    }
    report = forms.ModelChoiceField(RiskReport.objects.none(), label=_("Risk report"), required=False)


def _report(case: Case, data: Data) -> RiskReport | None:
    found = (report for risk in file_of(case).risks for report in risk.reports.all())
    return next((report for report in found if report.pk == data.get("report")), None)


def risk_blocks(case: Case, data: Data) -> dict[str, tuple[Any, ...]]:
    file, report = file_of(case), _report(case, data)
    if report is None:
        return {}
    risk = report.risk
    channel = CHANNEL_WORDS.get(report.channel, report.channel)
    received = f"{report.received_by}　{moment(report.received_at)}".strip() if report.received_by else ""
    table = Table.of(
        (_label("报告对象"), Cell(report.to_whom, span=3)),
        (
            _label("报告方式"),
            channel,
            _label("报告时间"),
            moment(report.reported_at),
        ),
        (_label("纠纷"), Cell(f"{file.both_sides}{file.dispute}（{case.number}）", span=3)),
        (_label("发生地点"), file.facts.place, _label("涉及人数"), f"{risk.people}人"),
        (_label("风险类型"), RISK_WORDS[risk.kind], _label("发现时间"), moment(risk.noticed_at)),
        (_label("报告内容"), Cell("\n".join(lines(report.content)), span=3)),
        (_label("已采取的\n措施"), Cell("\n".join(lines(risk.measures)), span=3)),
        (_label("接收人"), Cell(received, span=3, dated=not received)),
        widths=(1.8, 3.6, 1.6, 3),
        heights=(12, 12, 12, 12, 12, 56, 32, 20),
    )
    return {"form": (table,), "signatures": (SignLines((f"报告人（签名）{file.lead}",)),)}


RISK_REPORT = sealed_form(
    code="risk_report",
    name=_("Risk report"),
    title="矛盾纠纷激化风险报告单",
    form=ReportForm,
    compose=no_text,
    blocks=risk_blocks,
    requires=wants("report", _("Choose the report.")),
    offered_if=lambda case: any(risk.reports.all() for risk in file_of(case).risks),
)
