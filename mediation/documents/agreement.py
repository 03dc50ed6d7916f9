"""D12 人民调解协议书, or instead of it D13 口头协议登记表 (art. 28–31)."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from casemgr.cases.models import Case, Participation
from casemgr.documents.kinds import Composed, Data, Missing, Part
from casemgr.documents.rendering import Cell, Table, chinese_date
from mediation.agreements.standing import required_signers
from mediation.conditions import is_entrusted, written_article
from mediation.documents import wording
from mediation.documents.casefile import CaseFile, closed, file_of, lines
from mediation.documents.obligations import items, numbered, numeral
from mediation.documents.people import (
    particulars,
    party_lines,
    party_signatures,
    sign_table,
    staff_signatures,
    way_to_sign,
)
from mediation.documents.shapes import ChoiceForm, chosen, no_text, printed_form, sealed_form, wants
from mediation.models import Agreement
from mediation.terms import AgreementForm, DisputeType

ORAL_NOTE = "各方当事人认为无需制作调解协议书，采取口头协议方式。口头协议自达成之日起生效，具有法律约束力。"


class WrittenForm(ChoiceForm):
    rows: ClassVar = {
        "agreement": lambda case: case.agreements.filter(form=AgreementForm.WRITTEN).order_by("round", "id")
    }
    agreement = forms.ModelChoiceField(Agreement.objects.none(), label=_("Agreement"), required=False)


class OralForm(ChoiceForm):
    rows: ClassVar = {"agreement": lambda case: case.agreements.filter(form=AgreementForm.ORAL).order_by("round", "id")}
    agreement = forms.ModelChoiceField(Agreement.objects.none(), label=_("Agreement"), required=False)


def compose(case: Case, data: Data, today: date) -> Composed:
    file = file_of(case)
    agreement = chosen(file.agreements, data, "agreement")
    if agreement is None:
        return Composed(())
    facts = lines(agreement.facts) or lines(file.facts.summary)
    agreed = numbered(items(agreement))
    said = [
        Part("number", (f"编号：{agreement.number}",)),
        Part("parties", party_lines(file, agreement.made_on, last4=True)),
        Part("facts", tuple(closed(line) for line in facts), "纠纷的主要事实和争议事项"),
        Part("responsibility", tuple(closed(line) for line in lines(agreement.responsibility)), "各方当事人的责任"),
        Part(
            "content",
            (wording.AGREEMENT_OPENING.say({"委员会": file.committee.name}), *agreed),
            "协议内容和履行的方式、期限",
        ),
        Part("payment", tuple(closed(line) for line in lines(agreement.payment_way)), "付款方式"),
        Part("breach", tuple(closed(line) for line in lines(agreement.breach)), "违约责任"),
        Part("effect", _effect(file, agreement)),
    ]
    return Composed(tuple(part for part in said if part.paragraphs))


def _effect(file: CaseFile, agreement: Agreement) -> tuple[str, ...]:
    binding = "具有法律约束力，当事人应当按照约定履行。"  # art. 31
    signed = f"本协议自各方当事人{way_to_sign(file)}，人民调解员签名并加盖人民调解委员会印章之日起生效，"  # art. 29
    found = [signed + binding]
    if agreement.rule == Agreement.Rule.PLATFORM:
        # Rules on online mediation, art. 19(2)
        found = ["本协议自最后一方当事人在人民法院调解平台上完成电子签章之日起生效，" + binding]
    if file.facts.dispute_type == DisputeType.LABOUR:
        # Labour Disputes Law, art. 15, 16
        found.append(
            "一方当事人在协议约定期限内不履行本协议的，另一方当事人可以依法申请劳动争议仲裁；因支付拖欠劳动报酬、工伤医疗费、经济补偿或者赔偿金事项达成的协议，"
            "用人单位在约定期限内不履行的，劳动者可以持本协议书依法向人民法院申请支付令。"
        )
    if is_entrusted(file.facts):
        # Provisions on invited mediation, art. 20: after filing the court ends the suit itself
        found.append("本协议提交人民法院审查，由人民法院依法制作调解书，或者由当事人依法申请撤回起诉。")
    else:
        # art. 33; delegated by a court, the earlier day is the safe reading (Invited mediation, art. 24)
        since = "各方当事人签名、盖章或者按指印" if agreement.rule == Agreement.Rule.COURT else "本协议生效"
        found.append(f"双方当事人认为有必要的，可以自{since}之日起三十日内共同向有管辖权的人民法院申请司法确认。")
    found.append(f"本协议书一式{numeral(agreement.copies)}份，当事人各执一份，人民调解委员会留存一份。")
    return tuple(found)


def _signers(case: Case, agreement: Agreement) -> list[Participation]:
    return required_signers(case, agreement.obligations.all())


def blocks(case: Case, data: Data) -> dict[str, tuple[Table, ...]]:
    """Places for those whose signature the effect waits for."""
    file = file_of(case)
    agreement = chosen(file.agreements, data, "agreement")
    if agreement is None:
        return {}
    signatories = (*party_signatures(file, _signers(case, agreement)), *staff_signatures(file))
    return {"signatures": (sign_table(*signatories),)}


def requires(case: Case, data: Data) -> list[Missing]:
    found = wants("agreement", _("Choose the agreement."))(case, data)
    agreement = chosen(file_of(case).agreements, data, "agreement")
    if agreement is not None and agreement.copies < (needed := len(_signers(case, agreement)) + 1):
        # art. 29: one copy for each party, one for the committee
        message = _("Each party gets a copy, and the committee keeps one: at least %(n)d copies.")
        found.append(Missing("copies", message % {"n": needed}, "29"))
    return found


AGREEMENT = sealed_form(
    code="agreement",
    name=_("Mediation agreement"),
    title="人民调解协议书",
    form=WrittenForm,
    compose=compose,
    blocks=blocks,
    requires=requires,
    passages=(wording.AGREEMENT_OPENING,),
    offered_if=lambda case: bool(file_of(case).agreements_in(AgreementForm.WRITTEN)),
)


def oral_blocks(case: Case, data: Data) -> dict[str, tuple[Any, ...]]:
    file = file_of(case)
    agreement = chosen(file.agreements, data, "agreement")
    if agreement is None:
        return {}

    def label(text: str) -> Cell:
        return Cell(text, label=True)

    facts = lines(agreement.facts) or lines(file.facts.summary)
    table = Table.of(
        (label("编号"), agreement.number, label("达成日期"), chinese_date(agreement.made_on)),
        (label("纠纷类型"), file.dispute, label("发生地点"), file.facts.place),
        (label("纠纷主要\n事实和\n争议事项"), Cell("\n".join(facts), span=3)),
        (label("协议内容和\n履行的方式、\n期限"), Cell("\n".join(numbered(items(agreement))), span=3)),
        (label("说明"), Cell(ORAL_NOTE, span=3)),
        widths=(1.8, 3.4, 1.6, 2.6),
        heights=(9, 9, 40, 44, 12),
    )
    return {
        "parties": (particulars(file, agreement.made_on),),
        "form": (table,),
        "signatures": (sign_table(*party_signatures(file), *staff_signatures(file)),),
    }


def oral_requires(case: Case, data: Data) -> list[Missing]:
    found = wants("agreement", _("Choose the agreement."))(case, data)
    if article := written_article(file_of(case).facts):
        message = _("For this kind of dispute the law asks for a written agreement.")
        found.append(Missing("written", message, article))
    return found


ORAL_REGISTER = printed_form(
    code="oral_register",
    name=_("Register of the oral agreement"),
    title="人民调解口头协议登记表",
    form=OralForm,
    compose=no_text,
    blocks=oral_blocks,
    requires=oral_requires,
    offered_if=lambda case: bool(file_of(case).agreements_in(AgreementForm.ORAL)),
)
