"""Papers of the inner volume: 审批表, 审理报告, 集体讨论记录 (art. 61(1); dossier §5.2)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, KindForm, Missing, Part
from casemgr.documents.models import Document
from casemgr.documents.rendering import Cell, KeyValues, SignLines, Table, chinese_date
from casemgr.pages.forms import DateField
from reconsideration.documents import organs
from reconsideration.documents.casefile import CHANNEL_WORDS, CaseFile, closed, day, lines, numbered, parties_block
from reconsideration.documents.outcomes import OUTCOMES, basis, findings
from reconsideration.documents.shapes import GAP, ProposingForm, area, lacking, office_letter, printed_form
from reconsideration.documents.trial_notice import LAW
from reconsideration.states import UNDER_TRIAL, WITH_PAPERS
from reconsideration.volume import OUTCOME_WORDS

TRIED = (*UNDER_TRIAL, "SUSPENDED", "DECIDED", "SERVED")
MATTERS = (
    ("accept", _("Acceptance"), "受理行政复议申请", "第三十条"),
    ("refuse", _("Refusal of acceptance"), "不予受理行政复议申请", "第三十条第二款"),
    ("extend", _("Extension"), "延长行政复议期限", "第六十二条第一款"),
    ("convert", _("Conversion to the ordinary procedure"), "转为普通程序", "第五十五条"),
    ("suspend", _("Suspension"), "中止行政复议", "第三十九条"),
    ("resume", _("Resumption"), "恢复行政复议审理", "第三十九条第二款"),
    ("terminate", _("Termination"), "终止行政复议", "第四十一条"),
    ("stop", _("Stop of execution"), "停止执行行政行为", "第四十二条"),
    ("decide", _("Decision"), "作出行政复议决定", "第六十一条第一款"),
    ("close", _("Closing of the file"), "结案归档", ""),
)
TITLES = {code: (title, article) for code, _label, title, article in MATTERS}


class CaseApprovalForm(ProposingForm):
    matter = forms.ChoiceField(
        label=_("What is to be approved"),
        choices=[("", _("— choose —")), *((code, label) for code, label, _title, _article in MATTERS)],
        required=False,
    )
    proposal = area(_("Proposal of the handler, with reasons"), 5)


def no_text(case: Case, data: Data, today: date) -> Composed:
    return Composed(())


def approval_blocks(case: Case, data: Data) -> dict[str, tuple[Any, ...]]:
    file = CaseFile(case)
    title, article = TITLES.get(str(data.get("matter") or ""), ("", ""))
    basis_words = f"{LAW}{article}" if article else ""
    handlers = [case.lead_handler, *case.further_handlers.all()] if case.lead_handler else []

    def label(text: str) -> Cell:
        return Cell(text, label=True)

    table = Table.of(
        (label("案号"), Cell(case.number), label("收到日期"), Cell(chinese_date(file.received_on))),
        (label("申请人"), Cell(file.applicant_names), label("被申请人"), Cell(file.respondent_names)),
        (label("案由"), Cell(file.complaint(file.respondent_names), span=3)),
        (label("审批事项"), Cell(title), label("法律依据"), Cell(basis_words)),
        (label("承办人"), Cell("、".join(one.full_name for one in handlers)), label("受理日期"),
         Cell(chinese_date(file.accepted_on) if file.accepted_on else "—")),
        (label("承办人\n意见"), Cell("\n".join(closed(line) for line in lines(data, "proposal")), span=3, dated=True)),
        (label("行政复议\n机构负责人\n意见"), Cell("", span=3, dated=True)),
        (label("行政复议\n机关负责人\n意见"), Cell("", span=3, dated=True)),
        (label("备注"), Cell("", span=3)),
        widths=(1.7, 3.4, 1.7, 3.4),
        heights=(9, 11, 14, 11, 9, 44, 34, 34, 12),
    )  # fmt: skip
    return {"form": (table,)}


CASE_APPROVAL = printed_form(
    code="case_approval",
    name=_("Approval sheet of a step (form)"),
    title="行政复议案件审批表",
    form=CaseApprovalForm,
    compose=no_text,
    blocks=approval_blocks,
    requires=lambda case, data: lacking(
        data,
        ("matter", _("Choose what is to be approved."), "61"),
        ("proposal", _("Write the handler's proposal."), "61"),
    ),
)


def drafted(case: Case) -> Data:
    """What the decision, drafted or issued, says already: the report begins with it."""
    rows = Document.objects.filter(case_id=case.pk, kind="decision", corrects=None).living()
    paper = rows.order_by("-pk").first()
    return paper.data if paper is not None else {}


class TrialReportForm(ProposingForm):
    reply = area(_("What the respondent replied"), 4)
    facts_found = area(_("Facts found"), 6)
    issues = area(_("Points in dispute, one a line"), 3)
    reasoning = area(_("Reasoning"), 6)
    opinion = area(_("What the handlers propose"), 3)
    minority = area(_("Other opinions among the handlers"), 2, _("Left empty: they agree."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = drafted(self.case)
        self.propose(
            reply=known.get("reply_summary", ""),
            facts_found=known.get("facts_found", ""),
            reasoning=known.get("reasoning", ""),
            opinion=_proposal(known),
        )


def _proposal(known: Data) -> str:
    outcome = str(known.get("outcome") or "")
    if outcome not in OUTCOMES:
        return ""
    grounds = list(known.get("grounds") or [])
    return (
        f"该行政行为{findings(outcome, grounds)}，建议根据{basis(outcome, grounds)}的规定，决定{OUTCOME_WORDS[outcome]}"
    )


def report_text(case: Case, data: Data, today: date) -> Composed:
    file = CaseFile(case)
    requests = " ".join(file.facts.requests.split())
    reasons = tuple(closed(line) for line in file.facts.reasons.splitlines() if line.strip())
    issues = lines(data, "issues")
    parts = [
        Part("parties", parties_block(file), "一、当事人基本情况"),
        Part("course", _course(file), "二、案件来源和审理经过"),
        Part("requests", (f"申请人请求：{closed(requests)}" if requests else GAP, *reasons), "三、申请人的请求和理由"),
        Part("reply", _said(data, "reply") or ("被申请人未提出书面答复。",), "四、被申请人的答复"),
        Part("opinions", _opinions(file), "五、听取意见情况"),
        Part("facts", _said(data, "facts_found"), "六、查明的事实和证据"),
        Part("issues", numbered(issues, lambda n: f"{n}. ") or ("当事人对主要事实没有争议。",), "七、争议焦点"),
        Part("reasoning", _said(data, "reasoning"), "八、分析意见"),
        Part("opinion", _said(data, "opinion"), "九、处理建议"),
    ]
    if data.get("minority"):
        parts.append(Part("minority", _said(data, "minority"), "十、其他意见"))
    return Composed(tuple(parts))


def _said(data: Data, name: str) -> tuple[str, ...]:
    return tuple(closed(line) for line in lines(data, name))


def _course(file: CaseFile) -> tuple[str, ...]:
    accepted = "审查期限届满，自该日起视为受理" if file.is_deemed_accepted else "依法予以受理"
    text = (
        f"{chinese_date(file.received_on)}收到行政复议申请，{chinese_date(file.accepted_on)}{accepted}，"
        f"适用{file.track}审理。"
    )
    told = {
        "copy_served": "{day}，行政复议答复通知书送达被申请人。",
        "reply_received": "{day}，收到被申请人的书面答复。",
        "reply_missing": "{day}，被申请人未在法定期限内提出书面答复。",
        "extended": "{day}，延长行政复议期限{days}日。",
        "suspended": "{day}，中止审理。",
        "resumed": "{day}，恢复审理。",
        "hearing_held": "{day}，举行听证。",
    }
    course = [
        told[fact.kind].format(day=chinese_date(fact.occurred_on), days=fact.data.get("days", ""))
        for fact in file.facts_of_kind(*told)
    ]
    due = file.due("R-DEC", "R-DEC-S")
    last = f"本案应当在{chinese_date(due)}前作出行政复议决定。" if due else ""
    return (text, *course, *((last,) if last else ()))


def _opinions(file: CaseFile) -> tuple[str, ...]:
    names = {part.party_id: part.name for part in file.parts}
    found = []
    for fact in file.facts_of_kind("opinion_heard"):
        who = names.get(fact.party_id or 0, "")
        channel = CHANNEL_WORDS.get(fact.data.get("channel", ""))
        content = closed(" ".join(fact.data.get("content", "").split()))
        if channel:
            found.append(f"{chinese_date(fact.occurred_on)}{channel}听取{who}意见：{content}")
        else:
            found.append(f"未能听取{who}意见：{content}")
    return tuple(found) or ("未听取意见。",)


def report_requires(case: Case, data: Data) -> list[Missing]:
    return lacking(
        data,
        ("facts_found", _("Write which facts were found."), "61"),
        ("reasoning", _("Write the reasoning."), "61"),
        ("opinion", _("Write what the handlers propose."), "61"),
    )


TRIAL_REPORT = office_letter(
    code="trial_report",
    name=_("Report on the trial"),
    title="行政复议案件审理报告",
    issuer=organs.OFFICE,
    compose=report_text,
    blocks=lambda case, data: {"signatures": (SignLines(("承办人", "承办人")),)},
    states=TRIED,
    form=TrialReportForm,
    signer_roles=(),
    requires=report_requires,
    layout="record",
    signed_by_issuer=False,
    is_single=True,
)


class DiscussionForm(KindForm):
    held_on = DateField(label=_("Date"), required=False)
    place = forms.CharField(label=_("Place"), required=False, max_length=80)
    chair = forms.CharField(label=_("Chair, with post"), required=False, max_length=80)
    present = forms.CharField(label=_("Present, with posts"), required=False, max_length=400)
    absent = forms.CharField(label=_("Absent, with reason"), required=False, max_length=200)
    recorder = forms.CharField(label=_("Recorder"), required=False, max_length=60)
    report = area(_("What the handlers reported"), 4)
    opinions = area(_("What each said, one a line"), 6, _("Name first, then the opinion."))
    conclusion = area(_("What was decided"), 3)


def discussion_text(case: Case, data: Data, today: date) -> Composed:
    file = CaseFile(case)
    about = f"申请人{file.applicant_names}{file.complaint(file.respondent_names)}申请行政复议一案的处理意见。"
    return Composed(
        (
            Part("head"),
            Part("subject", (about,), "讨论事项"),
            Part("report", _said(data, "report"), "承办人汇报"),
            Part("opinions", _said(data, "opinions"), "讨论意见"),
            Part(
                "conclusion",
                (f"根据{LAW}第六十一条第一款的规定，经集体讨论：{''.join(_said(data, 'conclusion'))}",)
                if data.get("conclusion")
                else (),
                "讨论结论",
            ),
        )
    )


def discussion_blocks(case: Case, data: Data) -> dict[str, tuple[Any, ...]]:
    head = KeyValues(
        (
            ("案号", case.number),
            ("时间", chinese_date(day(data, "held_on"))),
            ("地点", str(data.get("place") or "")),
            ("主持人", str(data.get("chair") or "")),
            ("参加人员", str(data.get("present") or "")),
            ("缺席人员", str(data.get("absent") or "无")),
            ("记录人", str(data.get("recorder") or "")),
        )
    )
    return {"head": (head,), "signatures": (SignLines(("主持人", "参加人员、记录人"), dated=False),)}


DISCUSSION_RECORD = printed_form(
    code="discussion_record",
    name=_("Record of the collective discussion"),
    title="行政复议案件集体讨论记录",
    issuer=organs.AUTHORITY,
    form=DiscussionForm,
    compose=discussion_text,
    blocks=discussion_blocks,
    states=tuple(state for state in WITH_PAPERS if state not in ("RECEIVED", "CORRECTING")),
    requires=lambda case, data: lacking(
        data,
        ("held_on", _("Enter the day of the collective discussion."), "61(1)"),
        ("chair", _("Name who chaired the discussion."), "61(1)"),
        ("present", _("Name who was present."), "61(1)"),
        ("opinions", _("Write what each said."), "61(1)"),
        ("conclusion", _("Write what was decided."), "61(1)"),
    ),
)

INTERNAL = (CASE_APPROVAL, TRIAL_REPORT, DISCUSSION_RECORD)
