"""The volumes of a reconsideration case: order, what must be in them, and what parties may inspect.

Order after the course of the case, as local archive rules have it: application, acceptance, reply, trial, decision,
service; inner papers in a volume of their own (dossier §5.2; 广西, 厦门 rules named there). No national text fixes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case, Participation
from casemgr.documents.rendering import chinese_date
from casemgr.documents.volumes.order import INTERNAL, Inspection, Need, Slot, VolumeOrder
from reconsideration.documents.casefile import CaseFile
from reconsideration.models.reading import MAY_READ
from reconsideration.terms import ApplicationMethod, Outcome

Role = Participation.Role

SLOTS = (
    Slot("application", "行政复议申请书（口头申请笔录）", documents=("application_form", "oral_record"),
         materials=("application",)),
    Slot("identity", "申请人、第三人及代理人身份证明、授权委托书、代表人推选书",
         documents=("power_of_attorney", "representative_election"), materials=("identity",)),
    Slot("applicant_evidence", "被复议的行政行为文书及申请人、第三人证据",
         materials=("evidence",), given_by=(Role.APPLICANT, Role.THIRD_PARTY, Role.AGENT, Role.REPRESENTATIVE)),
    Slot("receipt", "申请材料收件回执", documents=("receipt",)),
    Slot("correction", "补正通知书", documents=("correction_notice",)),
    Slot("refusal", "不予受理决定书", documents=("refusal",)),
    Slot("not_handled_notice", "不再处理告知书", documents=("not_handled_notice",)),
    Slot("acceptance", "受理通知书", documents=("acceptance_notice",)),
    Slot("reply_notice", "答复通知书", documents=("reply_notice",)),
    Slot("third_party", "第三人参加行政复议通知书", documents=("third_party_notice",)),
    Slot("reply", "行政复议答复书及证据、依据", documents=("reply_form",), materials=("evidence", "other"),
         given_by=(Role.RESPONDENT,), is_open=True),
    Slot("stop", "停止执行文书", documents=("stop_order", "stop_refusal", "stop_end")),
    Slot("course", "中止、恢复、延期、程序转换文书",
         documents=("suspension_notice", "added_ground_notice", "resumption_notice", "extension_notice",
                    "conversion_notice")),
    Slot("annexed", "规范性文件审查文书", documents=("annex_notice", "annex_transfer")),
    Slot("superior", "提级审理请示、告知书", documents=("superior_request", "taken_up_notice")),
    Slot("handover_letter", "提级审理案件移送函", documents=("handover_letter",)),
    Slot("hearing", "听证通知书", documents=("hearing_notice",)),
    Slot("records", "听取意见、听证、调查笔录", documents=("opinion_record", "hearing_record"),
         materials=("transcript",)),
    Slot("withdrawal", "和解协议、撤回行政复议申请书、准予撤回通知书",
         documents=("settlement_agreement", "withdrawal_application", "withdrawal_permission")),
    Slot("evidence", "调取的证据", materials=("evidence",)),
    Slot("result", "行政复议决定书、调解书、终止或者驳回决定书",
         documents=("decision", "mediation_paper", "termination", "dismissal")),
    Slot("receipts", "送达回证", documents=("service_receipt",)),
    Slot("performance", "履行材料、意见书、建议书、责令履行及抄告文书",
         documents=("opinion_letter", "suggestion_letter", "performance_order", "interview_record", "criticism",
                    "copy_letter", "enforcement_application")),
    Slot("others", "其他材料", materials=("other",)),
    Slot("approvals", "审批表", INTERNAL, documents=("case_approval",)),
    Slot("report", "审理报告", INTERNAL, documents=("trial_report",)),
    Slot("discussion", "集体讨论记录、行政复议委员会咨询意见", INTERNAL, documents=("discussion_record",)),
    Slot("inner", "其他内部材料、涉密材料", INTERNAL),
)  # fmt: skip

SCAN = _("Add the scan under “Materials”, or enter the pages of the paper file.")
ISSUE = _("Issue the paper, or enter the pages of the paper file.")


def needs(case: Case) -> Iterator[Need]:
    """What the case's own course makes necessary."""
    file = CaseFile(case)
    happened = {fact.kind for fact in file.events}
    oral = file.facts.application_method == ApplicationMethod.ORAL
    yield Need("application", "application", "口头申请笔录" if oral else "行政复议申请书", SCAN)
    yield Need("identity", "identity", "申请人身份证明", SCAN)
    for kind, needed, title in (
        ("refused", "refusal", "不予受理决定书"),
        ("copy_sent", "reply_notice", "答复通知书"),
        ("decided", "decision", "行政复议决定书"),
        ("dismissed", "dismissal", "驳回行政复议申请决定书"),
        ("terminated", "termination", "行政复议终止决定书"),
        ("mediated", "mediation_paper", "行政复议调解书"),
        ("not_handled", "not_handled_notice", "不再处理告知书"),
        ("handed_up", "handover_letter", "提级审理案件移送函"),
    ):
        if kind in happened:
            slot = "result" if needed in SLOTS_BY_DOCUMENT["result"] else needed
            yield Need(needed, slot, title, ISSUE, documents=(needed,))
    if "reply_received" in happened:
        yield Need("reply", "reply", "行政复议答复书及证据、依据", SCAN)
    if happened & {"opinion_heard", "hearing_held"}:
        yield Need("records", "records", "听取意见或者听证笔录", SCAN)
    if "performed" in happened:
        yield Need("performance", "performance", "履行证明材料", SCAN)


