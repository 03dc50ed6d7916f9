"""What was agreed, one item for each obligation: who does what for whom, until when, sums in figures and capitals."""

from __future__ import annotations

from datetime import date

from casemgr.documents.rendering import chinese_date, in_both
from mediation.documents.casefile import closed
from mediation.models import Agreement, Obligation
from mediation.terms import ObligationKind

_NUMERALS = "一二三四五六七八九十"


def items(agreement: Agreement) -> list[str]:
    """Numbered 一、二、…: the typed content first, then what each side owes."""
    typed = [line.strip() for line in agreement.content.splitlines() if line.strip()]
    owed = sorted(agreement.obligations.all(), key=lambda one: (one.due_on or date.max, one.instalment, one.pk))
    series = {(one.debtor_id, one.creditor_id, one.subject) for one in owed if one.instalment > 1}
    said = [sentence(one, (one.debtor_id, one.creditor_id, one.subject) in series) for one in owed]
    return [closed(line) for line in (*typed, *said)]


def numbered(found: list[str]) -> tuple[str, ...]:
    """With numerals, unless people numbered them themselves or there is one only."""
    if len(found) < 2 or found[0][:2] in ("一、", "1.", "1、"):
        return tuple(found)
    return tuple(f"{numeral(number)}、{line}" for number, line in enumerate(found, 1))


def numeral(number: int) -> str:
    """一 … 九十九"""
    tens, ones = divmod(number, 10)
    return (("" if tens == 1 else _NUMERALS[tens - 1]) + "十" if tens else "") + (_NUMERALS[ones - 1] if ones else "")


def sentence(one: Obligation, in_instalments: bool = False) -> str:
    """李四于2026年12月15日前（含当日）向王宝音支付补偿款人民币3,000元（大写：叁仟元整）"""
    to_whom = f"向{one.creditor.name}" if one.creditor else ""
    until = f"于{chinese_date(one.due_on)}前（含当日）" if one.due_on else ""
    who = f"{one.debtor.name}{until}"
    subject = one.subject.strip().rstrip("。")
    if one.kind == ObligationKind.PAY:
        part = f"（第{one.instalment}期）" if in_instalments else ""
        amount = in_both(one.amount_yuan) if one.amount_yuan is not None else ""
        return f"{who}{to_whom}支付{subject.removeprefix('支付')}{part}{amount}"
    if one.kind == ObligationKind.HAND_OVER:
        return f"{who}{to_whom}交付{subject.removeprefix('交付')}"
    if one.kind == ObligationKind.REFRAIN:
        return f"{one.debtor.name}{subject if subject.startswith(('不', '停止')) else f'不得{subject}'}"
    if one.kind == ObligationKind.APOLOGISE:
        return f"{who}{to_whom}{subject or '赔礼道歉'}"
    return f"{who}{subject}"
