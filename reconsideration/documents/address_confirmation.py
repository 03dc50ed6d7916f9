"""送达地址确认书: a form each party fills in and signs (Interpretation of the Civil Procedure Law 2022, art. 136)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case, Participation
from casemgr.documents.kinds import Composed, Data, DocumentKind, KindForm, Missing
from casemgr.documents.references import ROLE_WORDS
from casemgr.documents.rendering import Cell, Table
from reconsideration.documents import organs
from reconsideration.states import WITH_PAPERS

NOTES = (
    "一、为便于及时收到行政复议文书，保证行政复议程序顺利进行，当事人应当如实提供确切的送达地址。\n"
    "二、确认的送达地址在本案中适用。送达地址发生变更的，应当及时书面告知行政复议机构；未及时告知的，按原地址送达，视为依法送达。\n"
    "三、因提供的送达地址不准确、拒不提供送达地址、送达地址变更未及时告知，或者受送达人本人、其指定的代收人拒绝签收，导致文书被退回的，"
    "由当事人承担由此产生的后果。\n"
    "四、同意电子送达的，文书到达受送达人确认的特定系统的日期为送达日期；以电子方式送达决定书、调解书后，需要纸质文书的，可以向行政复议机构提出，"
    "行政复议机构应当提供。"
)
ELECTRONIC = "□不同意　□同意：□办案平台 □电子邮件 □手机短信 □传真"


class AddressConfirmationForm(KindForm):
    recipient = forms.ModelChoiceField(Participation.objects.none(), label=_("Participant"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recipient"].queryset = self.case.participations.filter(left_on__isnull=True)


def compose(case: Case, data: Data, today: date) -> Composed:
    return Composed(())


def blocks(case: Case, data: Data) -> dict[str, tuple[Any, ...]]:
    part = case.participations.filter(pk=data.get("recipient")).first()
    who = f"{ROLE_WORDS[part.role]}　{part.name}" if part else ""

    def label(text: str, **options: Any) -> Cell:
        return Cell(text, label=True, **options)

    table = Table.of(
        (label("案号"), Cell(case.number), label("当事人"), Cell(who)),
        (label("告知事项"), Cell(NOTES, span=3)),
        (label("送达地址"), Cell("", span=3)),
        (label("邮政编码"), Cell(""), label("联系电话"), Cell("")),
        (label("指定代收人"), Cell(""), label("关系"), Cell("")),
        (label("电子送达"), Cell(ELECTRONIC, span=3)),
        (label("电子地址"), Cell("", span=3)),
        (
            label("当事人确认"),
            Cell("本人已阅读上述告知事项，提供的送达地址真实、准确，同意按照上述地址和方式送达。\n签名或者盖章：",
                 span=3, dated=True),
        ),
        (label("工作人员\n签名"), Cell("", span=3, dated=True)),
        widths=(2.3, 4.3, 1.9, 4),
        heights=(7, 50, 11, 9, 9, 9, 9, 22, 12),
    )  # fmt: skip
    return {"form": (table,)}


def requires(case: Case, data: Data) -> list[Missing]:
    if data.get("recipient"):
        return []
    return [Missing("recipient", _("Choose whose address is confirmed."), field="recipient")]


ADDRESS_CONFIRMATION = DocumentKind(
    code="address_confirmation",
    name=_("Confirmation of address for service (form)"),
    title="送达地址确认书",
    issuer=organs.OFFICE,
    compose=compose,
    blocks=blocks,
    states=WITH_PAPERS,
    reviewer_roles=(),
    signer_roles=(),
    form=AddressConfirmationForm,
    requires=requires,
    layout="receipt",
    signed_by_issuer=False,
    is_single=False,
    is_form=True,
    purpose="address",
)
