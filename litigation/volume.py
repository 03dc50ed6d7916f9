"""The volume of an administrative suit: its order, what the agency gives and gets in the course of the suit (dossier
§5.2, row “litigation”), and what must lie in it by what happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from casemgr.cases.events import Fact
from casemgr.cases.models import Case
from casemgr.documents.rendering import chinese_date
from casemgr.documents.volumes.order import INTERNAL, Need, Slot, VolumeOrder
from casemgr.parties.models import Party
from litigation.documents.suitfile import SuitFile, names, result_of

SLOTS = (
    Slot("summons", "应诉通知书、起诉状、传票", materials=("application",)),
    Slot("assignment", "应诉交办单", documents=("suit_assignment",)),
    Slot("identity", "法定代表人身份证明、授权委托书",
         documents=("suit_representative_certificate", "suit_power_of_attorney"), materials=("identity",)),
    Slot("answer", "答辩状", documents=("answer",)),
    Slot("evidence", "证据目录、证据", documents=("evidence_list",), materials=("evidence",)),
    Slot("motions", "延期举证、管辖异议等申请", documents=("evidence_extension", "jurisdiction_objection")),
    Slot("head", "负责人出庭材料、不能出庭情况说明", documents=("head_certificate", "absence_statement")),
    Slot("records", "庭审笔录、代理词", materials=("transcript",)),
    Slot("judgment", "裁判文书", materials=("court_paper",)),
    Slot("appeal", "上诉状、二审、再审材料", documents=("appeal", "appeal_answer")),
    Slot("performance", "履行方案、履行报告", documents=("performance_plan", "performance_report"),
         materials=("performance",)),
    Slot("advice", "司法建议、检察建议及回复", documents=("judicial_reply", "procuratorial_reply")),
    Slot("receipts", "送达回证"),
    Slot("others", "其他材料", materials=("other",)),
    Slot("approvals", "审批表", INTERNAL),
    Slot("analysis", "庭审情况报告、裁判分析报告", INTERNAL, documents=("session_report", "ruling_report")),
    Slot("inner", "内部材料", INTERNAL),
)  # fmt: skip
SCAN = _("Add the scan under “Materials”, or enter the pages of the paper file.")
ISSUE = _("Issue the paper, or enter the pages of the paper file.")
PAPERS_OF_COURT = ("judgment_made", "suit_withdrawn", "suit_ended")


def needs(case: Case) -> Iterator[Need]:
    """What the suit's own course makes necessary; nothing that a kind of file or an outcome leaves out."""
    file = SuitFile(case)
    happened = {fact.kind for fact in file.events}
    if "complaint_received" in happened:
        yield Need("summons", "summons", "应诉通知书、起诉状副本", SCAN)
    yield from _of_agencies(file)
    if "evidence_extension_asked" in happened:
        yield _paper("evidence_extension", "motions", "延期举证申请书")
    if "jurisdiction_objected" in happened:
        yield _paper("jurisdiction_objection", "motions", "管辖异议申请书")
    if "session_held" in happened:
        yield Need("records", "records", "庭审笔录", SCAN)
    if "absence_explained" in happened:
        yield _paper("absence_statement", "head", "负责人不能出庭的情况说明")
    if happened.intersection(PAPERS_OF_COURT):
        yield Need("judgment", "judgment", "人民法院裁判文书", SCAN)
    yield from _of_appeals(file)
    if "performed" in happened:
        yield Need("performance", "performance", "履行证明材料、履行情况报告", SCAN)
    if "suggestion_answered" in happened:
        replies = ("judicial_reply", "procuratorial_reply")
        yield Need("advice", "advice", "司法建议、检察建议回复函", ISSUE, documents=replies)


def _paper(kind: str, slot: str, title: str) -> Need:
    return Need(kind, slot, title, ISSUE, documents=(kind,))


def _of_agencies(file: SuitFile) -> Iterator[Need]:
    """Answer, catalogue, and who stood before the court: each from the day on which it was handed in."""
    answered = [fact for fact in file.events if fact.kind == "answer_filed"]
    if answered:
        yield _paper("answer", "answer", "答辩状")
        identity = ("suit_representative_certificate", "suit_power_of_attorney")
        yield Need("identity", "identity", "法定代表人身份证明书、授权委托书", ISSUE, documents=identity)
    if any(fact.data.get("evidence") for fact in answered):
        yield Need("evidence", "evidence", "证据目录及证据", SCAN)
    if any(fact.kind == "session_held" and fact.data.get("came") for fact in file.events):
        yield _paper("head_certificate", "head", "出庭应诉负责人身份证明书")


def _of_appeals(file: SuitFile) -> Iterator[Need]:
    """The agency's own appeal, or its answer to the other side's."""
    own = {part.party_id for part in file.parts if part.party.kind == Party.Kind.AGENCY}
    if any(fact.kind == "appealed" and fact.party_id in own for fact in file.events):
        yield _paper("appeal", "appeal", "上诉状")
    if any(fact.kind == "appeal_answered" for fact in file.events):
        yield _paper("appeal_answer", "appeal", "上诉答辩状")


def _first_day(file: SuitFile, kind: str) -> str:
    fact: Fact | None = next((one for one in file.events if one.kind == kind), None)
    return chinese_date(fact.occurred_on) if fact and fact.occurred_on else ""


def facts(case: Case) -> Iterable[tuple[str, str]]:
    """The lines of the cover."""
    file = SuitFile(case)
    found = [("原　　告", names(file.plaintiffs)), ("被　　告", names(file.defendants))]
    if file.third_parties:
        found.append(("第 三 人", names(file.third_parties)))
    numbers = [f"{one.court}{one.court_number}" for one in file.instances if one.court_number]
    return [
        *found,
        ("案　　由", file.cause),
        ("法院案号", "、".join(numbers)),
        ("收到日期", _first_day(file, "complaint_received")),
        ("裁判结果", result_of(file.ruling) if file.ruling is not None else "—"),
        ("承 办 人", case.lead_handler.full_name if case.lead_handler else ""),
    ]


VOLUME = VolumeOrder(
    name="行政应诉案卷",
    slots=SLOTS,
    others="others",
    internal_others="inner",
    approvals="approvals",
    services="receipts",
    needs=needs,
    facts=facts,
)
