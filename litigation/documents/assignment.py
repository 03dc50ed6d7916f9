"""应诉交办单: the justice bureau gives the court's papers to the organ that did the act (Reconsideration Law 2023,
art. 4(2)), with the last day for the answer, which runs from that organ's own receipt (Litigation Law, art. 67(1))."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.calendar.workdays import CalendarStatus
from casemgr.cases.models import Case, Participation
from casemgr.documents.kinds import Composed, Data, DocumentKind, Missing, Part
from casemgr.documents.rendering import Cell, Table, chinese_date
from casemgr.numbering.series import Series, declare
from litigation.documents.shapes import BUREAU, AgencyForm, needs_court, text_field
from litigation.documents.suitfile import GAP, SuitFile, file_of, moment, names, numbered, said
from litigation.documents.wording import ASSIGNMENT_OPENING
from litigation.roles import LIAISON
from litigation.states import RUNNING

SERIES = declare(Series("litigation.assignment", _("Assignments of suits"), "达应诉交字〔{year}〕{number}号")).code
DUTIES = (
    "指定专人负责，自收到起诉状副本之日起十五日内向人民法院提交答辩状、作出行政行为的证据和所依据的规范性文件"
    "（《中华人民共和国行政诉讼法》第六十七条第一款）；逾期提供且无正当理由的，视为没有相应证据（第三十四条第二款）",
    "因不可抗力等正当事由不能按期提供证据的，在上述十五日内向人民法院提出延期提供证据的书面申请"
    "（《最高人民法院关于适用〈中华人民共和国行政诉讼法〉的解释》第三十四条）",
    "负责人应当出庭应诉；不能出庭的，应当委托相应的工作人员出庭，不得仅委托律师出庭"
    "（《中华人民共和国行政诉讼法》第三条第三款及上述解释第一百二十八条）",
    "开庭前向人民法院提交出庭负责人的身份证明；开庭后及时报送庭审情况，收到裁判文书之日将送达日期和裁判文书报送我局",
)


class AssignmentForm(AgencyForm):
    demands = text_field(_("Further demands"), 3)
    contact = text_field(_("Contact at the bureau"), 1)
    field_order = ("agency", "demands", "contact")


def answer_due(file: SuitFile, part: Participation | None) -> date | None:
    """The last day of this organ's answer; no paper names a day that leans on an estimated calendar."""
    if part is None:
        return None
    rows = file.case.deadlines.filter(rule="L-ANSWER", party_id=part.party_id).order_by("pk")
    row = rows.last()
    return row.due_on if row is not None and row.calendar_status == CalendarStatus.PUBLISHED else None


def compose(case: Case, data: Data, today: date) -> Composed:
    file = file_of(case)
    part = file.agency(data)
    further = [line.rstrip("。") for line in said(data, "demands") if line != GAP]
    return Composed(
        (
            Part(
                "introduction",
                (ASSIGNMENT_OPENING.say({"法院": file.court or GAP, "案件": file.suit}),),
            ),
            Part("form"),
            Part("duties", numbered([*DUTIES, *further]), "应诉要求"),
        ),
        addressee=part.name if part else "",
    )


def blocks(case: Case, data: Data) -> dict[str, tuple[Any, ...]]:
    file = file_of(case)
    part = file.agency(data)
    received = file.day("complaint_received", party=part.party_id) if part else None
    due = answer_due(file, part)
    session = file.session
    contact = " ".join(str(data.get("contact") or "").split())

    def label(text: str) -> Cell:
        return Cell(text, label=True)

    table = Table.of(
        (label("受诉法院"), file.court, label("审级"), file.level),
        (label("法院案号"), file.number, label("本局案号"), case.number),
        (label("原告"), names(file.plaintiffs), label("被告"), names(file.defendants)),
        (label("被诉行为"), Cell(file.act_name, span=3)),
        (label("诉讼请求"), Cell("\n".join(file.facts.claims.splitlines()), span=3)),
        (
            label("收到起诉状日期"),
            chinese_date(received) if received else "",
            label("答辩举证截止日"),
            chinese_date(due) if due else "",
        ),
        (
            label("开庭时间"),
            moment(session.planned_at) if session is not None and session.is_open else "待法院通知",
            label("开庭地点"),
            session.place if session is not None and session.is_open else "",
        ),
        (label("联系人"), Cell(contact or (case.lead_handler.full_name if case.lead_handler else ""), span=3)),
        widths=(2, 3.4, 2, 3),
    )
    return {"form": (table,)}


def requires(case: Case, data: Data) -> list[Missing]:
    file = file_of(case)
    part = file.agency(data)
    if part is None:
        return [Missing("agency", _("No agency of the suit is entered: who is to answer?"), field="agency")]
    found = needs_court(case, data)
    if file.day("complaint_received", party=part.party_id) is None:
        message = _("Enter first when %(agency)s received the complaint: its fifteen days run from that day.")
        found.append(
            Missing("received", message % {"agency": part.name}, "67(1)", mended_by="litigation.record_receipt")
        )
    return found


ASSIGNMENT = DocumentKind(
    code="suit_assignment",
    name=pgettext_lazy("paper", "Assignment of a suit"),
    title="应诉交办单",
    issuer=BUREAU,
    compose=compose,
    blocks=blocks,
    states=RUNNING,
    series=SERIES,
    drafter_roles=LIAISON,
    signer_roles=(),
    issuer_roles=LIAISON,
    form=AssignmentForm,
    requires=requires,
    passages=(ASSIGNMENT_OPENING,),
    attachments=lambda case, data: ("起诉状副本及人民法院送达的诉讼材料",),
    is_single=False,
    primary=60,
)
