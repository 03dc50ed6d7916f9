"""规范性文件审查通知书 to the maker (art. 58) and 转送函 to the organ that may review (art. 56, 57, 60)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, DocumentKind, KindForm, Missing, Part
from reconsideration.actions.annexed_opening import open_reviews
from reconsideration.documents import organs, series, wording
from reconsideration.documents.casefile import CaseFile, closed
from reconsideration.documents.trial_notice import LAW, REGULATION, introduction, sent
from reconsideration.models import AnnexedReview
from reconsideration.stop_guards import annexed_suspension
from reconsideration.timelimits.laws import REGULATION_2026

TEXT = forms.Textarea({"rows": 3})


class _ReviewForm(KindForm):
    """Filled from the reviews that the case records."""

    is_ours = True

    organ = forms.CharField(label=_("To whom it is addressed"), required=False, max_length=120)
    clauses = forms.CharField(label=_("Document and clauses"), required=False, max_length=500, widget=TEXT)
    reasons = forms.CharField(label=_("Why the clauses are doubted"), required=False, max_length=2000, widget=TEXT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reviews = open_reviews(self.case, self.is_ours)
        if reviews:
            first = reviews[0]
            self.fields["organ"].initial = first.document.maker if self.is_ours else first.organ
            self.fields["clauses"].initial = "、".join(f"{one.document.quoted}{one.clauses}" for one in reviews)
            self.fields["reasons"].initial = "；".join(one.reasons for one in reviews if one.reasons)


class NoticeForm(_ReviewForm):
    pass


class TransferForm(_ReviewForm):
    is_ours = False


def _why(case: Case, data: Data) -> str:
    """Asked for by the applicant, or taken up by the authority itself."""
    asked = {one.asked for one in open_reviews(case)}
    clauses = data.get("clauses") or "有关规范性文件"
    if AnnexedReview.Asked.EX_OFFICIO in asked:
        return f"本机关在审查该行政行为时，认为其依据{clauses}不合法"
    reasons = closed(data.get("reasons") or "", "")
    when = "在行政复议期间" if AnnexedReview.Asked.LATER in asked else "一并"
    return f"申请人{when}提出对{clauses}的审查申请{'，理由是：' + reasons if reasons else ''}"


def compose_notice(case: Case, data: Data, today: date) -> Composed:
    file = CaseFile(case)
    opening = introduction(file, authority=organs.authority_name(today))
    return Composed(
        (
            Part("introduction", (f"{opening}{_why(case, data)}。本案已{file.on_day('suspended')}中止审理。",)),
            Part(
                "term",
                (
                    f"根据{LAW}第五十八条的规定，请你单位自收到本通知书之日起十日内（工作日，不含法定休假日），"
                    f"就上述条款的合法性提出书面答复，并提交制定该文件的依据、起草说明等相关材料，提交至{organs.counter(today)}。",
                    "必要时，本机构将要求你单位当面说明理由，请予配合。",
                    wording.CLOSING.say(),
                ),
            ),
        ),
        addressee=data.get("organ") or "",
    )


def compose_transfer(case: Case, data: Data, today: date) -> Composed:
    file = CaseFile(case)
    own = any(one.asked == AnnexedReview.Asked.EX_OFFICIO for one in open_reviews(case))
    article = "第五十七条" if own else "第五十六条"
    regulation = f"、{REGULATION}第五十三条第二款" if REGULATION_2026.covers(today) else ""
    return Composed(
        (
            Part("introduction", (f"{introduction(file)}{_why(case, data)}。",)),
            Part(
                "transfer",
                (
                    f"经研究，本机关无权处理上述条款。根据{LAW}{article}{regulation}的规定，现将该审查事项转送你单位依法处理。",
                    f"请你单位根据{LAW}第六十条的规定，自收到转送之日起六十日内，将处理意见回复本机关。"
                    f"本案已{file.on_day('suspended')}中止审理，待收到处理意见后恢复。",
                    f"联系地址：{organs.counter(today)}。",
                ),
            ),
        ),
        addressee=data.get("organ") or "",
    )


def _requires(article: str) -> Callable[[Case, Data], list[Missing]]:
    def requires(case: Case, data: Data) -> list[Missing]:
        found = []
        if not data.get("organ"):
            found.append(Missing("organ", _("Name the organ to which it is addressed."), article, "organ"))
        if not data.get("clauses"):
            found.append(Missing("clauses", _("Name the document and the clauses."), article, "clauses"))
        return found

    return requires


def _waits(is_ours: bool) -> Callable[[Case], bool]:
    def waits(case: Case) -> bool:
        began = annexed_suspension(case)
        return began is not None and bool(began.data.get("is_competent")) is is_ours

    return waits


ANNEX_NOTICE = DocumentKind(
    code="annex_notice",
    name=_("Notice of review to the maker of a normative document"),
    title="规范性文件审查通知书",
    issuer=organs.OFFICE,
    compose=compose_notice,
    states=("SUSPENDED",),
    series=series.ANNEX_NOTICE,
    form=NoticeForm,
    passages=wording.TRIAL_PAPERS,
    issue_action="reconsideration.annex_notice_issued",
    issue_data=lambda document: sent(document, "organ", "clauses"),
    requires=_requires("58(1)"),
    attachments=lambda case, data: (CaseFile(case).application,),
    offered_if=_waits(True),
    primary=40,
)
ANNEX_TRANSFER = DocumentKind(
    code="annex_transfer",
    name=_("Letter that transfers the review of a normative document"),
    title="规范性文件审查转送函",
    issuer=organs.AUTHORITY,
    compose=compose_transfer,
    states=("SUSPENDED",),
    series=series.ANNEX_TRANSFER,
    form=TransferForm,
    passages=wording.TRIAL_OPENING,
    issue_action="reconsideration.annex_transfer_issued",
    issue_data=lambda document: sent(document, "organ"),
    requires=_requires("56"),
    attachments=lambda case, data: (CaseFile(case).application,),
    offered_if=_waits(False),
    primary=40,
)