SLOTS_BY_DOCUMENT = {slot.code: slot.documents for slot in SLOTS}


def facts(case: Case) -> Iterable[tuple[str, str]]:
    file = CaseFile(case)
    found = [("申 请 人", file.applicant_names), ("被申请人", file.respondent_names)]
    if file.third_parties:
        found.append(("第 三 人", "、".join(part.name for part in file.third_parties)))
    handlers = [case.lead_handler, *case.further_handlers.all()] if case.lead_handler else []
    found += [
        ("收到日期", chinese_date(file.received_on) if file.received_on else ""),
        ("受理日期", chinese_date(file.accepted_on) if file.accepted_on else "—"),
        ("结案方式", OUTCOME_WORDS.get(case.outcome, "")),
        ("承 办 人", "、".join(one.full_name for one in handlers)),
    ]
    return found


OUTCOME_WORDS: dict[str, str] = {
    Outcome.UPHELD: "维持",
    Outcome.ANNULLED: "撤销",
    Outcome.PARTLY_ANNULLED: "部分撤销",
    Outcome.CHANGED: "变更",
    Outcome.CONFIRMED_ILLEGAL: "确认违法",
    Outcome.CONFIRMED_VOID: "确认无效",
    Outcome.PERFORMANCE_ORDERED: "责令履行",
    Outcome.AGREEMENT_LIABILITY: "行政协议责任",
    Outcome.COMPENSATION: "责令赔偿",
    Outcome.REQUEST_REJECTED: "驳回复议请求",
    Outcome.APPLICATION_DISMISSED: "驳回复议申请",
    Outcome.NOT_ACCEPTED: "不予受理",
    Outcome.NOT_HANDLED: "告知不再处理",
    Outcome.ABANDONED: "视为放弃",
    Outcome.TERMINATED: "终止",
    Outcome.MEDIATED: "调解",
    Outcome.TAKEN_UP: "提级移送",
}

# Reconsideration Law 2023, art. 47: the respondent's reply, the evidence and basis of the act, other such material
INSPECTION = Inspection(
    law="《中华人民共和国行政复议法》第四十七条",
    roles=MAY_READ,
    grounds=(
        ("state_secret", _("State secret")),
        ("trade_secret", _("Trade secret")),
        ("privacy", _("Personal privacy")),
        ("security", _("May endanger state security, public security or social stability")),
    ),
)

VOLUME = VolumeOrder(
    name="行政复议案卷",
    slots=SLOTS,
    others="others",
    internal_others="inner",
    approvals="approvals",
    services="receipts",
    needs=needs,
    archive_action="reconsideration.archive",
    facts=facts,
    inspection=INSPECTION,
)
