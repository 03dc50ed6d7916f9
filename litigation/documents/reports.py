"""What an agency tells the justice bureau, which follows the suit: 庭审情况报告, 裁判分析报告. Inner papers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, Missing, Part
from casemgr.documents.rendering import Cell, Table, chinese_date
from casemgr.organisation.office import office_on
from litigation.documents.shapes import AgencyForm, agency_paper, needs, text_field
from litigation.documents.suitfile import (
    KIND_WORDS,
    SuitFile,
    file_of,
    names,
    result_of,
    said,
)
from litigation.models import CourtSession, Ruling
from litigation.states import EVERYWHERE
from litigation.terms import LOST, LossReason

LOSS_WORDS: dict[str, str] = {
    LossReason.EVIDENCE: "主要证据不足",
    LossReason.LAW: "适用法律、法规错误",
    LossReason.PROCEDURE: "违反法定程序",
    LossReason.COMPETENCE: "超越职权",
    LossReason.ABUSE: "滥用职权",
    LossReason.UNREASONABLE: "明显不当",
    LossReason.OMISSION: "不履行或者拖延履行法定职责",
    LossReason.NO_EVIDENCE: "不提供或者无正当理由逾期提供证据",
    LossReason.VOID: "重大且明显违法",
    LossReason.AGREEMENT: "未依法或者未按约定履行、违法变更或者解除行政协议",
    LossReason.COMPENSATION: "违法行为造成损失应予赔偿",
    LossReason.OTHER: "其他",
}


def label(text: str) -> Cell:
    return Cell(text, label=True)


def chosen_session(file: SuitFile, data: Data) -> CourtSession | None:
    """The one chosen, else the latest held."""
    held = [one for one in file.sessions if one.held_on is not None]
    return next((one for one in held if one.pk == data.get("session")), held[-1] if held else None)


class SessionReportForm(AgencyForm):
    session = forms.ModelChoiceField(CourtSession.objects.none(), label=_("Court session held"), required=False)
    issues = text_field(_("What was in dispute"), 3)
    course = text_field(_("How it went: claims, answers, evidence, debate"), 6)
    risks = text_field(_("Expected result, and what is to be done"), 3)
    field_order = ("agency", "session")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = CourtSession.objects.filter(in_instance__case_id=self.case.pk, held_on__isnull=False)
        self.fields["session"].queryset = found.order_by("held_on", "pk")
        self.fields["session"].label_from_instance = lambda one: f"{one.in_instance} {one.held_on}"
        if (latest := chosen_session(self.file, {})) is not None:
            self.propose(session=latest, course=latest.report)


def session_text(case: Case, data: Data, today: date) -> Composed:
    file = file_of(case)
    part = file.agency(data)
    return Composed(
        (
            Part("introduction", (f"现将{file.suit}的庭审情况报告如下：",)),
            Part("form", (), "一、基本情况"),
            Part("issues", said(data, "issues"), "二、争议焦点"),
            Part("course", said(data, "course"), "三、庭审情况"),
            Part("risks", said(data, "risks"), "四、裁判预判和下一步工作"),
        ),
        addressee="" if part is None else office_on(today).office,
    )


def session_blocks(case: Case, data: Data) -> dict[str, tuple[Any, ...]]:
    file = file_of(case)
    session = chosen_session(file, data)
    row = file.appearance(session, file.agency(data))
    head = "未出庭"
    if row is not None and row.head_came:
        head = f"{row.head_name}（{row.head_post}）" if row.head_post else row.head_name
        head += "，就实质性解决行政争议发表了意见" if row.spoke else ""
    elif row is not None and row.absence_note:
        head += f"，原因：{row.absence_note}"
    instance = session.in_instance if session is not None else file.instance
    table = Table.of(
        (label("法院"), instance.court if instance else "", label("案号"), instance.court_number if instance else ""),
        (
            label("开庭日期"),
            chinese_date(session.held_on) if session is not None and session.held_on else "",
            label("开庭地点"),
            (session.place or ("线上" if session.is_online else "")) if session is not None else "",
        ),
        (label("原告"), names(file.plaintiffs), label("审判人员"), instance.judge if instance else ""),
        (label("出庭负责人"), Cell(head, span=3)),
        (label("出庭工作人员"), row.staff if row else "", label("律师"), row.lawyers if row else ""),
        widths=(2, 3.4, 1.8, 3.2),
    )
    return {"form": (table,)}


def session_requires(case: Case, data: Data) -> list[Missing]:
    found = []
    if chosen_session(file_of(case), data) is None:
        message = _("No session held is recorded.")
        found.append(Missing("session", message, field="session", mended_by="litigation.record_session"))
    return found + needs(
        data,
        ("issues", _("Say what was in dispute.")),
        ("course", _("Say how the session went.")),
        ("risks", _("Say what result is expected and what is to be done.")),
    )


SESSION_REPORT = agency_paper(
    code="session_report",
    name=_("Report on a court session"),
    title="庭审情况报告",
    form=SessionReportForm,
    compose=session_text,
    blocks=session_blocks,
    states=EVERYWHERE,
    requires=session_requires,
    primary=35,
)


def chosen_ruling(file: SuitFile, data: Data) -> Ruling | None:
    return next((one for one in file.rulings if one.pk == data.get("ruling")), file.ruling)


class RulingReportForm(AgencyForm):
    """Proposed is what was analysed on the file (why it was lost)."""

    ruling = forms.ModelChoiceField(Ruling.objects.none(), label=_("Court paper"), required=False)
    found = text_field(_("What the court found and why"), 5)
    flaws = text_field(_("Flaws of the act or of the answer, or what was confirmed"), 5)
    lesson = text_field(_("Lessons and measures"), 4)
    further = text_field(_("Appeal, retrial or performance: what is proposed"), 3)
    field_order = ("agency", "ruling")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Ruling.objects.filter(in_instance__case_id=self.case.pk).exclude(outcome="")
        self.fields["ruling"].queryset = rows.select_related("in_instance").order_by("made_on", "pk")
        loss = self.file.facts.loss or {}
        self.propose(ruling=self.file.ruling, flaws=loss.get("flaw", ""), lesson=loss.get("lesson", ""))
        if self.file.ruling is not None:
            self.propose(found=self.file.ruling.text)


def ruling_text(case: Case, data: Data, today: date) -> Composed:
    file = file_of(case)
    ruling = chosen_ruling(file, data)
    loss = file.facts.loss or {}
    reasons = "；".join(LOSS_WORDS[code] for code in loss.get("reasons", []) if code in LOSS_WORDS)
    article = f"（{loss['article']}）" if loss.get("article") else ""
    why = (f"败诉原因：{reasons}{article}。",) if reasons else ()
    lost = "败诉" if ruling is not None and ruling.outcome in LOST else "未败诉"
    return Composed(
        (
            Part("introduction", (f"现将{file.suit}的裁判情况分析报告如下：",)),
            Part("form", (f"裁判结果：{result_of(ruling)}（{lost}）。",), "一、裁判情况"),
            Part("found", said(data, "found"), "二、法院认定的事实和裁判理由"),
            Part("flaws", (*why, *said(data, "flaws")), "三、原因分析"),
            Part("lesson", said(data, "lesson"), "四、经验教训和整改措施"),
            Part("further", said(data, "further"), "五、后续处理意见"),
        ),
        addressee=office_on(today).office,
    )


def ruling_blocks(case: Case, data: Data) -> dict[str, tuple[Any, ...]]:
    file = file_of(case)
    ruling = chosen_ruling(file, data)
    part = file.agency(data)
    served = None
    if ruling is not None and part is not None:
        own = [one for one in file.events if one.subject == ruling.subject and one.party_id == part.party_id]
        served = next((one.occurred_on for one in own if one.kind.endswith("_served")), None)
    table = Table.of(
        (
            label("作出裁判的法院"),
            ruling.in_instance.court if ruling else "",
            label("案号"),
            ((ruling.number or ruling.in_instance.court_number) if ruling else ""),
        ),
        (
            label("文书种类"),
            KIND_WORDS[ruling.kind] if ruling else "",
            label("裁判日期"),
            chinese_date(ruling.made_on) if ruling else "",
        ),
        (
            label("我单位收到日期"),
            chinese_date(served) if served else "",
            label("生效日期"),
            chinese_date(ruling.effective_on) if ruling and ruling.effective_on else "未生效",
        ),
        (label("被诉行为"), Cell(file.act_name, span=3)),
        widths=(2.2, 3.2, 1.8, 3.2),
    )
    return {"form": (table,)}


def ruling_requires(case: Case, data: Data) -> list[Missing]:
    file = file_of(case)
    ruling = chosen_ruling(file, data)
    found = []
    if ruling is None:
        message = _("No paper of the court that ends an instance is recorded.")
        found.append(Missing("ruling", message, field="ruling", mended_by="litigation.record_ruling"))
    elif ruling.outcome in LOST and not (file.facts.loss or {}).get("reasons"):
        message = _("The suit was lost: enter why on the file first.")
        found.append(Missing("loss", message, mended_by="litigation.analyse_loss"))
    return found + needs(
        data,
        ("found", _("Say what the court found and why.")),
        ("flaws", _("Say what was wrong, or what was confirmed.")),
        ("lesson", _("Say what is learned and done.")),
        ("further", _("Say what is proposed: appeal, retrial, performance.")),
    )


RULING_REPORT = agency_paper(
    code="ruling_report",
    name=_("Report on the court's decision"),
    title="裁判分析报告",
    form=RulingReportForm,
    compose=ruling_text,
    blocks=ruling_blocks,
    states=EVERYWHERE,
    requires=ruling_requires,
    offered_if=lambda case: case.state not in ("RECEIVED", "ASSIGNED", "ANSWERED", "HEARING_SET"),
    primary=34,
)

__all__ = ["LOSS_WORDS", "RULING_REPORT", "SESSION_REPORT"]
