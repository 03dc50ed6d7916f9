"""D14 履行凭证 (收条) and D15 回访记录 (art. 31)."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case
from casemgr.documents.kinds import Composed, Data, Part
from casemgr.documents.rendering import Cell, Table, chinese_date, in_both
from mediation.documents.casefile import file_of, hour
from mediation.documents.people import SIGN_ALONE, Signatory, sign_table
from mediation.documents.shapes import PARTIES, ChoiceForm, chosen, no_text, printed_form, wants
from mediation.documents.words import SATISFACTION_WORDS
from mediation.models import Obligation, Payment, Visit
from mediation.terms import ObligationKind


def _payments(case: Case) -> list[Payment]:
    owed = (one for agreement in file_of(case).agreements for one in agreement.obligations.all())
    return [payment for one in owed for payment in one.payments.all()]


class PaymentForm(ChoiceForm):
    rows: ClassVar = {
        "payment": lambda case: Payment.objects.filter(obligation__agreement__case=case.pk).order_by("id")
    }
    payment = forms.ModelChoiceField(Payment.objects.none(), label=_("Performance"), required=False)


def receipt_text(case: Case, data: Data, today: date) -> Composed:
    payment = chosen(_payments(case), data, "payment")
    if payment is None:
        return Composed(())
    owed = payment.obligation
    return Composed(
        (
            Part(
                "text",
                (
                    f"今收到{owed.debtor.name}依据{owed.agreement.number}人民调解协议{_performed(owed, payment)}。",
                    f"履行日期：{chinese_date(payment.on)}。",
                    f"履行方式、凭证：{payment.proof}。",
                ),
            ),
        )
    )


def _performed(owed: Obligation, payment: Payment) -> str:
    subject = owed.subject.strip().rstrip("。")
    if owed.kind == ObligationKind.PAY and payment.amount_yuan is not None:
        return f"支付的{subject.removeprefix('支付')}{in_both(payment.amount_yuan)}"
    return f"履行的下列义务：{subject}"


def receipt_blocks(case: Case, data: Data) -> dict[str, tuple[Table, ...]]:
    payment = chosen(_payments(case), data, "payment")
    creditor = payment.obligation.creditor if payment else None
    return {"signatures": (sign_table(Signatory("收款（收到）人", SIGN_ALONE, creditor.name if creditor else "")),)}


PERFORMANCE_RECEIPT = printed_form(
    code="performance_receipt",
    issuer=PARTIES,
    name=_("Receipt of performance"),
    title="收条",
    form=PaymentForm,
    compose=receipt_text,
    blocks=receipt_blocks,
    requires=wants("payment", _("Choose what was performed.")),
    offered_if=lambda case: bool(_payments(case)),
)


class VisitForm(ChoiceForm):
    rows: ClassVar = {"visit": lambda case: case.visits.order_by("visited_on", "id")}
    visit = forms.ModelChoiceField(Visit.objects.none(), label=_("Return visit"), required=False)


def visit_blocks(case: Case, data: Data) -> dict[str, tuple[Any, ...]]:
    file = file_of(case)
    visit = chosen(file.visits, data, "visit")
    if visit is None:
        return {}

    def label(text: str) -> Cell:
        return Cell(text, label=True)

    agreement = visit.agreement or file.agreement
    visited = chinese_date(visit.visited_on) + (hour(visit.visited_time) if visit.visited_time else "")
    table = Table.of(
        (label("当事人"), Cell(file.both_sides, span=3)),
        (label("调解协议\n编号"), Cell(agreement.number if agreement else "—", span=3)),
        (label("回访事由"), Cell(visit.reason, span=3)),
        (label("回访时间"), visited, label("被回访人"), visit.interviewee),
        (label("协议履行\n情况"), Cell(visit.performance, span=3)),
        (label("是否起诉\n及结果"), Cell(visit.sued or "未起诉", span=3)),
        (label("有无激化\n迹象"), Cell(visit.escalation or "无", span=3)),
        (label("采取的措施"), Cell(visit.action or "—", span=3)),
        (label("对调解工作\n是否满意"), Cell(SATISFACTION_WORDS[visit.satisfaction], span=3)),
        widths=(1.8, 4, 1.6, 2.6),
        heights=(11, 11, 14, 11, 24, 14, 14, 18, 12),
    )
    signatories = (Signatory("被回访人", "签名", visit.interviewee), Signatory("回访人", "签名", visit.visitor))
    return {"form": (table,), "signatures": (sign_table(*signatories),)}


VISIT_RECORD = printed_form(
    code="visit_record",
    name=_("Record of a return visit"),
    title="人民调解回访记录",
    form=VisitForm,
    compose=no_text,
    blocks=visit_blocks,
    requires=wants("visit", _("Choose the return visit.")),
    offered_if=lambda case: bool(file_of(case).visits),
)
