"""证据目录 of a party or of the office, printed from the register of evidence (art. 43)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case, Participation
from casemgr.documents.kinds import Composed, Data, DocumentKind, KindForm, Missing, Part
from casemgr.documents.rendering import Cell, SignLines, Table, chinese_date
from reconsideration.documents import organs
from reconsideration.documents.casefile import CaseFile
from reconsideration.models import Evidence
from reconsideration.states import WITH_PAPERS

KINDS = {
    "written": "书证", "physical": "物证", "audiovisual": "视听资料", "electronic": "电子数据",
    "witness": "证人证言", "statement": "当事人陈述", "expert": "鉴定意见", "record": "勘验笔录、现场笔录",
}  # fmt: skip
BY_OFFICE = "office"


class EvidenceListForm(KindForm):
    whose = forms.ChoiceField(label=_("Whose evidence"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pieces = Evidence.objects.standing().filter(case_id=self.case.pk)
        givers = Participation.objects.filter(pk__in=pieces.values("given_by"))
        choices = [(str(part.pk), part.with_role) for part in givers]
        if pieces.filter(given_by=None).exists():
            choices.append((BY_OFFICE, _("Obtained by the office itself")))
        self.fields["whose"].choices = [("", _("— choose —")), *choices]
        if not self.is_bound and len(choices) == 1:
            self.fields["whose"].initial = choices[0][0]


def _pieces(case: Case, data: Data) -> list[Evidence]:
    whose = data.get("whose")
    if not whose:
        return []
    kept = Evidence.objects.standing().filter(case_id=case.pk)
    return list(kept.filter(given_by=None) if whose == BY_OFFICE else kept.filter(given_by_id=whose))


def _giver(case: Case, data: Data) -> str:
    if data.get("whose") == BY_OFFICE:
        return "行政复议机构调取"
    part = case.participations.filter(pk=data.get("whose") or 0).first()
    return part.name if part else ""


def compose(case: Case, data: Data, today: date) -> Composed:
    file = CaseFile(case)
    intro = (f"案号：{case.number}", f"案由：{file.complaint(file.respondent_names)}", f"提交人：{_giver(case, data)}")
    return Composed((Part("introduction", intro), Part("evidence", ())))


def blocks(case: Case, data: Data) -> dict[str, tuple[Any, ...]]:
    titles = ("序号", "证据名称", "种类", "来源", "证明目的", "页数", "提交日期", "核对原件")
    head = tuple(Cell(text, label=True) for text in titles)
    rows = [
        (
            Cell(str(number), align="center"),
            Cell(piece.title),
            Cell(KINDS[piece.kind]),
            Cell(piece.origin),
            Cell(piece.purpose),
            Cell(piece.pages, align="center"),
            Cell(chinese_date(piece.received_on)),
            Cell("已核对" if piece.is_original_seen else "", align="center"),
        )
        for number, piece in enumerate(_pieces(case, data), 1)
    ]
    table = Table((head, *rows), widths=(0.7, 2.4, 1.2, 1.5, 2.6, 0.8, 1.7, 1.1), header_rows=1)
    return {"evidence": (table, SignLines(("提交人签名或者盖章", "接收人签名")))}


def requires(case: Case, data: Data) -> list[Missing]:
    if not _pieces(case, data):
        return [Missing("whose", _("Choose whose evidence the list is of."), "43", "whose")]
    return []


EVIDENCE_LIST = DocumentKind(
    code="evidence_list",
    name=_("Catalogue of evidence"),
    title="证据目录",
    issuer=organs.OFFICE,
    compose=compose,
    blocks=blocks,
    states=WITH_PAPERS,
    signer_roles=(),
    form=EvidenceListForm,
    requires=requires,
    layout="record",
    signed_by_issuer=False,
    is_headed=False,
    is_single=False,
    is_form=True,
)
