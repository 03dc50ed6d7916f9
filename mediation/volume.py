"""The volume of a dispute: the documents of the 2010 forms in the order of their use (dossier §2, D01–D22), and what
must lie in it. D01, D02, D21 and D22 are cover, catalogue, note and back cover."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from casemgr.actions.errors import Refusal
from casemgr.cases.models import Case
from casemgr.documents.rendering import chinese_date
from casemgr.documents.volumes.order import INTERNAL, Need, Slot, VolumeOrder
from mediation.completeness import missing
from mediation.conditions import is_answer_awaited
from mediation.documents.casefile import CaseFile
from mediation.documents.words import ENDING_WORDS
from mediation.models import Agreement
from mediation.terms import AgreementForm

SLOTS = (
    Slot("application", "人民调解申请书或者受理登记表", documents=("application", "registration_form"),
         materials=("application",)),
    Slot("rights", "权利义务告知书", documents=("rights_notice",)),
    Slot("identity", "当事人身份证明", documents=("identity_seen",), materials=("identity",)),
    Slot("authority", "授权委托书、法定代表人证明", documents=("power_of_attorney", "representative_certificate")),
    Slot("representatives", "代表人推选书", documents=("election",)),
    Slot("inquiries", "调查记录", documents=("inquiry_record",)),
    Slot("evidence", "证据材料", documents=("evidence_list",), materials=("evidence",)),
    Slot("records", "调解记录", documents=("session_record",), materials=("transcript",)),
    Slot("agreement", "人民调解协议书", documents=("agreement",), materials=("agreement",)),
    Slot("oral", "口头协议登记表", documents=("oral_register",)),
    Slot("performance", "履行凭证", documents=("performance_receipt",), materials=("performance",)),
    Slot("visits", "回访记录", documents=("visit_record",)),
    Slot("confirmation", "司法确认材料", documents=("confirmation_application", "mediation_certificate")),
    Slot("end", "终止调解、调解不成告知书", documents=("failure_notice", "termination_notice")),
    Slot("refusal", "不予受理告知书、复函", documents=("refusal_notice", "refusal_letter")),
    Slot("referral", "委派、委托函、接收回执、结果反馈函",
         documents=("referral_receipt", "acceptance_letter", "result_letter")),
    Slot("receipts", "送达回证"),
    Slot("closing", "结案报告表", documents=("closing_report",)),
    Slot("others", "其他材料", materials=("other",)),
    Slot("approvals", "审批表", INTERNAL),
    Slot("inner", "内部材料、激化风险报告单", INTERNAL, documents=("risk_report",)),
)  # fmt: skip

ART_27 = "《中华人民共和国人民调解法》第二十七条"
SIGNED = _("Print the form, have it signed and attach the signed copy; or enter the pages of the paper file.")
SCAN = _("Add the scan under “Materials”, or enter the pages of the paper file.")
ISSUE = _("Issue the paper, or enter the pages of the paper file.")
FORMS = {AgreementForm.WRITTEN: ("agreement", "人民调解协议书"), AgreementForm.ORAL: ("oral", "口头协议登记表")}
ENDS = (("failed", "failure_notice", "调解不成告知书"), ("terminated", "termination_notice", "终止调解告知书"))


def needs(case: Case) -> Iterator[Need]:
    """What the dispute's own course makes necessary."""
    file = CaseFile(case)
    happened = {fact.kind for fact in file.events}
    yield Need("application", "application", "人民调解申请书或者受理登记表", SIGNED)
    if "refused" in happened:
        yield Need("refusal", "refusal", "不予受理告知书", ISSUE, documents=("refusal_notice", "refusal_letter"))
    if "accepted" in happened:
        yield from _of_the_course(file)
    yield from _of_the_result(file)
    for event, kind, title in ENDS:
        if event in happened:
            yield Need(kind, "end", title, ISSUE, documents=(kind,))
    if case.outcome and is_answer_awaited(case, file.facts, None):
        answers = ("result_letter", "refusal_letter")
        yield Need("result_letter", "referral", "结果反馈函", ISSUE, documents=answers)


def _of_the_course(file: CaseFile) -> Iterator[Need]:
    for part in file.parties:
        title = f"身份证明（{part.name}）"
        yield Need(f"identity:{part.pk}", "identity", title, SCAN, documents=("identity_seen",), party=part.pk)
    if any(file.agents_of(part) for part in file.parties):
        yield Need("authority", "authority", "授权委托书", SIGNED)
    if any(part.group_id for part in file.everybody):
        yield Need("representatives", "representatives", "代表人推选书", SIGNED)
    if file.inquiries:
        yield Need("inquiries", "inquiries", "调查记录", SIGNED)
    if file.sessions:
        yield Need("rights", "rights", "权利义务告知书", SIGNED)
        yield Need("records", "records", "调解记录", SIGNED)


def _of_the_result(file: CaseFile) -> Iterator[Need]:
    """The agreement in its one form, its performance or the reason why there is no proof, and what followed."""
    made = [one for one in file.agreements if one.status != Agreement.Status.DRAFT]
    for agreement in made:
        slot, title = FORMS[AgreementForm(agreement.form)]
        yield Need(f"{slot}-{agreement.round}", slot, title, SIGNED)
    if any(agreement.obligations.all() for agreement in made):
        yield Need("performance", "performance", "履行凭证", SCAN)
    if any(agreement.confirmations.all() for agreement in made):
        yield Need("confirmation", "confirmation", "司法确认材料", SCAN)
    if file.visits:
        yield Need("visits", "visits", "回访记录", SIGNED)


def facts(case: Case) -> Iterable[tuple[str, str]]:
    """The lines of the cover (D01)."""
    file = CaseFile(case)
    begun, ended = file.day("accepted") or case.opened_on, file.day("agreed", *(event for event, _kind, _title in ENDS))
    until = f"至{chinese_date(ended)}" if ended else "起"
    return [
        ("当 事 人", file.both_sides),
        ("纠纷类型", file.dispute),
        ("调 解 员", file.mediator_names),
        ("调解日期", f"{chinese_date(begun)}{until}"),
        ("调解结果", ENDING_WORDS.get(case.outcome, "—")),
    ]


def office(case: Case, on: date) -> str:
    return CaseFile(case).committee.name


def gates(case: Case) -> list[Refusal]:
    """What keeps the case from being archived keeps its volume open."""
    return [Refusal(gate.code, f"{gate.label}{_brackets(gate.detail)}", ART_27) for gate in missing(case)]


def _brackets(detail: str) -> str:
    return f"（{detail}）" if detail else ""


VOLUME = VolumeOrder(
    name="人民调解卷宗",
    slots=SLOTS,
    others="others",
    internal_others="inner",
    approvals="approvals",
    services="receipts",
    needs=needs,
    facts=facts,
    office=office,
    archive_action="mediation.archive",
    gates=gates,
    has_back_cover=True,
)
