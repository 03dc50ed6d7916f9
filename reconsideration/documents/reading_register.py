"""阅卷登记表: who asked for what, what was granted, what was read and copied, where and under whose eyes (art. 47)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, DocumentKind, KindForm, Missing
from casemgr.documents.references import ROLE_WORDS
from casemgr.documents.rendering import Cell, Table, chinese_date
from reconsideration.documents import organs
from reconsideration.models import ReadingRequest
from reconsideration.states import WITH_PAPERS

DECISIONS = {"": "", "granted": "同意", "partly": "部分同意", "refused": "不同意"}
GROUNDS = {
    "state_secret": "涉及国家秘密", "trade_secret": "涉及商业秘密", "privacy": "涉及个人隐私",
    "security": "可能危及国家安全、公共安全、社会稳定", "": "",
}  # fmt: skip
PLACES = {"reception": "接待室", "archive": "档案室"}


class ReadingForm(KindForm):
    request = forms.ModelChoiceField(ReadingRequest.objects.none(), label=_("Request to read the file"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = ReadingRequest.objects.standing().filter(case_id=self.case.pk)
        self.fields["request"].queryset = found
        if not self.is_bound and len(found) == 1:
            self.fields["request"].initial = found[0]


def _chosen(case: Case, data: Data) -> ReadingRequest | None:
    if not data.get("request"):
        return None
    kept = ReadingRequest.objects.standing().filter(case_id=case.pk).select_related("asked_by", "watched_by", "room")
    return kept.filter(pk=data["request"]).first()


def blocks(case: Case, data: Data) -> dict[str, tuple[Any, ...]]:
    one = _chosen(case, data)
    if one is None:
        return {}
    who = f"{ROLE_WORDS.get(one.asked_by.role, '')}{one.asked_by.name}"
    refused = "：".join(filter(None, (GROUNDS[one.ground], one.withheld)))
    pages = f"（{one.copied_pages}页）" if one.copied_pages else ""

    def label(text: str) -> Cell:
        return Cell(text, label=True)

    table = Table.of(
        (label("案号"), case.number, label("申请日期"), chinese_date(one.asked_on)),
        (label("申请人"), Cell(who, span=3)),
        (label("申请查阅、复制的材料"), Cell(one.wanted, span=3)),
        (label("审查意见"), DECISIONS[one.decision], label("决定日期"),
         chinese_date(one.decided_on) if one.decided_on else ""),
        (label("不同意的材料和理由"), Cell(refused, span=3)),
        (label("查阅日期"), chinese_date(one.read_on) if one.read_on else "", label("查阅地点"),
         f"{PLACES.get(one.room.kind, '')}（{one.room.name}）" if one.room else ""),
        (label("查阅的材料"), Cell(one.read, span=3)),
        (label("复制的材料"), Cell(f"{one.copied}{pages if one.copied else ''}", span=3)),
        (label("查阅、复制人"), one.reader, label("在场工作人员"), one.watched_by.full_name if one.watched_by else ""),
        (label("查阅、复制人签名"), Cell("", span=3, dated=True)),
        (label("工作人员签名"), Cell("", span=3, dated=True)),
        widths=(2.6, 3.4, 2.4, 3.2),
        heights=(9, 9, 18, 9, 14, 9, 16, 16, 9, 18, 18),
    )  # fmt: skip
    return {"form": (table,)}


def requires(case: Case, data: Data) -> list[Missing]:
    if _chosen(case, data) is None:
        return [Missing("request", _("Choose the request that is registered."), "47", "request")]
    return []


READING_REGISTER = DocumentKind(
    code="reading_register",
    name=_("Register of file reading"),
    title="阅卷登记表",
    issuer=organs.OFFICE,
    compose=lambda case, data, today: Composed(()),
    blocks=blocks,
    states=WITH_PAPERS,
    signer_roles=(),
    form=ReadingForm,
    requires=requires,
    layout="record",
    signed_by_issuer=False,
    is_single=False,
    is_form=True,
)
