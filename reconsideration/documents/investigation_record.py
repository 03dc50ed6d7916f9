"""调查笔录: two officers at least, work cards shown, what was asked and found (art. 45)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, DocumentKind, KindForm, Missing, Part
from casemgr.documents.rendering import KeyValues, SignLines, chinese_date
from reconsideration.documents import organs
from reconsideration.documents.casefile import CaseFile
from reconsideration.models import Investigation
from reconsideration.states import WITH_PAPERS

KINDS = {
    "question": "询问", "papers": "查阅、复制、调取文件资料", "inspection": "现场勘验", "appraisal": "委托鉴定",
}  # fmt: skip
RIGHTS = (
    "调查人员已出示行政复议工作证件，并告知被调查人应当积极配合、如实提供情况，不得拒绝或者阻挠"
    "（《中华人民共和国行政复议法》第四十五条）。"
)


class InvestigationRecordForm(KindForm):
    investigation = forms.ModelChoiceField(Investigation.objects.none(), label=_("Investigation"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = Investigation.objects.standing().filter(case_id=self.case.pk)
        self.fields["investigation"].queryset = found
        if not self.is_bound and len(found) == 1:
            self.fields["investigation"].initial = found[0]


def _chosen(case: Case, data: Data) -> Investigation | None:
    if not data.get("investigation"):
        return None
    kept = Investigation.objects.standing().filter(case_id=case.pk).select_related("officer", "second_officer")
    return kept.filter(pk=data["investigation"]).first()


def compose(case: Case, data: Data, today: date) -> Composed:
    one = _chosen(case, data)
    if one is None:
        return Composed((Part("facts", ()),))
    notes = [f"拒绝、阻挠情况：{one.obstruction}"] if one.obstruction else []
    notes += [f"未签名的原因：{one.unsigned}"] if one.unsigned else []
    return Composed(
        (
            Part("facts", ()),
            Part("rights", (RIGHTS,)),
            Part("content", tuple(line for line in one.content.splitlines() if line.strip()), "调查内容"),
            Part("notes", tuple(notes)),
            Part("signatures", ("以上笔录经被调查人核对无误（或者向其宣读），由被调查人逐页签名。",)),
        )
    )


def blocks(case: Case, data: Data) -> dict[str, tuple[Any, ...]]:
    one = _chosen(case, data)
    if one is None:
        return {}
    officers = "、".join(filter(None, (one.officer.full_name, one.second_officer.full_name, one.further_officers)))
    pairs = (
        ("案号", case.number),
        ("案由", CaseFile(case).complaint(CaseFile(case).respondent_names)),
        ("调查方式", KINDS[one.kind]),
        ("时间", " ".join(filter(None, (chinese_date(one.held_on), one.hours)))),
        ("地点", one.place),
        ("调查人员", officers),
        ("记录人", one.recorder),
        ("被调查人", one.asked),
    )
    signs = SignLines(("被调查人签名", "在场人签名", "调查人员签名", "调查人员签名", "记录人签名"))
    return {"facts": (KeyValues(tuple(pair for pair in pairs if pair[1])),), "signatures": (signs,)}


def requires(case: Case, data: Data) -> list[Missing]:
    if _chosen(case, data) is None:
        return [Missing("investigation", _("Choose the investigation that is recorded."), "45", "investigation")]
    return []


INVESTIGATION_RECORD = DocumentKind(
    code="investigation_record",
    name=_("Record of an investigation"),
    title="调查笔录",
    issuer=organs.OFFICE,
    compose=compose,
    blocks=blocks,
    states=WITH_PAPERS,
    signer_roles=(),
    form=InvestigationRecordForm,
    requires=requires,
    layout="record",
    signed_by_issuer=False,
    is_single=False,
    is_form=True,
)
