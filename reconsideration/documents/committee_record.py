"""行政复议委员会咨询意见记录: ground, question, members, opinion, adoption (art. 52; Regulation 51–52)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, DocumentKind, KindForm, Missing
from casemgr.documents.rendering import Cell, Table, chinese_date
from reconsideration.documents import organs
from reconsideration.documents.casefile import CaseFile
from reconsideration.models import Consultation
from reconsideration.states import WITH_PAPERS

TRIGGERS = {
    "grave": "案情重大、疑难、复杂（《行政复议法》第五十二条第二款第一项）",
    "technical": "专业性、技术性较强（《行政复议法》第五十二条第二款第二项）",
    "provincial": "《行政复议法》第二十四条第二款规定的案件（第五十二条第二款第三项）",
    "office": "行政复议机构认为有必要（《行政复议法》第五十二条第二款第四项）",
}
MEETINGS = {"plenary": "全体会议", "consultation": "案件咨询会议", "other": "其他形式"}
ADOPTIONS = {"adopted": "采纳", "partly": "部分采纳", "not": "不采纳", "": ""}


class ConsultationForm(KindForm):
    consultation = forms.ModelChoiceField(Consultation.objects.none(), label=_("Consultation"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = _answered(self.case)
        self.fields["consultation"].queryset = found
        if not self.is_bound and len(found) == 1:
            self.fields["consultation"].initial = found[0]


def _answered(case: Case) -> Any:
    return Consultation.objects.standing().filter(case_id=case.pk, held_on__isnull=False)


def _chosen(case: Case, data: Data) -> Consultation | None:
    return _answered(case).filter(pk=data.get("consultation")).first() if data.get("consultation") else None


def blocks(case: Case, data: Data) -> dict[str, tuple[Any, ...]]:
    one = _chosen(case, data)
    if one is None:
        return {}
    members = list(one.members.select_related("member"))
    present = "、".join(str(m.member) for m in members if not m.stands_aside)
    aside = "\n".join(f"{m.member.name}　{m.interest}" for m in members if m.stands_aside) or "无"
    adoption = "：".join(filter(None, (ADOPTIONS[one.adoption], one.explanation)))

    def label(text: str) -> Cell:
        return Cell(text, label=True)

    table = Table.of(
        (label("案号"), case.number, label("会议形式"), MEETINGS.get(one.meeting, "")),
        (label("案由"), Cell(CaseFile(case).complaint(CaseFile(case).respondent_names), span=3)),
        (label("提请事由"), Cell(TRIGGERS[one.trigger], span=3)),
        (label("提请日期"), chinese_date(one.referred_on), label("会议日期"), chinese_date(one.held_on)),
        (label("会议地点"), one.place, label("主持人"), one.presided_by),
        (label("参加委员"), Cell(present, span=3)),
        (label("回避情况"), Cell(aside, span=3)),
        (label("咨询的问题"), Cell(one.question, span=3)),
        (label("咨询意见"), Cell(one.opinion, span=3)),
        (label("不同意见"), Cell(one.dissent or "无", span=3)),
        (label("采纳情况及说明"), Cell(adoption, span=3)),
        (label("委员签名"), Cell("", span=3, dated=True)),
        (label("主持人签名"), "", label("记录人"), one.recorded_by),
        widths=(2.2, 4, 2.2, 3.6),
        heights=(9, 12, 10, 9, 9, 12, 10, 20, 30, 12, 20, 22, 12),
    )
    return {"form": (table,)}


def requires(case: Case, data: Data) -> list[Missing]:
    if _chosen(case, data) is None:
        message = _("Choose the consultation whose opinion is recorded.")
        return [Missing("consultation", message, "52(3)", "consultation")]
    return []


def has_opinion(case: Case) -> bool:
    return any(event.kind == "committee_advised" for event in case.events.all())


COMMITTEE_RECORD = DocumentKind(
    code="committee_record",
    name=_("Record of the committee's opinion"),
    title="行政复议委员会咨询意见记录",
    issuer=organs.OFFICE,
    compose=lambda case, data, today: Composed(()),
    blocks=blocks,
    states=WITH_PAPERS,
    signer_roles=(),
    form=ConsultationForm,
    requires=requires,
    layout="record",
    signed_by_issuer=False,
    is_single=False,
    is_form=True,
    offered_if=has_opinion,
)
