"""送达回证: one form per recipient and paper, signed by hand (Civil Procedure Law 2023, art. 87–89)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case, Participation
from casemgr.documents.kinds import Composed, Data, DocumentKind, KindForm, Missing
from casemgr.documents.models import Document
from casemgr.documents.rendering import Cell, Table
from casemgr.documents.service_addresses.current import confirmation_of, destination
from reconsideration.documents import organs
from reconsideration.documents.casefile import CaseFile
from reconsideration.states import WITH_PAPERS

METHODS = "□直接送达　□留置送达　□邮寄送达\n□电子送达　□委托送达　□转交送达　□公告送达"
REMARK = (
    "代收的，注明与受送达人的关系。拒绝接收的，可以邀请有关基层组织或者所在单位的代表到场见证，记明拒收事由和日期，把文书留在受送达人的住所；"
    "也可以留在其住所并拍照、录像记录送达过程。"
)


class ServiceReceiptForm(KindForm):
    document = forms.ModelChoiceField(Document.objects.none(), label=_("Paper to be served"), required=False)
    recipient = forms.ModelChoiceField(Participation.objects.none(), label=_("Recipient"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].queryset = self.case.documents.exclude(sha256="").exclude(kind="service_receipt")
        self.fields["recipient"].queryset = self.case.participations.all()


def compose(case: Case, data: Data, today: date) -> Composed:
    return Composed(())


def blocks(case: Case, data: Data) -> dict[str, tuple[Any, ...]]:
    document = case.documents.filter(pk=data.get("document")).first()
    recipient = case.participations.select_related("party").filter(pk=data.get("recipient")).first()
    served = f"{document.title}\n{document.number_text}" if document else ""
    where = destination(recipient, confirmation_of(recipient)).address if recipient else ""

    def label(text: str, **options: Any) -> Cell:
        return Cell(text, label=True, **options)

    table = Table.of(
        (label("案由"), Cell(CaseFile(case).complaint(CaseFile(case).respondent_names), span=3)),
        (label("案号"), Cell(case.number, span=3)),
        (label("送达的文书名称和文号"), Cell(served, span=3)),
        (label("受送达人"), Cell(recipient.name if recipient else ""), label("份数"), Cell("1", align="center")),
        (label("送达地点"), Cell(where, span=3)),
        (label("送达方式"), Cell(METHODS, span=3)),
        (label("受送达人签名或者盖章"), Cell("", span=3, dated=True)),
        (label("代收人签名及代收理由", rows=2), label("签名及与受送达人的关系"), Cell("", span=2)),
        (label("代收理由"), Cell("", span=2, dated=True)),
        (label("受送达人拒收的事由和日期"), Cell("", span=3)),
        (label("见证人签名或者盖章"), Cell(""), label("送达人\n签名"), Cell("")),
        (label("备注"), Cell(REMARK, span=3)),
        widths=(3, 4, 2.2, 3),
        heights=(12, 9, 15, 10, 10, 15, 20, 11, 18, 15, 15, 15),
    )
    return {"form": (table,)}


def requires(case: Case, data: Data) -> list[Missing]:
    found = []
    if not data.get("document"):
        found.append(Missing("document", _("Choose the issued paper that is served."), field="document"))
    if not data.get("recipient"):
        found.append(Missing("recipient", _("Choose the recipient."), field="recipient"))
    return found


SERVICE_RECEIPT = DocumentKind(
    code="service_receipt",
    name=_("Service receipt (form)"),
    title="送达回证",
    issuer=organs.OFFICE,
    compose=compose,
    blocks=blocks,
    states=WITH_PAPERS,
    signer_roles=(),
    form=ServiceReceiptForm,
    requires=requires,
    layout="receipt",
    signed_by_issuer=False,
    is_single=False,
    is_form=True,
    purpose="receipt",
)
